import { describe, expect, test } from 'vitest'
import { longestPolicy, parsePolicy } from './parse.ts'
import type { PolicyKind } from './policy.ts'

const statement = (members: string): string => `{"Version":"1","Statement":[{${members}}]}`
const allow = (members: string): string => statement(`"Effect":"Allow",${members}`)
const when = (condition: string): string => allow(`"Action":"*","Resource":"*","Condition":${condition}`)
const trust = (principal: string): string => allow(`"Action":"sts:AssumeRole","Principal":${principal}`)

/** `▲` stands before the place where the mistake is. */
function expectMistake(marked: string, message: RegExp, kind: PolicyKind = 'identity'): void {
  const offset = marked.indexOf('▲')
  expect(offset).toBeGreaterThanOrEqual(0)
  const text = marked.replace('▲', '')
  const lines = text.slice(0, offset).split('\n')
  expect(parsePolicy(text, kind)).toEqual({
    mistake: {
      message: expect.stringMatching(message),
      offset,
      line: lines.length,
      column: (lines.at(-1) ?? '').length + 1,
    },
  })
}

describe('a document is refused at the place of its mistake:', () => {
  test.each<[string, string, RegExp]>([
    ['nothing at all', '▲', /ends here; expected a JSON value/],
    ['only white space', ' \n ▲', /ends here/],
    ['no JSON', '▲Allow everything', /Expected a JSON value/],
    ['a byte order mark', '▲\ufeff{}', /Expected a JSON value/],
    ['a comment', '{"Version":"1",▲// all\n"Statement":[]}', /name in double quotes/],
    ['single quotes', "{▲'Version':'1'}", /name in double quotes or "}"/],
    ['a missing colon', '{"Version" ▲"1"}', /":" after the name/],
    ['a missing comma', '{"Version":"1"\n▲"Statement":[]}', /Expected "," or "}"/],
    ['a comma too many', '{"Version":"1",▲}', /name in double quotes/],
    ['a comma too many in a list', allow('"Resource":"*","Action":["*",▲]'), /JSON value/],
    ['a missing bracket', '{"Version":"1","Statement":[{}▲', /ends here; expected "," or "]"/],
    ['text behind the document', `${allow('"Action":"*","Resource":"*"')}▲}`, /ended before this/],
    ['a text without end', '{"Version":"1▲', /ends inside a text/],
    ['a line break in a text', '{"Version":"1▲\n"}', /control character/],
    ['an unknown escape', '{"Version":"▲\\x31"}', /escape is not known/],
    ['a half escape', '{"Version":"▲\\u12"}', /escape is not known/],
    ['a name given twice', '{"Version":"1","Statement":[],▲"Version":"1"}', /given before in the same object/],
    ['a name given twice, once escaped', '{"Version":"1",▲"V\\u0065rsion":"1"}', /given before/],
    ['a list', '▲[]', /A policy must be an object, not a list/],
    ['a text', '▲"Allow"', /A policy must be an object, not a text/],
    ['null', '▲null', /A policy must be an object, not null/],
    ['no version', '▲{"Statement":[]}', /Version is missing/],
    ['a version that is a number', '{"Version":▲1,"Statement":[]}', /Version must be a text, not a number/],
    ['another version', '{"Version":▲"2012-10-17","Statement":[]}', /Version must be "1"/],
    ['no statement', '▲{"Version":"1"}', /Statement is missing/],
    ['a single statement without list', '{"Version":"1","Statement":▲{}}', /Statement must be a list, not an object/],
    ['an empty list of statements', '{"Version":"1","Statement":▲[]}', /must not be an empty list/],
    [
      'a member of another language',
      '{"Version":"1",▲"Id":"x","Statement":[]}',
      /no such member; there are Version, Statement/,
    ],
    ['a misspelt member', '{"Version":"1",▲"Statment":[]}', /did you mean Statement\?/],
    [
      'a statement that is a text',
      '{"Version":"1","Statement":[▲"Allow"]}',
      /A statement must be an object, not a text/,
    ],
    ['a statement without effect', '{"Version":"1","Statement":[▲{"Action":"*","Resource":"*"}]}', /Effect is missing/],
    ['an effect in other case', statement('"Effect":▲"allow","Action":"*","Resource":"*"'), /"Allow" or "Deny"/],
    [
      'an effect that is a list',
      statement('"Effect":▲["Allow"],"Action":"*","Resource":"*"'),
      /Effect must be a text, not a list/,
    ],
    [
      'an identifier of a statement',
      allow('▲"Sid":"one","Action":"*","Resource":"*"'),
      /A statement has no such member; there are/,
    ],
    ['a member in other case', allow('▲"action":"*","Resource":"*"'), /did you mean Action\?/],
    ['letters exchanged', allow('▲"Resuorce":"*","Action":"*"'), /did you mean Resource\?/],
    ['a principal', allow('"Action":"*","Resource":"*",▲"Principal":{"RAM":[]}'), /no such member/],
    ['no action', '{"Version":"1","Statement":[▲{"Effect":"Allow","Resource":"*"}]}', /Action or NotAction is missing/],
    [
      'no resource',
      '{"Version":"1","Statement":[▲{"Effect":"Allow","Action":"*"}]}',
      /Resource or NotResource is missing/,
    ],
    [
      'action and its negation',
      allow('"Action":"*",▲"NotAction":"ram:*","Resource":"*"'),
      /Action or NotAction, not both/,
    ],
    ['resource and its negation', allow('"Action":"*","NotResource":"*",▲"Resource":"*"'), /not both/],
    ['an action that is a number', allow('"Action":▲7,"Resource":"*"'), /a text or a list of texts, not a number/],
    ['no actions', allow('"Action":▲[],"Resource":"*"'), /Action must not be an empty list/],
    [
      'a list in a list',
      allow('"Action":["*",▲["*"]],"Resource":"*"'),
      /Each entry of Action must be a text, not a list/,
    ],
    ['an action without service', allow('"Action":["*",▲"DescribeRegions"],"Resource":"*"'), /<service>:<operation>/],
    ['an action without name', allow('"Action":▲"smartag:","Resource":"*"'), /<service>:<operation>/],
    ['an empty action', allow('"NotAction":▲"","Resource":"*"'), /<service>:<operation>/],
    ['an action with a space', allow('"Action":▲"smartag: Describe*","Resource":"*"'), /<service>:<operation>/],
    ['an empty resource', allow('"Action":"*","Resource":▲""'), /"\*" or begins with "acs:"/],
    ['a resource of another cloud', allow('"Action":"*","Resource":▲"arn:aws:s3:::b"'), /begins with "acs:"/],
    ['a resource with too few fields', allow('"Action":"*","Resource":▲"acs:smartag:*:*"'), /five fields/],
    ['a resource without relative id', allow('"Action":"*","Resource":▲"acs:smartag:*:*:"'), /five fields/],
    ['a resource without service', allow('"Action":"*","Resource":▲"acs::*:*:x"'), /five fields/],
    ['conditions that are a list', when('▲[]'), /Condition must be an object, not a list/],
    ['an unknown operator', when('{▲"StringMatches":{"acs:SourceIp":"1"}}'), /operator is not known\./],
    ['a misspelt operator', when('{▲"StringEqual":{"acs:SourceIp":"1"}}'), /did you mean StringEquals\?/],
    ['an operator in other case', when('{▲"ipaddress":{"acs:SourceIp":"1"}}'), /did you mean IpAddress\?/],
    ['Null, which is not documented', when('{▲"Null":{"acs:SourceIp":"true"}}'), /operator is not known/],
    ['an unknown set', when('{▲"ForSomeValue:Bool":{"acs:SourceIp":"true"}}'), /operator is not known/],
    ['two sets', when('{▲"ForAnyValue:ForAllValues:Bool":{"a:b":"true"}}'), /operator is not known/],
    ['only a set', when('{▲"ForAnyValue:":{"a:b":"true"}}'), /operator is not known/],
    ['an operator without operand', when('{"Bool":▲true}'), /operand of a condition operator must be an object/],
    ['an operator without key', when('{"Bool":▲{}}'), /has no condition key/],
    ['a key without service', when('{"Bool":{▲"SecureTransport":"true"}}'), /<service>:<key>/],
    ['a key given twice', when('{"StringLike":{"acs:SourceIp":"a",▲"acs:sourceIP":"b"}}'), /case does not distinguish/],
    ['no values', when('{"Bool":{"acs:SecureTransport":▲[]}}'), /must not be an empty list/],
    ['both truth values', when('{"Bool":{"acs:SecureTransport":["true",▲"false"]}}'), /takes one value/],
    ['a truth value that is none', when('{"Bool":{"acs:SecureTransport":▲"yes"}}'), /"true" or "false"/],
    ['a truth value that is a number', when('{"Bool":{"acs:SecureTransport":▲1}}'), /"true" or "false", not a number/],
    ['a text that is a number', when('{"StringEquals":{"acs:SourceIp":▲1}}'), /a text, not a number/],
    ['a text that is null', when('{"StringEquals":{"acs:SourceIp":["a",▲null]}}'), /a text, not null/],
    ['a number that is a word', when('{"NumericEquals":{"smartag:Bandwidth":▲"ten"}}'), /a number such as/],
    ['an infinite number', when('{"NumericEquals":{"smartag:Bandwidth":▲"1e999"}}'), /a number such as/],
    [
      'a number that cannot be held',
      when('{"NumericEquals":{"smartag:Bandwidth":▲12345678901234567}}'),
      /a number such as/,
    ],
    [
      'a date without offset',
      when('{"DateLessThan":{"acs:CurrentTime":▲"2026-11-25T08:00:00"}}'),
      /a time with its offset/,
    ],
    ['a date without time', when('{"DateLessThan":{"acs:CurrentTime":▲"2026-11-25"}}'), /a time with its offset/],
    ['a day that does not exist', when('{"DateLessThan":{"acs:CurrentTime":▲"2026-02-29T00:00:00Z"}}'), /a time/],
    ['an hour that does not exist', when('{"DateLessThan":{"acs:CurrentTime":▲"2026-02-28T24:00:00Z"}}'), /a time/],
    [
      'an address that is none',
      when('{"IpAddress":{"acs:SourceIp":["10.0.0.1",▲"10.0.0.256"]}}'),
      /IPv4 or IPv6 address/,
    ],
    ['an address with leading zeros', when('{"IpAddress":{"acs:SourceIp":▲"010.0.0.1"}}'), /IPv4 or IPv6/],
    ['an address with a wildcard', when('{"IpAddress":{"acs:SourceIp":▲"10.0.0.*"}}'), /IPv4 or IPv6/],
    ['a mask that is too long', when('{"IpAddress":{"acs:SourceIp":▲"10.0.0.0/33"}}'), /IPv4 or IPv6/],
    ['a mask of nothing', when('{"IpAddress":{"acs:SourceIp":▲"10.0.0.0/"}}'), /IPv4 or IPv6/],
    ['a mask as an address', when('{"NotIpAddress":{"acs:SourceIp":▲"10.0.0.0/255.0.0.0"}}'), /IPv4 or IPv6/],
    ['an address with a zone', when('{"IpAddress":{"acs:SourceIp":▲"fe80::1%eth0"}}'), /IPv4 or IPv6/],
    ['a mask that is too long for IPv6', when('{"IpAddress":{"acs:SourceIp":▲"2001:db8::/129"}}'), /IPv4 or IPv6/],
  ])('%s', (_, marked, message) => {
    expectMistake(marked, message)
  })

  test('the line is counted over every kind of line break', () => {
    const text = '{\r\n"Version":"1",\n"Statement":\r[7]}'
    expect(parsePolicy(text, 'identity')).toEqual({
      mistake: { message: 'A statement must be an object, not a number.', line: 4, column: 2, offset: 32 },
    })
  })

  test('too long a document is refused where the limit is', () => {
    const text = allow(`"Action":"*","Resource":"*"`).padEnd(longestPolicy)
    expect(parsePolicy(text, 'identity')).toHaveProperty('policy')
    expect(parsePolicy(`${text} `, 'identity')).toMatchObject({ mistake: { offset: longestPolicy } })
  })
})

