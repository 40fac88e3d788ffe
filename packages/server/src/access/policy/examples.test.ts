import { describe, expect, test } from 'vitest'
import { checkExamples, type PolicyExample } from './examples.ts'
import { parseExamples } from './parse-examples.ts'

const policy = JSON.stringify({
  Version: '1',
  Statement: [
    { Effect: 'Allow', Action: 'smartag:*', Resource: 'acs:smartag:*:*:smartag/sag-1' },
    { Effect: 'Deny', Action: 'smartag:Delete*', Resource: '*' },
    { Effect: 'Allow', Action: 'ram:Get*', Resource: '*', Condition: { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' } } },
  ],
})

const mine = 'acs:smartag:cn-shanghai:1:smartag/sag-1'
const other = 'acs:smartag:cn-shanghai:1:smartag/sag-2'

test('a policy that says what its examples say fails none', () => {
  const examples: readonly PolicyExample[] = [
    { action: 'smartag:ModifySmartAccessGateway', resource: mine, expect: 'allowed' },
    { action: 'smartag:ModifySmartAccessGateway', resource: other, expect: 'denied' },
    { action: 'smartag:ModifySmartAccessGateway', resource: [mine, other], expect: 'denied' },
    { action: 'smartag:DeleteSmartAccessGateway', resource: mine, expect: 'denied' },
    { action: 'ram:GetUser', resource: '*', context: { 'ACS:sourceip': '10.1.2.3' }, expect: 'allowed' },
    { action: 'ram:GetUser', resource: '*', expect: 'denied' },
  ]
  expect(checkExamples(policy, examples)).toEqual([])
})

test('each example that is not kept is named, with what was decided and by which statement', () => {
  const examples: readonly PolicyExample[] = [
    { action: 'smartag:DescribeRegions', resource: mine, expect: 'allowed' },
    { action: 'smartag:DescribeRegions', resource: mine, expect: 'denied' },
    { action: 'smartag:DeleteSmartAccessGateway', resource: mine, expect: 'allowed' },
    { action: 'ram:GetUser', resource: '*', context: { 'acs:SourceIp': '192.0.2.1' }, expect: 'allowed' },
  ]
  expect(checkExamples(policy, examples)).toEqual([
    { index: 1, example: examples[1], actual: 'allowed', why: 'Statement 1 allows this call.', statement: 0 },
    { index: 2, example: examples[2], actual: 'denied', why: 'Statement 2 denies this call.', statement: 1 },
    { index: 3, example: examples[3], actual: 'denied', why: 'No statement allows this call.' },
  ])
})

test('a caller is a condition of an identity policy, and the one whom a trust policy trusts', () => {
  const onlyAda = JSON.stringify({
    Version: '1',
    Statement: [
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'acs:PrincipalARN': 'acs:ram::1:user/ada' } },
      },
    ],
  })
  const call = { action: 'sts:AssumeRole', resource: '*' }
  expect(
    checkExamples(onlyAda, [
      { ...call, caller: 'acs:ram::1:user/ada', expect: 'allowed' },
      { ...call, caller: 'acs:ram::1:user/bob', expect: 'denied' },
    ]),
  ).toEqual([])

  const principal = { RAM: ['acs:ram::1:root', 'acs:ram::2:user/eve'], Service: 'ecs.aliyuncs.com' }
  const trust = JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }],
  })
  expect(
    checkExamples(
      trust,
      [
        { ...call, caller: 'acs:ram::1:user/ada', expect: 'allowed' },
        { ...call, caller: 'acs:ram::2:user/eve', expect: 'allowed' },
        { ...call, caller: 'acs:ram::2:user/ada', expect: 'denied' },
        { ...call, caller: 'ecs.aliyuncs.com', expect: 'allowed' },
        { ...call, caller: 'acs:ram::1:saml-provider/company', expect: 'denied' },
        { ...call, expect: 'denied' },
      ],
      'trust',
    ),
  ).toEqual([])
})

test('examples of a document that does not parse are a defect', () => {
  expect(() => checkExamples('{}', [])).toThrow('does not parse')
})

describe('a list of examples', () => {
  test('is read as it was written', () => {
    const examples = [
      { action: 'ram:GetUser', resource: '*', expect: 'denied' },
      {
        action: 'smartag:BindSmartAccessGateway',
        resource: [mine, 'acs:smartag:*:1:ccn/ccn-1'],
        caller: 'acs:ram::1:user/ada',
        context: { 'acs:SourceIp': '10.0.0.1', 'acs:RequestTag/team': ['a', 'b'] },
        expect: 'allowed',
      },
    ]
    expect(parseExamples(JSON.stringify(examples))).toEqual({ examples })
  })

  test.each<[string, RegExp]>([
    ['▲{}', /must be a list, not an object/],
    ['[▲7]', /An example must be an object/],
    ['[▲{"resource":"*","expect":"denied"}]', /action is missing/],
    ['[{"action":▲"ram:*","resource":"*","expect":"denied"}]', /one operation/],
    ['[▲{"action":"ram:GetUser","expect":"denied"}]', /resource is missing/],
    ['[▲{"action":"ram:GetUser","resource":"*"}]', /expect is missing/],
    ['[{"action":"ram:GetUser","resource":"*","expect":▲"deny"}]', /"allowed" or "denied"/],
    ['[{"action":"ram:GetUser","resource":"*","expect":"denied",▲"contxt":{}}]', /did you mean context\?/],
    ['[{"action":"ram:GetUser","resource":"*","expect":"denied","context":{"acs:SourceIp":▲1}}]', /a text or a list/],
    [`[${'{"action":"ram:GetUser","resource":"*","expect":"denied"},'.repeat(100)}▲{}]`, /may be 100 examples/],
  ])('is refused at the place of its mistake: %.70s', (marked, message) => {
    const offset = marked.indexOf('▲')
    const result = parseExamples(marked.replace('▲', ''))
    expect(result).toMatchObject({ mistake: { offset, message: expect.stringMatching(message) } })
  })
})
