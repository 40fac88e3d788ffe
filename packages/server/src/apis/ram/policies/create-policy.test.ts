import { expect, test } from 'vitest'
import { longestPolicy } from '../../../access/policy/index.ts'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { limits } from '../limits.ts'
import { addPolicy, began, document, fill, look, testLength, testNames } from '../testing.suite.ts'
import { createPolicy as operation } from './create-policy.ts'
import { deletePolicy } from './delete-policy.ts'

testOperation(operation, (world) => {
  const given = { PolicyName: 'Gateway-Operator', PolicyDocument: document }
  const example = (expect: 'allowed' | 'denied', action = 'smartag:DescribeRegions') => ({
    action,
    resource: '*',
    expect,
  })
  const withExamples = (...examples: readonly object[]) => ({ ...given, Examples: JSON.stringify(examples) })

  test('creates a policy, whose document is kept letter by letter as version 1', async () => {
    const PolicyDocument = `  ${document.replaceAll(',', ',\n\t')}\n`
    expect(await world().call(operation, { ...given, PolicyDocument, Description: '网关运维' })).toMatchObject({
      Policy: {
        PolicyName: 'Gateway-Operator',
        PolicyType: 'Custom',
        Description: '网关运维',
        DefaultVersion: 'v1',
        CreateDate: began,
      },
    })
    const versions = await look(world(), async ({ policies }) => {
      const policy = await policies.policy('1210123456123456', 'Gateway-Operator')
      return policy === undefined ? [] : policies.versions(policy)
    })
    expect(versions).toMatchObject([{ version: 1, document: PolicyDocument, isDefault: true }])
  })

  test('MalformedPolicyDocument: with the place of the mistake', async () => {
    const PolicyDocument = document.replace('"Allow"', '\n  "Perhaps"')
    await expect(world().call(operation, { ...given, PolicyDocument })).rejects.toThrow(/ Line 2, column 3: Effect /)
    expect(await world().refused(operation, { ...given, PolicyDocument })).toBe('MalformedPolicyDocument')
    expect(await world().refused(operation, { ...given, PolicyDocument: '{' })).toBe('MalformedPolicyDocument')
  })

  test('examples that hold are kept', async () => {
    const asked = withExamples(example('allowed'), example('denied', 'smartag:ModifySAGAdminPassword'))
    await world().call(operation, asked)
    const kept = await look(world(), ({ policies }) => policies.policy('1210123456123456', 'Gateway-Operator'))
    expect(kept?.examples).toBe(asked.Examples)
  })

  test('PolicyExample.Failed: says which, and nothing is created', async () => {
    const asked = withExamples(example('allowed'), example('denied'))
    await expect(world().call(operation, asked)).rejects.toThrow(
      / Example 2 is to be denied and is allowed\. Statement 1 allows this call\.$/,
    )
    expect(await world().refused(operation, asked)).toBe('PolicyExample.Failed')
    expect(await look(world(), ({ policies }) => policies.count('1210123456123456'))).toBe(0)
    const both = withExamples(example('denied'), example('denied'), example('denied'))
    await expect(world().call(operation, both)).rejects.toThrow(/ 2 more examples fail\.$/)
  })

  test('InvalidParameter.Examples.Format: with the place of the mistake', async () => {
    const asked = { ...given, Examples: '[\n {"action": 1}]' }
    await expect(world().call(operation, asked)).rejects.toThrow(/ Line 2, column \d+: /)
    expect(await world().refused(operation, asked)).toBe('InvalidParameter.Examples.Format')
  })

  test('EntityAlreadyExists.Policy: in this account, not in another, and not one of the system', async () => {
    await addPolicy(world(), 'Gateway-Operator', { accountId: otherAccountId })
    await world().call(operation, given)
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.Policy')
    expect(await world().call(operation, { ...given, PolicyName: 'AdministratorAccess' })).toBeDefined()
  })

  test('LimitExceeded.Policy', async () => {
    await fill(world(), 'ram_policy', limits.policies)
    expect(await world().refused(operation, given)).toBe('LimitExceeded.Policy')
  })

  test('with tags, which go with the policy when it is deleted', async () => {
    const tagsOf = () => look(world(), ({ tags }) => tags.of(accountId, 'policy', [given.PolicyName]))
    await world().call(operation, { ...given, Tag: '[{"Key":"a","Value":"b"},{"Key":"c"}]' })
    expect((await tagsOf()).get(given.PolicyName)).toEqual([
      { key: 'a', value: 'b' },
      { key: 'c', value: '' },
    ])
    await world().call(deletePolicy, { PolicyName: given.PolicyName })
    expect((await tagsOf()).size).toBe(0)
  })

  test('InvalidParameter.Tag.Format', async () => {
    expect(await world().refused(operation, { ...given, 'Tag.1.Key': 'aliyun' })).toBe('InvalidParameter.Tag.Format')
  })

  test('no tags are none', async () => {
    expect(await world().call(operation, { ...given, Tag: '[]' })).toBeDefined()
  })

  test(`InvalidParameter.PolicyDocument.Length: more than ${longestPolicy} characters`, async () => {
    const exact = document.padEnd(longestPolicy)
    expect(await world().refused(operation, { ...given, PolicyDocument: `${exact} ` })).toBe(
      'InvalidParameter.PolicyDocument.Length',
    )
    expect(await world().call(operation, { ...given, PolicyDocument: exact })).toBeDefined()
  })

  testNames(operation, world, given, 'PolicyName')
  testLength(operation, world, given, 'Description', 1024)
})
