import { allow, call, no, type Outcome, type Row, row, type Texts, yes } from './row.suite.ts'

type Facts = Readonly<Record<string, Texts>>
type Case = readonly [why: string, operator: string, values: unknown, actual: Texts | undefined, expected: Outcome]

const key = 'acs:ResourceTag/team'

/** One operator on one key: `actual` is what the request says, undefined nothing. */
function cases(name: string, all: readonly Case[]): readonly Row[] {
  return all.map(([why, operator, values, actual, expected]) =>
    row(
      `${name}: ${operator}: ${why}`,
      [allow('*', '*', { [operator]: { [key]: values } })],
      call('smartag:DescribeRegions', '*', actual === undefined ? {} : { [key]: actual }),
      expected,
    ),
  )
}

const texts = cases('text', [
  ['the same', 'StringEquals', 'dev', 'dev', yes],
  ['another', 'StringEquals', 'dev', 'ops', no],
  ['case counts', 'StringEquals', 'dev', 'Dev', no],
  ['a star is a star', 'StringEquals', 'd*', 'dev', no],
  ['a star is that star', 'StringEquals', 'd*', 'd*', yes],
  ['the empty text is one', 'StringEquals', '', '', yes],
  ['the empty text is not nothing', 'StringEquals', '', undefined, no],
  ['any of several', 'StringEquals', ['dev', 'ops'], 'ops', yes],
  ['none of several', 'StringEquals', ['dev', 'ops'], 'hr', no],
  ['nothing', 'StringEquals', 'dev', undefined, no],
  ['the same', 'StringNotEquals', 'dev', 'dev', no],
  ['another', 'StringNotEquals', 'dev', 'hr', yes],
  ['case counts', 'StringNotEquals', 'dev', 'Dev', yes],
  ['one of several', 'StringNotEquals', ['dev', 'ops'], 'ops', no],
  ['none of several', 'StringNotEquals', ['dev', 'ops'], 'hr', yes],
  ['nothing is not the text', 'StringNotEquals', 'dev', undefined, yes],
  ['case does not count', 'StringEqualsIgnoreCase', 'dev', 'DEV', yes],
  ['case of the value does not count', 'StringEqualsIgnoreCase', 'DEV', 'dev', yes],
  ['another', 'StringEqualsIgnoreCase', 'dev', 'ops', no],
  ['case does not count', 'StringNotEqualsIgnoreCase', 'dev', 'DEV', no],
  ['another', 'StringNotEqualsIgnoreCase', 'dev', 'ops', yes],
  ['a beginning', 'StringLike', 'dev*', 'development', yes],
  ['a star may be nothing', 'StringLike', 'dev*', 'dev', yes],
  ['one character', 'StringLike', 'de?', 'dev', yes],
  ['one character must be there', 'StringLike', 'dev?', 'dev', no],
  ['case counts', 'StringLike', 'DEV*', 'dev', no],
  ['any of several', 'StringLike', ['a*', 'd*'], 'dev', yes],
  ['anything that is there', 'StringLike', '*', 'dev', yes],
  ['anything is not nothing', 'StringLike', '*', undefined, no],
  ['a beginning', 'StringNotLike', 'dev*', 'development', no],
  ['another', 'StringNotLike', 'dev*', 'ops', yes],
  ['one of several', 'StringNotLike', ['a*', 'd*'], 'dev', no],
])

