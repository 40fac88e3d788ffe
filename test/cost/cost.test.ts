import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { describeSmartAccessGatewayClientUsers } from '../../packages/server/src/apis/smartag/client-users/describe-smart-access-gateway-client-users.ts'
import { describeGrantSagRules } from '../../packages/server/src/apis/smartag/grants/describe-grant-sag-rules.ts'
import { describeSmartAccessGateways } from '../../packages/server/src/apis/smartag/instances/describe-smart-access-gateways.ts'
import { describeSnatEntries } from '../../packages/server/src/apis/smartag/nat/describe-snat-entries.ts'
import { regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { hotCalls } from './calls.ts'
import { ratioOf } from './ratio.ts'
import { crowdedApp, crowdedBranch, large, openWorld, small, snatOfCrowd, usersOfCrowd, type World } from './world.ts'

// It takes tens of milliseconds of a processor wherever it is asked for, and would hide what is measured here.
vi.mock('../../packages/server/src/access/client-passwords.ts', () => ({ hashClientPassword: async () => 'the hash' }))

const bound = 1.5

let cheap: World
let dear: World

beforeAll(async () => {
  cheap = await openWorld(small)
  dear = await openWorld(large)
})
afterAll(async () => {
  await cheap?.close()
  await dear?.close()
})

test('the worlds have the sizes they are meant to have', async () => {
  const counts = (world: World): Promise<readonly number[]> =>
    world.store.read(async (db) => {
      const found: number[] = []
      for (const table of ['instance', 'ccn', 'client_user'] as const) {
        const { total } = await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('total'))
          .executeTakeFirstOrThrow()
        found.push(Number(total))
      }
      return found
    })
  expect(await counts(cheap)).toEqual([20 + 2, 2, 100 + usersOfCrowd])
  expect(await counts(dear)).toEqual([20_000 + 2, 2000, 100_000 + usersOfCrowd])
})

describe('a call costs the same in a fleet a thousand times as large:', () => {
  const names = [
    'ModifySmartAccessGateway with a name',
    'ModifySmartAccessGateway with a block in a CCN',
    'BindSmartAccessGateway',
    'UnbindSmartAccessGateway',
    'CreateSmartAccessGatewayClientUser without the hash',
    'DescribeSmartAccessGatewayAttribute',
    'ModifySAGAdminPassword',
    'a logon that is given a free address',
  ] as const
  test.each(names)('%s', async (name) => {
    const [inSmall, inLarge] = [hotCalls(cheap)[name], hotCalls(dear)[name]]
    if (inSmall === undefined || inLarge === undefined) throw new Error(`There is no call “${name}”.`)
    const ratio = await ratioOf(inSmall, inLarge, bound, { rounds: 21, calls: 8 })
    report(name, ratio)
    expect(ratio).toBeLessThan(bound)
  })
})

describe('the last page costs what the first one costs:', () => {
  const lists = [
    {
      name: 'DescribeSmartAccessGateways of an account at its quota',
      operation: describeSmartAccessGateways,
      params: { RegionId: regionId },
      total: large.instancesPerAccount,
      size: 10,
    },
    {
      name: 'DescribeSmartAccessGatewayClientUsers',
      operation: describeSmartAccessGatewayClientUsers,
      params: { RegionId: 'cn-hangzhou', SmartAGId: crowdedApp },
      total: usersOfCrowd,
      size: 10,
    },
    {
      name: 'DescribeSnatEntries',
      operation: describeSnatEntries,
      params: { RegionId: 'cn-hangzhou', SmartAGId: crowdedBranch },
      total: snatOfCrowd,
      size: 5,
    },
    {
      name: 'DescribeGrantSagRules',
      operation: describeGrantSagRules,
      params: { RegionId: 'cn-hangzhou', SmartAGId: crowdedBranch },
      total: large.ccnsPerAccount,
      size: 10,
    },
  ]
  test.each(lists)('$name', async ({ name, operation, params, total, size }) => {
    const page = (number: number) => ({ ...params, PageNumber: String(number), PageSize: String(size) })
    const [first, last] = [page(1), page(total / size)]
    for (const given of [first, last]) {
      const answer = await dear.call(operation, given)
      expect(answer).toMatchObject({ TotalCount: total })
      expect(Object.values(answer).flatMap(rows)).toHaveLength(size)
    }
    const ratio = await ratioOf(
      { timed: () => dear.call(operation, first) },
      { timed: () => dear.call(operation, last) },
      bound,
      { rounds: 21, calls: 12 },
    )
    report(name, ratio)
    expect(ratio).toBeLessThan(bound)
  })
})

function rows(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(rows) : []
}

function report(name: string, ratio: number): void {
  console.info(`${ratio.toFixed(2)} ${name}`)
}
