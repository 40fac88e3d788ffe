import { type JsonNode, readJson } from './json-reader.ts'
import { type Mistake, MistakeAt, reading } from './mistake.ts'
import { parseConditions } from './parse-condition.ts'
import { parseAction, parseResource } from './parse-patterns.ts'
import { parsePrincipal } from './parse-principal.ts'
import type { Policy, PolicyKind, Statement } from './policy.ts'
import { membersOf, objectOf, required, textOf, wrongKind } from './shape.ts'

/**
 * Characters of a custom policy (RAM, "Limits", and CreatePolicy: "1 to 6,144 characters", D). For trust policies no
 * limit was found; the same one is assumed.
 */
export const longestPolicy = 6144

const statementMembers: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: ['Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
  trust: ['Effect', 'Action', 'NotAction', 'Principal', 'Condition'],
}

/**
 * Reads a policy document, strictly: whatever is not understood is refused, with the place. Never throws, and takes time
 * in proportion to the text.
 */
export function parsePolicy(
  text: string,
  kind: PolicyKind,
): { readonly policy: Policy } | { readonly mistake: Mistake } {
  return reading(text, () => {
    if (text.length > longestPolicy) {
      throw new MistakeAt(longestPolicy, `The document is longer than ${longestPolicy} characters.`)
    }
    return { policy: parseDocument(readJson(text), kind) }
  })
}

function parseDocument(node: JsonNode, kind: PolicyKind): Policy {
  const object = objectOf(node, 'A policy')
  const members = membersOf(object, 'A policy', ['Version', 'Statement'])
  const version = textOf(required(members, object, 'Version'), 'Version')
  if (version.value !== '1') throw new MistakeAt(version.at, 'Version must be "1".')
  const statements = required(members, object, 'Statement')
  if (statements.kind !== 'array') throw wrongKind(statements, 'Statement', 'a list')
  if (statements.items.length === 0) throw new MistakeAt(statements.at, 'Statement must not be an empty list.')
  return { kind, statements: statements.items.map((item) => parseStatement(item, kind)) }
}

function parseStatement(node: JsonNode, kind: PolicyKind): Statement {
  const object = objectOf(node, 'A statement')
  const members = membersOf(
    object,
    kind === 'trust' ? 'A statement of a trust policy' : 'A statement',
    statementMembers[kind],
  )
  const effect = textOf(required(members, object, 'Effect'), 'Effect')
  if (effect.value !== 'Allow' && effect.value !== 'Deny') {
    throw new MistakeAt(effect.at, 'Effect must be "Allow" or "Deny".')
  }
  const action = parseAction(members, object)
  const condition = members.get('Condition')
  return {
    effect: effect.value,
    action,
    ...(kind === 'identity'
      ? { resource: parseResource(members, object) }
      : { principal: parsePrincipal(required(members, object, 'Principal')) }),
    conditions: condition === undefined ? [] : parseConditions(condition.value),
  }
}
