import type { JsonMember, JsonObject, JsonText } from './json-reader.ts'
import { MistakeAt } from './mistake.ts'
import type { Patterns } from './policy.ts'
import { textsOf } from './shape.ts'

/** RAM, "Policy elements": `<ram-code>:<action-name>` (D); wildcards anywhere in it. */
const action = /^(\*|[\w.*?-]+:[\w.*?/:-]+)$/

/** RAM, "Validate policies": the prefix `acs` and all five fields must be there (D). */
const arn = /^acs:[^:\p{Cc}]+:[^:\p{Cc}]*:[^:\p{Cc}]*:[^\p{Cc}]+$/u

export function parseAction(members: ReadonlyMap<string, JsonMember>, statement: JsonObject): Patterns {
  return parsePatterns(members, statement, 'Action', (text) => {
    if (!action.test(text.value)) {
      throw new MistakeAt(text.at, 'An action is "*" or <service>:<operation>, such as smartag:DescribeRegions.')
    }
  })
}

export function parseResource(members: ReadonlyMap<string, JsonMember>, statement: JsonObject): Patterns {
  return parsePatterns(members, statement, 'Resource', (text) => {
    if (text.value === '*' || arn.test(text.value)) return
    const begun = text.value.startsWith('acs:')
    const message = begun
      ? 'A resource has five fields: acs:<service>:<region>:<account>:<relative id>.'
      : 'A resource is "*" or begins with "acs:".'
    throw new MistakeAt(text.at, message)
  })
}

/** Exactly one of an element and its negation. */
function parsePatterns(
  members: ReadonlyMap<string, JsonMember>,
  statement: JsonObject,
  name: 'Action' | 'Resource',
  check: (text: JsonText) => void,
): Patterns {
  const plain = members.get(name)
  const negated = members.get(`Not${name}`)
  if (plain !== undefined && negated !== undefined) {
    const later = plain.at > negated.at ? plain : negated
    throw new MistakeAt(later.at, `A statement has ${name} or Not${name}, not both.`)
  }
  const given = plain ?? negated
  if (given === undefined) throw new MistakeAt(statement.at, `${name} or Not${name} is missing here.`)
  const texts = textsOf(given.value, given.name)
  texts.forEach(check)
  return { not: given === negated, patterns: texts.map(({ value }) => value) }
}
