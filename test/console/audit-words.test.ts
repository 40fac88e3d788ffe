import { expect, test } from 'vitest'
import { operationWords, titleOf } from '../../packages/console/src/screens/audit/event-words.ts'
import { allOperations } from '../../packages/server/src/apis/registry.ts'

const writes = allOperations.filter(({ access }) => access.level === 'Write').map(({ name }) => name)

test.each(['en', 'zh'] as const)('the audit has words in %s for every operation that writes', (language) => {
  expect(writes.filter((name) => operationWords(name, language) === name)).toEqual([])
})

const event = { eventId: '', eventTime: '', requestId: '', userIdentity: {}, resources: [] }
const resource = 'acs:smartag:cn-shanghai:1:smartag/sag-1'

test.each([
  ['ModifySmartAccessGateway', ['CidrBlock', 'Description'], 'Addresses, description', '网段、描述'],
  ['ModifySmartAccessGateway', ['Name', 'Position', 'AclId', 'QosId'], 'Gateway changed', '修改网关'],
  ['ModifySmartAccessGateway', [], 'Gateway changed', '修改网关'],
  ['CreateUser', ['Name'], 'User added', '添加用户'],
  ['ModifySAGAdminPassword', ['Box'], 'Administrator password', '修改管理员密码'],
  ['DescribeRegions', [], 'DescribeRegions', 'DescribeRegions'],
])('%s that changed %j is called %j and %j', (eventName, fields, en, zh) => {
  const told = { ...event, eventName, changes: fields.map((field) => ({ resource, field, before: 'a', after: 'b' })) }
  expect([titleOf(told, 'en'), titleOf(told, 'zh')]).toEqual([en, zh])
})
