import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuthorise } from '../../packages/server/src/access/authorise.ts'
import { createCompiledPolicies } from '../../packages/server/src/access/compiled-policies.ts'
import { createCredentialSource } from '../../packages/server/src/access/credentials.ts'
import { createDeny } from '../../packages/server/src/access/denial.ts'
import { createIds } from '../../packages/server/src/apis/ids.ts'
import { apis } from '../../packages/server/src/apis/registry.ts'
import { type Harness, openHarnessOn } from '../../packages/server/src/apis/testing/harness-on.suite.ts'
import { regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { api } from '../../packages/server/src/declare/index.ts'
import { dispatch } from '../../packages/server/src/rpc/dispatch.ts'
import { defaultLimits } from '../../packages/server/src/rpc/limits.ts'
import type { FrontDoorOptions } from '../../packages/server/src/rpc/options.ts'
import { type ClientKey, signV1, urlencoded } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { createAccount } from '../../packages/server/src/store/access/keys.ts'
import { createTrailKeeper } from '../../packages/server/src/store/audit/keeper.ts'
import { openSealKey } from '../../packages/server/src/store/audit/seal-key.ts'
import { mostOfASeal } from '../../packages/server/src/store/audit/seals.ts'
import { createOwnersOf } from '../../packages/server/src/store/resource-owners.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { ratioOf } from './ratio.ts'
import { quickStore } from './world.ts'

/** With the trail a call may take so many times as long as without. Neither waits for a disk here, or it would hide it. */
const bound = 1.5
/** Reads, so that the calls are as cheap as any: to seal what one leaves is a third of it on a quiet machine. */
const sealBound = 1.5
/** With what a call changed it may take so many times as long as with an entry that does not say it. */
const tracedBound = 1.45
/** Calls that are under way at once, as one measurement. */
const calls = 64

const sealer = createSealer(randomBytes(32))
let world: Harness
let key: ClientKey
let ccnId: string
let sagId: string

beforeAll(async () => {
  world = await openHarnessOn(quickStore)
  const account = await world.store.write((tx) =>
    createAccount(tx, sealer, { name: 'caller', now: 0, random: randomBytes }),
  )
  key = { accessKeyId: account.accessKeyId, secret: account.accessKeySecret.reveal() }
  const created = await call(world.store, { Action: 'CreateCloudConnectNetwork', RegionId: regionId, Name: 'network' })
  ccnId = String(created['CcnId'])
  sagId = await world.addInstance({ accountId: account.accountId, periodMonths: 600 })
})
afterAll(() => world?.close())

function optionsOf(store: Store, served = apis): FrontDoorOptions {
  const unused = {} as never
  return {
    store,
    apis: served,
    authorise: createAuthorise(createCompiledPolicies(store), createDeny(sealer)),
    ownersOf: createOwnersOf(store),
    credentials: createCredentialSource(store, sealer),
    noteUse: () => {},
    flow: { admitSource: () => {}, admitUser: () => {}, admitAlertTest: () => {} },
    wallClock: Date.now,
    isFenced: () => false,
    refusesWrites: () => false,
    noteFailure: () => {},
    businessClock: Date.now,
    shop: true,
    ids: createIds(randomBytes),
    adminPasswords: unused,
    gateways: unused,
    mailer: unused,
    sendAlert: unused,
    tellGateways: () => {},
    sealer,
    logger: pino({ level: 'silent' }),
    endpoint: 'sag.example:7240',
  }
}

function signed(params: Readonly<Record<string, string>>) {
  const target = `/?${urlencoded(signV1(key, params, { now: Date.now() }))}`
  const request = { method: 'POST', target, headers: { host: 'sag.example:7240' }, distinct: () => ({}) }
  return { ...request, body: Buffer.alloc(0), secure: true, source: '192.0.2.1' }
}

async function call(store: Store, params: Readonly<Record<string, string>>) {
  const { status, payload } = await dispatch(signed(params), optionsOf(store), defaultLimits)
  if (status !== 200) throw new Error(payload)
  return JSON.parse(payload) as Readonly<Record<string, unknown>>
}

/** Operations that count as reads: nothing is compared before and after, and an entry says less. */
const untraced: typeof apis = new Map(
  [...apis].map(([version, { product, operations }]) => {
    const asReads = [...operations.values()].map((one) => ({
      ...one,
      access: { ...one.access, level: 'Read' as const },
    }))
    return [version, api(product, version, asReads)]
  }),
)

/** The same store, which keeps no trail. */
function withoutTrail(store: Store): Store {
  return { ...store, record: async () => {}, writeAudited: (work) => store.write(work) }
}

type ParamsOf = (n: number) => Readonly<Record<string, string>>

/** How many times as long the calls take with the dear options. */
async function ratioWith(cheap: FrontDoorOptions, dear: FrontDoorOptions, paramsOf: ParamsOf, most: number) {
  let requests: ReturnType<typeof signed>[] = []
  const probe = (options: FrontDoorOptions) => {
    return {
      before: async (turn: number) => {
        requests = Array.from({ length: calls }, () => signed(paramsOf(turn)))
      },
      timed: async () => {
        const answers = await Promise.all(requests.map((request) => dispatch(request, options, defaultLimits)))
        for (const { status } of answers) expect(status).toBe(200)
      },
    }
  }
  return ratioOf(probe(cheap), probe(dear), most, { rounds: 15, calls: 6 })
}

const rename: ParamsOf = (n) => ({
  Action: 'ModifyCloudConnectNetwork',
  RegionId: regionId,
  CcnId: ccnId,
  Name: `n${n}`,
})

test.each([
  ['a read', () => ({ Action: 'DescribeRegions' })],
  ['a write', rename],
] as const)('the audit trail costs little of %s', async (what, paramsOf) => {
  const without = optionsOf(withoutTrail(world.store), untraced)
  const ratio = await ratioWith(without, optionsOf(world.store, untraced), paramsOf, bound)
  console.info(`${ratio.toFixed(2)} of ${what} without the trail`)
  expect(ratio).toBeLessThan(bound)
})

test('sealing the trail costs little of the calls it is about', async () => {
  const sealKey = await openSealKey(world.store, sealer, randomBytes)
  const options = optionsOf(world.store)
  const keeper = createTrailKeeper({
    store: world.store,
    sealKey,
    days: 180,
    mostBytes: Number.MAX_SAFE_INTEGER,
    wallClock: Date.now,
    logger: options.logger,
  })
  let requests: ReturnType<typeof signed>[] = []
  const probe = (after: () => Promise<void>) => ({
    before: async () => {
      await keeper.sealAll(100)
      // A quarter of what one seal of a busy server is about: its commit is dearer here than there.
      requests = Array.from({ length: mostOfASeal / 4 }, () => signed({ Action: 'DescribeRegions' }))
    },
    timed: async () => {
      await Promise.all(requests.map((request) => dispatch(request, options, defaultLimits)))
      await after()
    },
  })
  const sealed = probe(() => keeper.sealAll(1))
  const ratio = await ratioOf(
    probe(async () => {}),
    sealed,
    sealBound,
    { rounds: 10, calls: 1 },
  )
  console.info(`${ratio.toFixed(3)} of calls that are not sealed`)
  expect(ratio).toBeLessThan(sealBound)
})

test.each([
  ['renames a network', rename],
  [
    'renames an instance',
    (n: number) => ({ Action: 'ModifySmartAccessGateway', RegionId: regionId, SmartAGId: sagId, Name: `n${n}` }),
  ],
  ['changes nothing', () => ({ Action: 'UnlockSmartAccessGateway', SmartAGId: sagId })],
] as const)('what a call that %s changed is cheap to record', async (what, paramsOf) => {
  const ratio = await ratioWith(optionsOf(world.store, untraced), optionsOf(world.store), paramsOf, tracedBound)
  console.info(`${ratio.toFixed(2)} of an entry without what changed, for a call that ${what}`)
  expect(ratio).toBeLessThan(tracedBound)
})
