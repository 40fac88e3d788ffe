import { allow, call, denied, deny, gateway, no, type Row, row, yes } from './row.suite.ts'

const describe = call('smartag:DescribeRegions')
const modify = (id: string) => call('smartag:ModifySmartAccessGateway', gateway(id))
const everything = allow('*')

/** How statements and policies work together. */
export const effectRows: readonly Row[] = [
  row('a statement that allows, allows', [allow('smartag:DescribeRegions')], describe, yes),
  row('what nothing speaks of is denied', [allow('ram:GetUser')], describe, no),
  row('a statement that denies, denies', [deny('smartag:DescribeRegions')], describe, denied),
  row('a deny that does not apply leaves what was: nothing', [deny('ram:GetUser')], describe, no),
  row('a deny wins over an allow before it', [everything, deny('smartag:Describe*')], describe, denied),
  row('a deny wins over an allow behind it', [deny('smartag:Describe*'), everything], describe, denied),
  row('a narrow deny wins over a broad allow', [everything, deny('*', gateway('sag-1'))], modify('sag-1'), denied),
  row('a narrow deny leaves the rest', [everything, deny('*', gateway('sag-1'))], modify('sag-2'), yes),
  row(
    'a narrow allow does not win over a broad deny',
    [deny('*'), allow('*', gateway('sag-1'))],
    modify('sag-1'),
    denied,
  ),
  row('a deny in another policy wins', [[everything], [deny('smartag:*')]], describe, denied),
  row('a deny in an earlier policy wins', [[deny('smartag:*')], [everything]], describe, denied),
  row('an allow in any policy is enough', [[allow('ram:*')], [allow('sts:*')], [allow('smartag:*')]], describe, yes),
  row('no policy at all allows nothing', [], describe, no),
  row(
    'two allows do not add up to a third',
    [allow('smartag:Describe*', gateway('sag-1')), allow('ram:*')],
    describe,
    no,
  ),
  row(
    'action and resource must meet in one statement',
    [allow('smartag:ModifySmartAccessGateway', gateway('sag-1')), allow('smartag:Describe*', gateway('sag-2'))],
    modify('sag-2'),
    no,
  ),
  row('one of several actions is enough', [allow(['ram:*', 'smartag:Describe*'])], describe, yes),
  row('the second statement is as good as the first', [allow('ram:*'), allow('smartag:*')], describe, yes),
  row(
    'a deny whose condition fails does not apply',
    [everything, deny('*', '*', { Bool: { 'acs:SecureTransport': 'false' } })],
    call('smartag:DescribeRegions', '*', { 'acs:SecureTransport': 'true' }),
    yes,
  ),
  row(
    'a deny whose condition holds applies',
    [everything, deny('*', '*', { Bool: { 'acs:SecureTransport': 'false' } })],
    call('smartag:DescribeRegions', '*', { 'acs:SecureTransport': 'false' }),
    denied,
  ),
  row(
    'an allow whose condition fails does not apply',
    [allow('*', '*', { Bool: { 'acs:MFAPresent': 'true' } })],
    call('smartag:DescribeRegions', '*', { 'acs:MFAPresent': 'false' }),
    no,
  ),
  row(
    'an allow without condition beside one whose condition fails',
    [allow('*', '*', { Bool: { 'acs:MFAPresent': 'true' } }), everything],
    describe,
    yes,
  ),
  row('the same statement twice changes nothing', [everything, everything], describe, yes),
  row('a deny twice changes nothing', [everything, deny('smartag:*'), deny('smartag:*')], describe, denied),
]

const bind = (...resources: readonly string[]) => call('smartag:BindSmartAccessGateway', resources)
const network = 'acs:smartag:*:1234567890123456:ccn/ccn-1'

/** Calls about several resources: every one must be allowed, none denied. */
export const severalResourceRows: readonly Row[] = [
  row('both allowed by one pattern', [allow('smartag:*', 'acs:smartag:*:*:*')], bind(gateway('sag-1'), network), yes),
  row(
    'both allowed by two patterns',
    [allow('smartag:*', [gateway('sag-1'), network])],
    bind(gateway('sag-1'), network),
    yes,
  ),
  row(
    'each allowed by another statement',
    [allow('smartag:*', gateway('sag-1')), allow('smartag:*', network)],
    bind(gateway('sag-1'), network),
    yes,
  ),
  row(
    'each allowed by another policy',
    [[allow('smartag:*', gateway('sag-1'))], [allow('smartag:*', network)]],
    bind(gateway('sag-1'), network),
    yes,
  ),
  row('only the gateway allowed', [allow('smartag:*', gateway('sag-1'))], bind(gateway('sag-1'), network), no),
  row('only the network allowed', [allow('smartag:*', network)], bind(gateway('sag-1'), network), no),
  row('one of them denied', [allow('smartag:*'), deny('smartag:*', network)], bind(gateway('sag-1'), network), denied),
  row(
    'the other of them denied',
    [allow('smartag:*'), deny('smartag:*', gateway('sag-1'))],
    bind(gateway('sag-1'), network),
    denied,
  ),
  row('one denied, the other never allowed', [deny('smartag:*', network)], bind(gateway('sag-1'), network), denied),
  row(
    'a deny is found behind a resource nobody allowed',
    [deny('smartag:*', network)],
    bind(gateway('sag-9'), network),
    denied,
  ),
  row('the same resource twice', [allow('smartag:*', gateway('sag-1'))], bind(gateway('sag-1'), gateway('sag-1')), yes),
  row('no resource at all stands for any: only * allows', [allow('smartag:*', gateway('*'))], bind(), no),
  row('no resource at all stands for any: * allows', [allow('smartag:*')], bind(), yes),
]