const numbers = cases('number', [
  ['the same', 'NumericEquals', '10', '10', yes],
  ['the same in other digits', 'NumericEquals', '10', '10.0', yes],
  ['the same as a JSON number', 'NumericEquals', 10, '10', yes],
  ['another', 'NumericEquals', '10', '9', no],
  ['of several', 'NumericEquals', ['1', '2'], '2', yes],
  ['no number', 'NumericEquals', '10', 'ten', no],
  ['the same', 'NumericNotEquals', '10', '1e1', no],
  ['another', 'NumericNotEquals', '10', '11', yes],
  ['no number is none of them', 'NumericNotEquals', '10', 'ten', yes],
  ['less', 'NumericLessThan', '10', '9.5', yes],
  ['the same is not less', 'NumericLessThan', '10', '10', no],
  ['compared as numbers, not as texts', 'NumericLessThan', '10', '9', yes],
  ['the same', 'NumericLessThanEquals', '10', '10', yes],
  ['more', 'NumericLessThanEquals', '10', '10.01', no],
  ['more', 'NumericGreaterThan', '-1', '0', yes],
  ['the same is not more', 'NumericGreaterThan', '10', '10', no],
  ['the same', 'NumericGreaterThanEquals', '10', '10', yes],
  ['less', 'NumericGreaterThanEquals', '10', '9', no],
  ['nothing is not less', 'NumericLessThan', '10', undefined, no],
])

const noon = '2026-11-25T12:00:00Z'
const dates = cases('date', [
  ['the same', 'DateEquals', noon, noon, yes],
  ['the same moment elsewhere', 'DateEquals', '2026-11-25T20:00:00+08:00', noon, yes],
  ['the same moment to the west', 'DateEquals', '2026-11-25T07:30:00-04:30', noon, yes],
  ['without seconds', 'DateEquals', '2026-11-25T12:00Z', noon, yes],
  ['a fraction counts', 'DateEquals', '2026-11-25T12:00:00.001Z', noon, no],
  ['another', 'DateEquals', noon, '2026-11-25T12:00:01Z', no],
  ['the same', 'DateNotEquals', noon, noon, no],
  ['another', 'DateNotEquals', noon, '2026-11-25T11:59:59Z', yes],
  ['before', 'DateLessThan', noon, '2026-11-25T11:59:59Z', yes],
  ['the moment itself', 'DateLessThan', noon, noon, no],
  ['after', 'DateLessThan', noon, '2027-01-01T00:00:00Z', no],
  ['before, although its text is greater', 'DateLessThan', noon, '2026-11-25T13:00:00+08:00', yes],
  ['the moment itself', 'DateLessThanEquals', noon, noon, yes],
  ['after', 'DateLessThanEquals', noon, '2026-11-25T12:00:00.001Z', no],
  ['after', 'DateGreaterThan', noon, '2026-11-25T12:00:01Z', yes],
  ['the moment itself', 'DateGreaterThan', noon, noon, no],
  ['the moment itself', 'DateGreaterThanEquals', noon, noon, yes],
  ['before', 'DateGreaterThanEquals', noon, '2026-11-25T11:59:59.999Z', no],
  ['a day of a leap year', 'DateGreaterThan', '2028-02-29T00:00:00Z', '2028-03-01T00:00:00Z', yes],
  ['no date', 'DateLessThan', noon, 'yesterday', no],
])

const truths = cases('truth', [
  ['true', 'Bool', 'true', 'true', yes],
  ['true as JSON', 'Bool', true, 'true', yes],
  ['true in a list', 'Bool', ['true'], 'true', yes],
  ['false', 'Bool', 'true', 'false', no],
  ['false wanted', 'Bool', 'false', 'false', yes],
  ['case does not count', 'Bool', 'True', 'TRUE', yes],
  ['nothing is not true', 'Bool', 'true', undefined, no],
  ['nothing is not false either', 'Bool', 'false', undefined, no],
  ['no truth value', 'Bool', 'true', '1', no],
])

