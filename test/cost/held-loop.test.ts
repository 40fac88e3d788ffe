import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allOperations } from '../../packages/server/src/apis/registry.ts'
import { accountId, regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { detailsText } from '../../packages/server/src/store/audit/details.ts'
import { ccnId, crowdedApp, crowdedBranch, instanceId, openWorld, type Size, serialOf, type World } from './world.ts'

/** How many instances the large account has; `OPENSAG_HELD_INSTANCES=100000` also holds the times to 50 ms. */
const instances = Number(process.env['OPENSAG_HELD_INSTANCES'] ?? 10_000)
const few = 1000
const mostMs = 50
/** Each call is made so often, and the best counts. */
const times = 4

const sized = (count: number): Size => ({
  accounts: 1,
  instancesPerAccount: count,
  ccnsPerAccount: 20,
  members: count / 2,
})

type Params = Readonly<Record<string, string>>

/** Ways of asking for lists that look through more than a page, or might. */
const hard: Readonly<Record<string, readonly Params[]>> = {
  DescribeSmartAccessGateways: [
    {},
    { PageNumber: '20', PageSize: '50' },
    { Status: 'Active' },
    { Status: 'Returning' },
    { BusinessState: 'Normal', PageSize: '50' },
    { SoftwareVersion: '2.3.1.1' },
    { SoftwareVersion: '9.9.9.9', VersionComparator: 'greater' },
    { Name: 'branch-1' },
    { Name: 'no-such' },
    { InstanceType: 'software' },
    { HardwareType: 'sag-100wm' },
    { AssociatedCcnId: ccnId },
    { AssociatedCcnName: 'network-0', Status: 'Offline' },
    { AssociatedCcnName: 'no-such' },
    { ResourceGroupId: 'rg-none' },
    { SerialNumber: serialOf(1) },
    { SmartAGId: instanceId(1), Status: 'Active' },
  ],
  DescribeBindableSmartAccessGateways: [{ CcnId: ccnId }, { CcnId: ccnId, CrossAccount: 'true' }],
  DescribeCloudConnectNetworks: [{}, { CcnId: ccnId }, { Name: 'network-0' }],
  ListFleet: [{}, { MaxResults: '5000' }, { Since: '0', MaxResults: '5000' }, { NextToken: instanceId(500) }],
  SearchAuditEvents: [{}, { Text: 'no-such' }, { Object: 'no-such' }, { 'Users.1': 'nobody' }],
  LookupEvents: [{}, { 'LookupAttribute.1.Key': 'ResourceName', 'LookupAttribute.1.Value': 'no-such' }],
  DescribeGrantSagRules: [{ RegionId: 'cn-hangzhou', SmartAGId: crowdedBranch }],
  DescribeSmartAccessGatewayClientUsers: [
    { RegionId: 'cn-hangzhou', SmartAGId: crowdedApp, PageNumber: '30', PageSize: '50' },
  ],
}

/** Required ones of the rest. */
const usual: Params = { SmartAGId: instanceId(0), SmartAGSn: serialOf(0), CcnId: ccnId, SmartAgId: instanceId(0) }

const lists = allOperations
  .filter(({ name, access }) => access.level !== 'Write' && /^(Describe|List|Lookup|Get|Search)/.test(name))
  .flatMap((operation) =>
    (hard[operation.name] ?? [usual]).map(
      (params) => [`${operation.name} ${JSON.stringify(params)}`, operation, params] as const,
    ),
  )

/** The longest time the loop was held during the call, in milliseconds of CPU: others on the machine do not count. */
async function heldBy(call: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let before = process.cpuUsage()
  let isOver = false
  function look(): void {
    const { user, system } = process.cpuUsage(before)
    longest = Math.max(longest, (user + system) / 1000)
    before = process.cpuUsage()
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  await call().catch(() => {})
  isOver = true
  await new Promise((resolve) => setImmediate(resolve))
  return longest
}

async function leastHeld(world: World, name: string, params: Params): Promise<number> {
  const operation = allOperations.find((one) => one.name === name)
  if (operation === undefined) throw new Error(`There is no operation ${name}.`)
  let least = Number.POSITIVE_INFINITY
  for (let time = 0; time < times; time++) {
    least = Math.min(least, await heldBy(() => world.call(operation, { RegionId: regionId, ...params })))
  }
  return least
}

const renamed = (index: number): Parameters<typeof detailsText>[0] => ({
  things: [{ resource: `smartag/${instanceId(index)}`, id: instanceId(index), name: `Branch ${index}` }],
  changes: [
    { resource: `smartag/${instanceId(index)}`, field: 'Name', before: `branch-${index}`, after: `Branch ${index}` },
  ],
  parameters: { SmartAGId: instanceId(index), Name: `Branch ${index}` },
})

/** Three calls for each instance stand in the trail. */
async function called({ store, size, now }: World): Promise<void> {
  const entries = Array.from({ length: 3 * size.instancesPerAccount }, (_, index) => ({
    ...{ at: now - index, accountId, principal: `acs:ram::${accountId}:user/alice`, principalId: 'alice' },
    ...{ accessKeyId: 'LTAI', source: '192.0.2.1', product: 'SmartAG', action: 'ModifySmartAccessGateway' },
    ...{
      level: 'Write' as const,
      regionId,
      outcome: undefined,
      requestId: `request-${index}`,
      details: detailsText(renamed(index)),
    },
    resources: [`acs:smartag:${regionId}:${accountId}:smartag/${instanceId(index % size.instancesPerAccount)}`],
  }))
  await Promise.all(entries.map((entry) => store.record(entry)))
}

let small: World
let large: World
beforeAll(async () => {
  small = await openWorld(sized(few))
  large = await openWorld(sized(instances))
})
afterAll(async () => {
  await small?.close()
  await large?.close()
})

test('every operation that lists is here', () => {
  expect(lists.length).toBeGreaterThan(60)
})

test.each(lists)('with many instances %s holds the loop no longer than with few', async (title, { name }, params) => {
  const withFew = await leastHeld(small, name, params)
  const withMany = await leastHeld(large, name, params)
  console.log(`${withFew.toFixed(1).padStart(8)} ms ${withMany.toFixed(1).padStart(8)} ms  ${title}`)
  if (process.env['OPENSAG_HELD_INSTANCES'] !== undefined) expect(withMany).toBeLessThan(mostMs)
  // What grows with the fleet is ten times as dear; a call of a few milliseconds says nothing.
  // A page that is longer than the few are has more to put into words.
  const longer = Math.max(1, Number(params['MaxResults'] ?? 0) / few)
  expect(withMany).toBeLessThan(Math.max(4 * Math.max(withFew, 12), 1.5 * longer * withFew))
})

describe('with a trail of very many calls', () => {
  beforeAll(() => called(large))

  test.each([
    ['SearchAuditEvents', { Text: 'no-such' }],
    ['LookupEvents', { 'LookupAttribute.1.Key': 'ResourceName', 'LookupAttribute.1.Value': 'no-such' }],
  ] as const)('%s looks through the trail in parts, between which everybody else has a turn', async (name, params) => {
    const before = process.cpuUsage()
    const longest = await leastHeld(large, name, params)
    const { user, system } = process.cpuUsage(before)
    expect(longest).toBeLessThan((user + system) / 1000 / times / 3)
  })
})
