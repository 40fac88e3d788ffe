// Random policies and requests that often have something to do with one another.
import fc from 'fast-check'
import type { AccessRequest } from '../evaluate.ts'
import {
  type Condition,
  type OperatorName,
  operatorNames,
  type Patterns,
  type Policy,
  type PolicyKind,
  type Statement,
} from '../policy.ts'

const actionPieces = ['smartag:', 'ram:', 'Describe', 'Modify', 'Regions', 'User', 'e', 's', '*', '?', '*', '-']
const idPieces = ['sag-', 'ccn-', '1', '2', '10', '/', 'smartag', '*', '?', '*', 'user/', ':', '😀']

export const actionPattern: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('*', '*:*', 'smartag:*', 'ram:*') },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('smartag', 'ram', 's*', 'SmartAG', '???', '*'), pieces(actionPieces.slice(2)))
      .map(([service, name]) => `${service}:${name}`),
  },
)

function pieces(from: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
}

const segment = fc.constantFrom('*', '', 'cn-*', 'cn-shanghai', '1', '2', '?', '1*')

export const resourcePattern: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('*') },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom('smartag', 'ram', 'sts', 's*'), segment, segment, pieces(idPieces))
      .map(([service, region, owner, id]) => `acs:${service}:${region}:${owner}:${id}`),
  },
)

/** A text that a pattern matches: every wildcard is replaced by something it may stand for. */
export function expansion(pattern: string, run: string = 'x1', one: string = '2'): string {
  return pattern.replaceAll('*', run).replaceAll('?', one)
}

const actionText = actionPattern.map((pattern) => expansion(pattern, 'Describe', 's'))
const resourceText = fc
  .oneof(resourcePattern, fc.constant('*'))
  .chain((pattern) =>
    fc.constantFrom(
      pattern,
      expansion(pattern, '1', '2'),
      expansion(pattern, '', '1'),
      expansion(pattern, 'sag-1/', '😀'),
    ),
  )

function patterns(of: fc.Arbitrary<string>): fc.Arbitrary<Patterns> {
  return fc.record({
    not: fc.constantFrom(false, false, false, true),
    patterns: fc.array(of, { minLength: 1, maxLength: 3 }),
  })
}

const addressTexts = [
  '10.0.0.1',
  '10.0.0.0/8',
  '192.0.2.0/24',
  '192.0.2.77',
  '::1',
  '2001:db8::/32',
  '2001:db8::1',
  '::ffff:10.0.0.1',
  '0.0.0.0/0',
  '::/0',
]
const numberTexts = ['0', '1', '-1', '1.5', '10', '1e1', '0010']
const dateTexts = [
  '2026-11-25T12:00:00Z',
  '2026-11-25T20:00:00+08:00',
  '2026-11-25T11:59:59.999Z',
  '2027-01-01T00:00:00Z',
]
const plainTexts = ['dev', 'DEV', 'd*', 'de?', '', '*', 'ops', '网关', '😀']

function valuesOf(name: OperatorName): readonly string[] {
  if (name.startsWith('Numeric')) return numberTexts
  if (name.startsWith('Date')) return dateTexts
  if (name === 'Bool') return ['true', 'false', 'TRUE']
  return name.endsWith('IpAddress') ? addressTexts : plainTexts
}

const key = fc.constantFrom('acs:SourceIp', 'acs:sourceip', 'acs:ResourceTag/Team', 'acs:Other')

const condition: fc.Arbitrary<Condition> = fc.constantFrom(...operatorNames).chain((name) =>
  fc.record({
    operator: fc.record(
      { name: fc.constant(name), ifExists: fc.boolean(), set: fc.constantFrom('ForAnyValue', 'ForAllValues') },
      { requiredKeys: ['name', 'ifExists'] },
    ),
    key,
    values: fc.array(fc.constantFrom(...valuesOf(name)), { minLength: 1, maxLength: name === 'Bool' ? 1 : 3 }),
  }),
)

/** In the order a document has them: one operator's conditions stand together, its keys differ by more than case. */
const conditions: fc.Arbitrary<readonly Condition[]> = fc.array(condition, { maxLength: 3 }).map((all) => {
  const distinct = all.filter((one, at) => all.findIndex((other) => nameOf(other) === nameOf(one)) === at)
  const operators = [...new Set(distinct.map((one) => operatorOf(one)))]
  return operators.flatMap((operator) => distinct.filter((one) => operatorOf(one) === operator))
})

const operatorOf = ({ operator }: Condition): string => JSON.stringify([operator.name, operator.set, operator.ifExists])
const nameOf = (one: Condition): string => operatorOf(one) + one.key.toLowerCase()

const effect = fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const)

export const identityStatement: fc.Arbitrary<Statement> = fc.record({
  effect,
  action: patterns(actionPattern),
  resource: patterns(resourcePattern),
  conditions,
})

const names = {
  RAM: ['acs:ram::1:root', 'acs:ram::1:user/ada', 'acs:ram::2:role/ops'],
  Service: ['ecs.aliyuncs.com', 'oss.aliyuncs.com'],
  Federated: ['acs:ram::1:saml-provider/company', 'acs:ram::1:oidc-provider/x'],
} as const

const some = (type: keyof typeof names): fc.Arbitrary<string[]> =>
  fc.array(fc.constantFrom(...names[type]), { minLength: 1, maxLength: 2 })

const trustStatement: fc.Arbitrary<Statement> = fc.record({
  effect,
  action: patterns(fc.constantFrom('sts:AssumeRole', 'sts:*', '*', 'ram:*')),
  principal: fc
    .record({ RAM: some('RAM'), Service: some('Service'), Federated: some('Federated') }, { requiredKeys: [] })
    .filter((principal) => Object.keys(principal).length > 0),
  conditions,
})

export function policyOf(kind: PolicyKind): fc.Arbitrary<Policy> {
  const statement = kind === 'trust' ? trustStatement : identityStatement
  return fc.record({ kind: fc.constant(kind), statements: fc.array(statement, { minLength: 1, maxLength: 4 }) })
}

export const policies: fc.Arbitrary<readonly Policy[]> = fc
  .constantFrom('identity' as const, 'identity' as const, 'trust' as const)
  .chain((kind) => fc.array(policyOf(kind), { maxLength: 3 }))

const facts = fc.constantFrom(
  ...addressTexts.filter((text) => !text.includes('/')),
  ...numberTexts,
  ...dateTexts,
  ...plainTexts,
  'true',
)

export const request: fc.Arbitrary<AccessRequest> = fc.record(
  {
    action: fc.oneof(actionText, fc.constant('sts:AssumeRole')),
    resources: fc.array(resourceText, { maxLength: 3 }),
    context: fc
      .array(fc.tuple(fc.constantFrom('acs:sourceip', 'acs:resourcetag/team'), fc.array(facts, { maxLength: 2 })))
      .map((entries) => new Map(entries)),
    trustee: fc
      .constantFrom('RAM' as const, 'Service' as const, 'Federated' as const)
      .chain((type) => fc.record({ type: fc.constant(type), names: some(type) })),
  },
  { requiredKeys: ['action', 'resources', 'context'] },
)