describe('a trust policy is refused at the place of its mistake:', () => {
  test.each<[string, string, RegExp]>([
    [
      'a resource',
      `${trust('{"RAM":"acs:ram::1:root"}').replace('"Principal"', '▲"Resource":"*","Principal"')}`,
      /trust policy has no such member/,
    ],
    [
      'no principal',
      '{"Version":"1","Statement":[▲{"Effect":"Allow","Action":"sts:AssumeRole"}]}',
      /Principal is missing/,
    ],
    ['a principal that is a text', trust('▲"*"'), /Principal must be an object, not a text/],
    ['no type of principal', trust('▲{}'), /needs one of RAM, Service, Federated/],
    ['a type of another cloud', trust('{▲"AWS":"*"}'), /no such member; there are RAM, Service, Federated/],
    ['nobody', trust('{"RAM":▲[]}'), /RAM must not be an empty list/],
    ['everybody', trust('{"RAM":▲"*"}'), /without wildcards/],
    ['every user', trust('{"RAM":["acs:ram::1:root",▲"acs:ram::1:user/*"]}'), /without wildcards/],
    ['a group', trust('{"RAM":▲"acs:ram::1:group/x"}'), /user\/<name> or/],
    ['a service that is no name', trust('{"Service":▲"everything"}'), /domain name/],
    ['a provider that is a user', trust('{"Federated":▲"acs:ram::1:user/x"}'), /saml-provider/],
  ])('%s', (_, marked, message) => {
    expectMistake(marked, message, 'trust')
  })
})

