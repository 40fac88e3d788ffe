import { account, allow, call, denied, gateway, no, type Outcome, type Row, row, type Texts, yes } from './row.suite.ts'

const one = gateway('sag-1')
const list = `acs:smartag:*:${account}:smartag/*`
const user = `acs:ram:*:${account}:user/ada`

const rows: readonly (readonly [why: string, pattern: Texts, resource: string, expected: Outcome])[] = [
  ['the resource itself', one, one, yes],
  ['everything', '*', one, yes],
  ['another id', gateway('sag-2'), one, no],
  ['an id that goes on', gateway('sag-'), one, no],
  ['an id that begins so', gateway('sag-*'), one, yes],
  ['an id that ends so', gateway('*-1'), one, yes],
  ['one character', gateway('sag-?'), one, yes],
  ['one character is not two', gateway('sag-?'), gateway('sag-10'), no],
  ['case of an id counts', gateway('SAG-1'), one, no],
  ['every id', gateway('*'), one, yes],
  ['every relative id', `acs:smartag:cn-shanghai:${account}:*`, one, yes],
  ['another type', `acs:smartag:cn-shanghai:${account}:ccn/*`, one, no],
  ['every type', `acs:smartag:cn-shanghai:${account}:*/sag-1`, one, yes],
  ['every region', gateway('sag-1', '*'), one, yes],
  ['regions of a country', gateway('sag-1', 'cn-*'), one, yes],
  ['another region', gateway('sag-1', 'cn-beijing'), one, no],
  ['no region is another region', gateway('sag-1', ''), one, no],
  ['every account', gateway('sag-1', '*', '*'), one, yes],
  ['another account', gateway('sag-1', '*', '6543210987654321'), one, no],
  ['accounts that begin so', gateway('sag-1', '*', '1234*'), one, yes],
  ['no account is another account', gateway('sag-1', '*', ''), one, no],
  ['every service', 'acs:*:*:*:smartag/sag-1', one, yes],
  ['another service', 'acs:vpc:*:*:smartag/sag-1', one, no],
  ['a part of the service', 'acs:smart*:*:*:*', one, yes],
  ['all stars', 'acs:*:*:*:*', one, yes],
  ['one of several', [gateway('sag-2'), gateway('sag-1')], one, yes],
  ['none of several', [gateway('sag-2'), gateway('sag-3')], one, no],
  ['a star stays in its segment: region', `acs:smartag:*:smartag/sag-1:x`, `acs:smartag:a:b:smartag/sag-1:x`, no],
  ['a star stays in its segment: service', `acs:*:${account}:a:b`, `acs:x:y:${account}:a:b`, no],
  ['a star in the relative id crosses slashes', 'acs:smartag:*:*:*sag-1', 'acs:smartag:a:1:x/y/z/sag-1', yes],
  ['a star in the relative id crosses colons', 'acs:log:*:*:project/*', 'acs:log:a:1:project/p:logstore:x', yes],
  ['a relative id with colons', 'acs:log:*:*:project/p:x', 'acs:log:a:1:project/p:x', yes],
  ['a relative id that goes on behind a colon', 'acs:log:*:*:project/p', 'acs:log:a:1:project/p:x', no],
  ['a slash is no wildcard', 'acs:smartag:*:*:smartag', one, no],
  ['the list of all is not one of them', gateway('sag-1', '*'), list, no],
  ['every id covers the list of all', gateway('*', '*'), list, yes],
  ['a region does not cover the list of all regions', gateway('*', 'cn-shanghai'), list, no],
  ['a beginning does not cover the list of all', gateway('sag-*', '*'), list, no],
  ['everything covers the list of all', '*', list, yes],
  ['any resource: only everything covers it', '*', '*', yes],
  ['any resource: all stars do not', 'acs:*:*:*:*', '*', no],
  ['any resource: one gateway does not', one, '*', no],
  ['a service without regions: star', `acs:ram:*:${account}:user/ada`, user, yes],
  ['a service without regions: empty', `acs:ram::${account}:user/ada`, user, yes],
  ['a service without regions: empty on both sides', `acs:ram::${account}:user/*`, `acs:ram::${account}:user/ada`, yes],
  ['a service without regions: star for empty', `acs:ram:*:${account}:user/*`, `acs:ram::${account}:user/ada`, yes],
  ['a service without regions: a region is none', `acs:ram:cn-shanghai:${account}:user/ada`, user, no],
  ['another user', `acs:ram:*:${account}:user/bob`, user, no],
  ['a name with special characters', `acs:ram:*:${account}:user/a.d-a_@x`, `acs:ram:*:${account}:user/a.d-a_@x`, yes],
  ['a dot is a dot', `acs:ram:*:${account}:user/a.a`, user, no],
  ['a resource of another form is covered by everything', '*', 'something', yes],
  ['a resource of another form is covered by nothing else', 'acs:*:*:*:*', 'something', no],
  ['an id in another alphabet', 'acs:smartag:*:*:smartag/网关?', 'acs:smartag:*:1:smartag/网关一', yes],
  ['one character may take two code units', 'acs:smartag:*:*:smartag/?x', 'acs:smartag:*:1:smartag/😀x', yes],
]

const notRows: readonly (readonly [why: string, pattern: Texts, resource: string, expected: Outcome])[] = [
  ['the excluded one', one, one, no],
  ['another one', one, gateway('sag-2'), yes],
  ['everything excluded', '*', one, no],
  ['of an excluded account', 'acs:*:*:6543210987654321:*', one, yes],
  ['one of several excluded', [gateway('sag-2'), gateway('sag-*')], one, no],
  ['none of several excluded', [gateway('sag-2'), gateway('sag-3')], one, yes],
  ['any resource is not one of the excluded', one, '*', yes],
]

/** `Resource` and `NotResource`. */
export const resourceRows: readonly Row[] = [
  ...rows.map(([why, pattern, resource, expected]) =>
    row(`Resource: ${why}`, [allow('smartag:*', pattern)], call('smartag:ViewWanSnat', resource), expected),
  ),
  ...notRows.map(([why, pattern, resource, expected]) =>
    row(
      `NotResource: ${why}`,
      [{ Effect: 'Allow', Action: '*', NotResource: pattern }],
      call('smartag:ViewWanSnat', resource),
      expected,
    ),
  ),
  row(
    'NotResource that denies leaves only what it excludes',
    [allow('*'), { Effect: 'Deny', Action: 'smartag:*', NotResource: one }],
    call('smartag:ViewWanSnat', one),
    yes,
  ),
  row(
    'NotResource that denies, denies the rest',
    [allow('*'), { Effect: 'Deny', Action: 'smartag:*', NotResource: one }],
    call('smartag:ViewWanSnat', gateway('sag-2')),
    denied,
  ),
  row(
    'NotAction with NotResource: neither excluded',
    [{ Effect: 'Allow', NotAction: 'ram:*', NotResource: one }],
    call('smartag:ViewWanSnat', gateway('sag-2')),
    yes,
  ),
  row(
    'NotAction with NotResource: the resource excluded',
    [{ Effect: 'Allow', NotAction: 'ram:*', NotResource: one }],
    call('smartag:ViewWanSnat', one),
    no,
  ),
]
