import { startSimulatedFleet } from '@opensag/agent'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { parseCidrList } from '../../packages/rules/src/index.ts'
import { createTellGateways } from '../../packages/server/src/channel/desired-config.ts'
import { shownSynStatus } from '../../packages/server/src/model/desired-config.ts'
import { healthCheckDefaults } from '../../packages/server/src/model/health-check.ts'
import { saveCapabilities } from '../../packages/server/src/store/gateways/gateways.ts'
import { probeResultsOf } from '../../packages/server/src/store/probes/probe-tasks.ts'
import { createRepositories, type Repositories, writeUnit } from '../../packages/server/src/store/repositories.ts'
import { until } from '../support/time.ts'
import { createSite, enrolmentKey, online, startGateway, startServer, type TestServer } from './site.ts'

const serial = 'sag00001'
const id = 'sag-one'
const logger = pino({ level: 'silent' })
const [own, target] = [0x0a010001, 0x0a0a0001]
const address = '10.10.0.1'

function change(server: TestServer, work: (repositories: Repositories) => Promise<void>): Promise<void> {
  const tellGateways = createTellGateways({ bus: server.bus, logger })
  return writeUnit({ store: server.store, tellGateways }, work)
}

/** An instance with the block 10.1.0.0/24, the gateway and this health check. */
async function furnish(server: TestServer): Promise<void> {
  await server.add(serial)
  await server.store.write(async (tx) => {
    await tx.insertInto('account').values({ id: '1', name: 'one', created_at: 0 }).execute()
  })
  const owned = { accountId: '1', regionId: 'cn-shanghai', createdAt: 0 }
  const order = { orderId: 'order-1', alreadyHaveSag: true, periodMonths: 1 }
  const kind = { kind: 'hardware', spec: 'sag-1000', haType: 'no_backup', maxBandwidth: 50 } as const
  const cidrs = parseCidrList('10.1.0.0/24')
  if (typeof cidrs === 'string') throw new Error(cidrs)
  await change(server, async ({ fleet, addresses, healthChecks }) => {
    await fleet.addInstance({ id, ...owned, ...order, ...kind })
    await fleet.bind(serial, id, 'active', 0)
    await addresses.replaceCidrs(id, undefined, cidrs)
    const unset = { description: undefined, sourcePort: undefined, destinationPort: undefined }
    const ends = { name: 'check', source: own, destination: target }
    const often = { interval: 1_000, failures: 1 }
    await healthChecks.add({
      ...{ ...healthCheckDefaults, ...unset, ...ends, ...often },
      ...{ id: 'hc-one', instanceId: id, generation: 1, createdAt: 0 },
    })
  })
}

test('a simulated gateway tells how its health check stands, by whether the target answers, also after a restart', async () => {
  const site = await createSite()
  try {
    const server = await startServer(site)
    await furnish(server)
    const gateway = { serial, model: 'sag-1000', version: '2.0.0.0', enrolmentKey }
    const fleet = await startSimulatedFleet({ serverUrl: server.url, gateways: [gateway], consoles: false, logger })
    site.later(() => fleet.close())
    const status = () =>
      server.store.read(async (db) => (await createRepositories(db).healthChecks.report(serial))?.[0]?.status)
    await until('it answers', async () => (await status()) === 'success')
    await fleet.setAnswers(serial, address, false)
    await until('it is silent', async () => (await status()) === 'failed')
    await fleet.power(serial, false)
    await fleet.power(serial, true)
    await until('it begins anew', async () => (await status()) !== 'success')
    await fleet.setAnswers(serial, address, true)
    await until('it answers again', async () => (await status()) === 'success')
  } finally {
    await site.close()
  }
})

test('a simulated gateway tells what came of its probe task, and at once after a restart', async () => {
  const site = await createSite()
  try {
    const server = await startServer(site)
    await furnish(server)
    const gateway = { serial, model: 'sag-1000', version: '2.7.0.0', enrolmentKey }
    const fleet = await startSimulatedFleet({ serverUrl: server.url, gateways: [gateway], consoles: false, logger })
    site.later(() => fleet.close())
    const task = { id: 'probe-one', instanceId: id, serial, generation: 1, createdAt: 0, modifiedAt: 0 }
    const ping = { name: undefined, type: 'Intranet', protocol: 'ICMP', domain: address } as const
    const once = { port: undefined, source: undefined, packets: 1, isEnabled: true }
    await change(server, ({ probeTasks }) => probeTasks.add({ ...task, ...ping, ...once }))
    const results = () => server.store.read((db) => probeResultsOf(db, serial))
    await until('it has probed', async () => (await results()).length === 1)
    const [first] = await results()
    expect(first).toMatchObject({ id: 'probe-one', generation: 1, sent: 1, answered: 1 })
    await fleet.power(serial, false)
    await fleet.power(serial, true)
    const next = await until('it has probed anew', async () => {
      const [found] = await results()
      return found?.at !== first?.at && found
    })
    expect(next).toMatchObject({ sent: 1, answered: 1 })
  } finally {
    await site.close()
  }
})

test('a gateway whose program is older than health checks is shown as not synchronised', async () => {
  const site = await createSite()
  try {
    const server = await startServer(site)
    await furnish(server)
    const gateway = await startGateway(site, { url: server.url })
    await online(gateway)
    const shown = () =>
      server.store.read(async (db) => {
        const { fleet } = createRepositories(db)
        const [device, instance] = [await fleet.device(serial), await fleet.instanceById(id)]
        return device && instance && shownSynStatus(device, instance)
      })
    await until('it holds the check', () => gateway.desiredConfig.inForce()?.config.healthChecks?.length === 1)
    await until('it has said so', async () => (await shown()) === 'Synchronized')
    await server.store.write((tx) => saveCapabilities(tx, serial, ['config-trial', 'dnat', 'qos', 'flow-log']))
    expect(await shown()).toBe('Unsynchronized')
  } finally {
    await site.close()
  }
})