test('a document is read with all it says, in its order', () => {
  const document = `{
    "Statement": [
      { "Action": ["smartag:Describe*", "SMARTAG:get?"], "Effect": "Allow", "NotResource": "acs:smartag:*:1:smartag/x" },
      { "Resource": ["*"], "Effect": "Deny", "NotAction": "*",
        "Condition": {
          "ForAnyValue:StringNotLikeIfExists": { "acs:ResourceTag/team": ["a*", ""] },
          "Bool": { "acs:MFAPresent": true },
          "NumericLessThan": { "smartag:Bandwidth": [10, "2.50"], "acs:Other": 1e2 }
        } }
    ],
    "Version": "1"
  }`
  expect(parsePolicy(document, 'identity')).toEqual({
    policy: {
      kind: 'identity',
      statements: [
        {
          effect: 'Allow',
          action: { not: false, patterns: ['smartag:Describe*', 'SMARTAG:get?'] },
          resource: { not: true, patterns: ['acs:smartag:*:1:smartag/x'] },
          conditions: [],
        },
        {
          effect: 'Deny',
          action: { not: true, patterns: ['*'] },
          resource: { not: false, patterns: ['*'] },
          conditions: [
            {
              operator: { name: 'StringNotLike', set: 'ForAnyValue', ifExists: true },
              key: 'acs:ResourceTag/team',
              values: ['a*', ''],
            },
            { operator: { name: 'Bool', ifExists: false }, key: 'acs:MFAPresent', values: ['true'] },
            {
              operator: { name: 'NumericLessThan', ifExists: false },
              key: 'smartag:Bandwidth',
              values: ['10', '2.50'],
            },
            { operator: { name: 'NumericLessThan', ifExists: false }, key: 'acs:Other', values: ['1e2'] },
          ],
        },
      ],
    },
  })
})

test('a trust policy is read with all its principals', () => {
  const principal = {
    RAM: ['acs:ram::1:root', 'acs:ram::1:role/r'],
    Service: ['ecs.aliyuncs.com', '1@eci.aliyuncs.com'],
    Federated: ['acs:ram::1:saml-provider/company'],
  }
  expect(parsePolicy(trust(JSON.stringify(principal)), 'trust')).toEqual({
    policy: {
      kind: 'trust',
      statements: [
        { effect: 'Allow', action: { not: false, patterns: ['sts:AssumeRole'] }, principal, conditions: [] },
      ],
    },
  })
})