const addresses = cases('address', [
  ['the address', 'IpAddress', '203.0.113.5', '203.0.113.5', yes],
  ['another address', 'IpAddress', '203.0.113.5', '203.0.113.6', no],
  ['in the block', 'IpAddress', '203.0.113.0/24', '203.0.113.255', yes],
  ['before the block', 'IpAddress', '203.0.113.0/24', '203.0.112.255', no],
  ['behind the block', 'IpAddress', '203.0.113.0/24', '203.0.114.0', no],
  ['bits behind the mask do not count', 'IpAddress', '203.0.113.77/24', '203.0.113.5', yes],
  ['a block that ends inside a byte', 'IpAddress', '10.0.16.0/20', '10.0.31.255', yes],
  ['behind a block that ends inside a byte', 'IpAddress', '10.0.16.0/20', '10.0.32.0', no],
  ['a block of one', 'IpAddress', '10.0.0.1/32', '10.0.0.1', yes],
  ['all of IPv4', 'IpAddress', '0.0.0.0/0', '255.255.255.255', yes],
  ['all of IPv4 has no IPv6', 'IpAddress', '0.0.0.0/0', '2001:db8::1', no],
  ['all of IPv6 has no IPv4', 'IpAddress', '::/0', '203.0.113.5', no],
  ['in one of several blocks', 'IpAddress', ['10.0.0.0/8', '192.168.0.0/16'], '192.168.1.1', yes],
  ['IPv6 in other letters', 'IpAddress', '2001:db8::1', '2001:0DB8:0:0::0001', yes],
  ['IPv6 in the block', 'IpAddress', '2001:db8::/32', '2001:db8:ffff::1', yes],
  ['IPv6 behind the block', 'IpAddress', '2001:db8::/32', '2001:db9::1', no],
  ['an IPv6 block that ends inside a group', 'IpAddress', '2001:db8:8000::/33', '2001:db8:7fff::1', no],
  ['IPv4 inside IPv6 is IPv4', 'IpAddress', '203.0.113.0/24', '::ffff:203.0.113.5', yes],
  ['a block of IPv4 inside IPv6 is one of IPv4', 'IpAddress', '::ffff:203.0.113.0/120', '203.0.113.5', yes],
  ['the loopback of IPv6', 'IpAddress', '::1', '0:0:0:0:0:0:0:1', yes],
  ['no address', 'IpAddress', '0.0.0.0/0', 'localhost', no],
  ['nothing', 'IpAddress', '0.0.0.0/0', undefined, no],
  ['outside', 'NotIpAddress', '10.0.0.0/8', '203.0.113.5', yes],
  ['inside', 'NotIpAddress', '10.0.0.0/8', '10.1.2.3', no],
  ['inside one of several', 'NotIpAddress', ['192.168.0.0/16', '10.0.0.0/8'], '10.1.2.3', no],
  ['the other family is outside', 'NotIpAddress', '10.0.0.0/8', '::1', yes],
])

const ifExists = cases('if it exists', [
  ['absent', 'StringEqualsIfExists', 'dev', undefined, yes],
  ['there and the same', 'StringEqualsIfExists', 'dev', 'dev', yes],
  ['there and another', 'StringEqualsIfExists', 'dev', 'ops', no],
  ['absent', 'BoolIfExists', 'true', undefined, yes],
  ['there and false', 'BoolIfExists', 'true', 'false', no],
  ['absent', 'IpAddressIfExists', '10.0.0.0/8', undefined, yes],
  ['there and outside', 'IpAddressIfExists', '10.0.0.0/8', '11.0.0.0', no],
  ['absent', 'StringNotLikeIfExists', 'd*', undefined, yes],
  ['there and like it', 'StringNotLikeIfExists', 'd*', 'dev', no],
  ['an empty list is absent', 'NumericLessThanIfExists', '1', [], yes],
])

