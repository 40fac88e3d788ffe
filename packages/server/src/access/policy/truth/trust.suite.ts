import { denied, no, type Outcome, type Request, type Row, row, type Written, yes } from './row.suite.ts'

const root = 'acs:ram::1:root'
const ada = { type: 'RAM', names: ['acs:ram::1:user/ada', root] } as const
const opsRole = { type: 'RAM', names: ['acs:ram::1:role/ops', root] } as const
const stranger = { type: 'RAM', names: ['acs:ram::2:user/ada', 'acs:ram::2:root'] } as const
const service = { type: 'Service', names: ['ecs.aliyuncs.com'] } as const
const provider = { type: 'Federated', names: ['acs:ram::1:saml-provider/company'] } as const

function trust(effect: string, principal: unknown, more: Written = {}): Written {
  return { Effect: effect, Action: 'sts:AssumeRole', Principal: principal, ...more }
}

function asks(trustee: Request['trustee'], context: Request['context'] = {}, action = 'sts:AssumeRole'): Request {
  return { action, resource: 'acs:ram::1:role/target', context, ...(trustee === undefined ? {} : { trustee }) }
}

type Case = readonly [why: string, policy: readonly Written[], request: Request, expected: Outcome]

const cases: readonly Case[] = [
  ['the account is trusted: its user', [trust('Allow', { RAM: root })], asks(ada), yes],
  ['the account is trusted: its role', [trust('Allow', { RAM: [root] })], asks(opsRole), yes],
  ['the account is trusted: another one', [trust('Allow', { RAM: root })], asks(stranger), no],
  ['one user is trusted', [trust('Allow', { RAM: 'acs:ram::1:user/ada' })], asks(ada), yes],
  ['one user is trusted: a role', [trust('Allow', { RAM: 'acs:ram::1:user/ada' })], asks(opsRole), no],
  [
    'one user is trusted: of the same name elsewhere',
    [trust('Allow', { RAM: 'acs:ram::1:user/ada' })],
    asks(stranger),
    no,
  ],
  ['case of a name counts', [trust('Allow', { RAM: 'acs:ram::1:user/Ada' })], asks(ada), no],
  ['one of several', [trust('Allow', { RAM: ['acs:ram::1:user/bob', 'acs:ram::1:role/ops'] })], asks(opsRole), yes],
  ['a service is trusted', [trust('Allow', { Service: 'ecs.aliyuncs.com' })], asks(service), yes],
  ['another service', [trust('Allow', { Service: 'oss.aliyuncs.com' })], asks(service), no],
  ['a service is no user', [trust('Allow', { Service: 'ecs.aliyuncs.com' })], asks(ada), no],
  ['a provider is trusted', [trust('Allow', { Federated: 'acs:ram::1:saml-provider/company' })], asks(provider), yes],
  ['a provider is no user', [trust('Allow', { Federated: 'acs:ram::1:saml-provider/company' })], asks(ada), no],
  [
    'several types',
    [trust('Allow', { RAM: 'acs:ram::1:user/bob', Service: ['ecs.aliyuncs.com'] })],
    asks(service),
    yes,
  ],
  ['nobody asks', [trust('Allow', { RAM: root })], asks(undefined), no],
  [
    'an account is trusted but one user denied',
    [trust('Allow', { RAM: root }), trust('Deny', { RAM: 'acs:ram::1:user/ada' })],
    asks(ada),
    denied,
  ],
  [
    'an account is trusted but another user denied',
    [trust('Allow', { RAM: root }), trust('Deny', { RAM: 'acs:ram::1:user/bob' })],
    asks(ada),
    yes,
  ],
  ['another action', [trust('Allow', { RAM: root })], asks(ada, {}, 'sts:TagSession'), no],
  [
    'a condition that holds',
    [trust('Allow', { RAM: root }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })],
    asks(ada, { 'sts:ExternalId': 'x' }),
    yes,
  ],
  [
    'a condition that does not',
    [trust('Allow', { RAM: root }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })],
    asks(ada),
    no,
  ],
]

/** Who may assume a role. */
export const trustRows: readonly Row[] = cases.map(([why, policy, request, expected]) =>
  row(`trust: ${why}`, policy, request, expected),
)
