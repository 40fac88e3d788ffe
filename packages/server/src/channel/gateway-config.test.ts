import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { addAcl, addAclRule, associateAcl } from '../apis/testing/acl.suite.ts'
import { openHarness } from '../apis/testing/harness.suite.ts'
import { addCar, addQos, associate } from '../apis/testing/qos.suite.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { addPop } from '../store/pops/pops.ts'
import { GatewayConfig } from './gateway-config.ts'
import type { ServerLink } from './handshake.ts'
import { createTestWorld, serial, type TestWorld } from './testing/channel-world.suite.ts'

let all: TestWorld
beforeEach(async () => {
  all = await createTestWorld()
  await all.change(async (tx) => {
    await createFleet(tx).editDevice(serial, { model: 'pop' })
    await addPop(tx, { serial, endpoint: '203.0.113.1', at: 0 })
  })
})
afterEach(() => all.close())

/** Each look at the store takes that long. */
function configOf(readMs: number, of = serial, carriesPackets = true) {
  const { world, store, time } = all
  let reads = 0
  const slow = {
    ...store,
    async read<T>(work: Parameters<typeof store.read<T>>[0]): Promise<T> {
      reads++
      const found = await store.read(work)
      time.advance(readMs)
      return found
    },
  }
  return {
    config: new GatewayConfig(
      {} as ServerLink,
      { ...world, store: slow },
      { serial: of, capabilities: [...(carriesPackets ? ['network'] : []), 'qos', 'acl'] },
    ),
    reads: () => reads,
  }
}

test('a point of presence is looked at again only when ten times what that took has passed', async () => {
  const { config, reads } = configOf(100)
  expect(await config.read()).toMatchObject({ instanceId: serial, revision: 1 })
  const before = reads()
  // All but the first, which is for the configuration of a gateway, were for the pop.
  const tookMs = 100 * (before - 1)
  let isOver = false
  const next = config.read().finally(() => {
    isOver = true
  })
  await until('it rests', () => reads() === before + 1 && all.time.pending() === 1)
  // The look for a gateway has taken some of its rest.
  all.time.advance(10 * tookMs - 100 - 1)
  await new Promise((resolve) => setImmediate(resolve))
  expect({ isOver, reads: reads() }).toEqual({ isOver: false, reads: before + 1 })
  all.time.advance(1)
  expect(await next).toMatchObject({ revision: 1 })
})

test('one that takes no time waits for nothing', async () => {
  const { config } = configOf(0)
  expect(await config.read()).toMatchObject({ revision: 1 })
  expect(await config.read()).toMatchObject({ revision: 1 })
})

test('a gateway that is bound to no instance costs two small reads', async () => {
  const { config, reads } = configOf(0, 'sag00007')
  expect(await config.read()).toBe(undefined)
  expect(reads()).toBe(2)
})

test('of two gateways of a branch only one that carries packets is told of the other', async () => {
  const harness = await openHarness()
  try {
    const pop = await harness.addDevice(undefined, { serial: 'pop1', model: 'pop' })
    await harness.store.write((tx) => addPop(tx, { serial: pop, endpoint: '203.0.113.1', at: 0 }))
    const instance = await harness.addInstance()
    const [main] = [await harness.addDevice(instance), await harness.addDevice(instance)]
    const read = (carriesPackets: boolean) =>
      new GatewayConfig(
        {} as ServerLink,
        { ...all.world, store: harness.store },
        { serial: main, capabilities: [...(carriesPackets ? ['network'] : []), 'qos', 'acl'] },
      ).read()
    expect((await read(true))?.config.pair).toMatchObject({ role: 'main' })
    const { pair: _, ...without } = (await read(true))?.config ?? {}
    expect((await read(false))?.config).toEqual(without)
  } finally {
    await harness.close()
  }
})

test('only a gateway that takes it is told of its QoS and its access control list: they may be longer than a frame', async () => {
  const harness = await openHarness()
  try {
    const instance = await harness.addInstance()
    const gateway = await harness.addDevice(instance)
    const qos = await addQos(harness)
    await addCar(harness, qos)
    await associate(harness, instance, qos)
    const acl = await addAcl(harness)
    await addAclRule(harness, acl)
    await associateAcl(harness, instance, acl)
    const read = (takesQos: boolean, takesAcl: boolean) => {
      const world = { ...all.world, store: harness.store }
      const told = { serial: gateway, capabilities: [...(takesQos ? ['qos'] : []), ...(takesAcl ? ['acl'] : [])] }
      return new GatewayConfig({} as ServerLink, world, told).read()
    }
    const { qos: limits, acl: list, ...without } = (await read(true, true))?.config ?? {}
    expect(limits).toEqual({ classes: [{ priority: 1, unit: 'mbit', min: 2, max: 6 }], rules: [] })
    expect(list).toMatchObject([{ policy: 'drop', direction: 'out', side: 'network' }])
    expect((await read(false, true))?.config).toEqual({ ...without, acl: list })
    expect((await read(true, false))?.config).toEqual({ ...without, qos: limits })
  } finally {
    await harness.close()
  }
})
