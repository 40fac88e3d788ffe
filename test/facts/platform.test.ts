import { describe, expect, test } from 'vitest'
import { allOperations, apis } from '../../packages/server/src/apis/registry.ts'
import type { Operation } from '../../packages/server/src/declare/index.ts'
import {
  type Deliberate,
  declaredErrors,
  declaredOtherwise,
  declaredShape,
  type Facts,
  meantFor,
} from './differences.ts'
import { notCompared, type SdkFacts, type SdkOperation, type SdkType, sdkFacts } from './published.ts'

const ours = 'Examples of policies are our own.'
const notBuilt = 'OpenSAG does not have it.'
const notInDenial = 'A denial names the policy, and not how it came to apply.'
const malformed = [[400, 'The policy document is malformed.'], 'The list has a placeholder for the message.'] as const
const newDescription = [
  [400, 'The parameter - "NewDescription" beyond the length limit.'],
  'The list is older than the operation; the message is that of every other parameter.',
] as const

/** Where a declaration differs from the published facts on purpose: what, and why. Nothing may stand here that does not. */
const deliberate: Deliberate = {
  AssumeRole: {
    'errors.EntityNotExist.Role': [[404, 'The specified Role not exists.'], 'Clients know it; the list lacks it.'],
    'errors.InvalidParameter.PolicySize': [
      [400, 'The size of Policy must be smaller than 2048 characters.'],
      'The list is older than the limit of today.',
    ],
    'params.SourceIdentity.type': [undefined, notBuilt],
    'result.SourceIdentity': [undefined, notBuilt],
  },
  CreatePolicy: { 'errors.MalformedPolicyDocument': malformed, 'params.Examples.type': ['string', ours] },
  CreatePolicyVersion: { 'errors.MalformedPolicyDocument': malformed, 'params.Examples.type': ['string', ours] },
  CreateRole: { 'errors.MalformedPolicyDocument': malformed },
  DecodeDiagnosticMessage: {
    'errors.InvalidParameter.EncodedDiagnosticMessage.Format': [
      [400, 'The format of the parameter - "EncodedDiagnosticMessage" is incorrect.'],
      'The list is older than the operation; the message is that of every other parameter.',
    ],
    'result.DecodedDiagnosticMessage.MatchedPolicies.AttachedEntityType': [undefined, notInDenial],
    'result.DecodedDiagnosticMessage.MatchedPolicies.PolicyVersion': [undefined, notInDenial],
  },
  GetPolicy: { 'result.Policy.Examples': ['string', ours] },
  GetRole: {
    'result.Role.IsServiceLinkedRole': ['boolean', 'The client has it since a later version.'],
  },
  SetSecurityPreference: {
    'errors.InvalidParameter.LoginNetworkMasks.Format': [
      [400, 'The format of the parameter - "LoginNetworkMasks" is incorrect.'],
      'The list is older than the parameter; the message is that of every other parameter.',
    ],
  },
  UpdatePolicyDescription: { 'errors.InvalidParameter.NewDescription.Length': newDescription },
  UpdateRole: {
    'errors.InvalidParameter.NewDescription.Length': newDescription,
    'errors.MalformedPolicyDocument': malformed,
  },
}

/** The SDKs know one kind of number. */
const inSdk = (type: string): string => type.replace(/integer|long/, 'number')

function declaredFacts(operation: Operation, published: SdkOperation): Facts {
  const facts: Record<string, unknown> = {}
  for (const [name, { state }] of Object.entries(operation.params)) {
    facts[`params.${name}.type`] = inSdk(state.type)
    // Where pages do not say, ours stands.
    if (published.params[name]?.required !== undefined) facts[`params.${name}.required`] = state.required
  }
  const shape = Object.entries(declaredShape(operation.result, 'result'))
  const errors = Object.entries(declaredErrors(operation))
  return {
    ...facts,
    ...Object.fromEntries(shape.map(([path, type]) => [path, inSdk(String(type))])),
    ...Object.fromEntries(errors.map(([path, row]) => [path, (row as readonly unknown[]).slice(0, 2)])),
  }
}

function publishedFacts(published: SdkOperation, { errors }: SdkFacts, declared: Facts): Facts {
  const facts: Record<string, unknown> = {}
  for (const [name, { type, required }] of Object.entries(published.params)) {
    Object.assign(facts, { [`params.${name}.type`]: kindOf(type) })
    if (required !== undefined) facts[`params.${name}.required`] = required
  }
  // One list for all operations: which of its codes an operation answers is for its own tests.
  for (const path of Object.keys(declared)) {
    const code = path.replace(/^errors\./, '')
    if (code !== path) facts[path] = errors[code]
  }
  return { ...facts, ...membersOf(published.result, 'result') }
}

function kindOf(type: SdkType): string {
  if (typeof type === 'string') return type
  if (!isArray(type)) return 'object'
  const of = kindOf(type[1])
  return `array<${of}>`
}

function membersOf(shape: Readonly<Record<string, SdkType>>, path: string): Facts {
  return Object.assign(
    {},
    ...Object.entries(shape).map(([name, type]) => {
      const of = isArray(type) ? type[1] : type
      const members = typeof of === 'string' || isArray(of) ? {} : membersOf(of, `${path}.${name}`)
      return { [`${path}.${name}`]: kindOf(type), ...members }
    }),
  )
}

function isArray(type: SdkType): type is readonly ['array', SdkType] {
  return Array.isArray(type)
}

/** An operation that is newer than the client the facts are from. */
function isLater(name: string, { operations }: SdkFacts): boolean {
  return operations[name] === undefined && name in notCompared
}

describe.each(sdkFacts.map((facts) => [facts.product, facts] as const))('the declarations of %s', (_, facts) => {
  const operations = [...(apis.get(facts.version)?.operations.values() ?? [])].filter(
    ({ name }) => !isLater(name, facts),
  )

  test.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s differs from the published facts only where that is meant',
    (name, operation) => {
      const published = facts.operations[name]
      if (published === undefined) throw new Error(`${name} is no operation of the API.`)
      const declared = declaredFacts(operation, published)
      const wanted = publishedFacts(published, facts, declared)
      expect(declaredOtherwise(declared, wanted)).toStrictEqual(meantFor(name, deliberate))
    },
  )
})

test('every difference that is meant belongs to an operation and has its reason', () => {
  const names = new Set(allOperations.map(({ name }) => name))
  for (const [name, reasons] of Object.entries(deliberate)) {
    expect(names).toContain(name)
    for (const [, reason] of Object.values(reasons)) expect(reason).toMatch(/\.$/)
  }
})

test('every other operation is listed as not compared, with the reason', () => {
  const compared = new Set(['2018-03-13', ...sdkFacts.map(({ version }) => version)])
  const others = [...apis.values()].filter(({ product, version }) => product !== 'OpenSAG' && !compared.has(version))
  const later = sdkFacts.flatMap((facts) =>
    [...(apis.get(facts.version)?.operations.keys() ?? [])].filter((name) => isLater(name, facts)),
  )
  const names = [...others.flatMap(({ operations }) => [...operations.keys()]), ...later]
  expect(Object.keys(notCompared).sort()).toEqual(names.sort())
  for (const reason of Object.values(notCompared)) expect(reason).toMatch(/^No published source.*\.$/)
})