const sets = cases('set', [
  ['one of them is enough', 'ForAnyValue:StringEquals', ['dev', 'ops'], ['hr', 'ops'], yes],
  ['none of them', 'ForAnyValue:StringEquals', ['dev', 'ops'], ['hr', 'it'], no],
  ['nothing has none', 'ForAnyValue:StringEquals', 'dev', undefined, no],
  ['one that is not the text', 'ForAnyValue:StringNotEquals', 'dev', ['dev', 'ops'], yes],
  ['none that is not the text', 'ForAnyValue:StringNotEquals', 'dev', ['dev'], no],
  ['all of them', 'ForAllValues:StringEquals', ['dev', 'ops', 'hr'], ['ops', 'dev'], yes],
  ['not all of them', 'ForAllValues:StringEquals', ['dev', 'ops'], ['ops', 'it'], no],
  ['all of nothing', 'ForAllValues:StringEquals', 'dev', undefined, yes],
  ['all of them like it', 'ForAllValues:StringLike', 'd*', ['dev', 'doc'], yes],
  ['all of them are not the text', 'ForAllValues:StringNotEquals', 'dev', ['ops', 'hr'], yes],
  ['one of them is the text', 'ForAllValues:StringNotEquals', 'dev', ['ops', 'dev'], no],
  ['any address inside', 'ForAnyValue:IpAddress', '10.0.0.0/8', ['192.0.2.1', '10.0.0.1'], yes],
  ['all addresses inside', 'ForAllValues:IpAddress', '10.0.0.0/8', ['192.0.2.1', '10.0.0.1'], no],
  ['absent, and need not exist', 'ForAnyValue:StringEqualsIfExists', 'dev', undefined, yes],
  ['without prefix one of several is enough', 'StringEquals', 'dev', ['ops', 'dev'], yes],
  ['without prefix a negation needs all', 'StringNotEquals', 'dev', ['ops', 'dev'], no],
])

function combined(why: string, condition: Parameters<typeof allow>[2], facts: Facts, expected: Outcome): Row {
  return row(
    `conditions together: ${why}`,
    [allow('*', '*', condition)],
    call('smartag:DescribeRegions', '*', facts),
    expected,
  )
}

const office = { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' }, Bool: { 'acs:SecureTransport': 'true' } }
const owner = { StringEquals: { 'acs:PrincipalARN': 'acs:ram::1:user/ada', 'acs:RequestTag/team': 'dev' } }

const together: readonly Row[] = [
  combined('both operators hold', office, { 'acs:SourceIp': '10.0.0.1', 'acs:SecureTransport': 'true' }, yes),
  combined('the first does not', office, { 'acs:SourceIp': '11.0.0.1', 'acs:SecureTransport': 'true' }, no),
  combined('the second does not', office, { 'acs:SourceIp': '10.0.0.1', 'acs:SecureTransport': 'false' }, no),
  combined('the second is absent', office, { 'acs:SourceIp': '10.0.0.1' }, no),
  combined('both keys hold', owner, { 'acs:PrincipalARN': 'acs:ram::1:user/ada', 'acs:RequestTag/team': 'dev' }, yes),
  combined('one key does not', owner, { 'acs:PrincipalARN': 'acs:ram::1:user/ada', 'acs:RequestTag/team': 'ops' }, no),
  combined('case of a key does not count', office, { 'ACS:sourceip': '10.0.0.1', 'Acs:SecureTransport': 'true' }, yes),
  combined('no condition at all', {}, {}, yes),
  combined(
    'the same key under two operators',
    {
      DateGreaterThan: { 'acs:CurrentTime': '2026-01-01T00:00:00Z' },
      DateLessThan: { 'acs:CurrentTime': '2027-01-01T00:00:00Z' },
    },
    { 'acs:CurrentTime': '2026-11-25T19:00:00Z' },
    yes,
  ),
  combined(
    'the same key under two operators, one fails',
    {
      DateGreaterThan: { 'acs:CurrentTime': '2026-01-01T00:00:00Z' },
      DateLessThan: { 'acs:CurrentTime': '2027-01-01T00:00:00Z' },
    },
    { 'acs:CurrentTime': '2027-11-25T19:00:00Z' },
    no,
  ),
  combined(
    'session of a role by pattern',
    { StringLike: { 'acs:PrincipalARN': 'acs:sts::1:assumed-role/ops/*' } },
    { 'acs:PrincipalARN': 'acs:sts::1:assumed-role/ops/night' },
    yes,
  ),
  combined(
    'a key nobody knows is absent',
    { StringEquals: { 'acs:Weather': 'fine' } },
    { 'acs:SourceIp': '10.0.0.1' },
    no,
  ),
]

export const conditionRows: readonly Row[] = [
  ...texts,
  ...numbers,
  ...dates,
  ...truths,
  ...addresses,
  ...ifExists,
  ...sets,
  ...together,
]
