import { startSimulatedFleet } from '@opensag/agent'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createTellGateways } from '../../packages/server/src/channel/desired-config.ts'
import { createGatewayCommands } from '../../packages/server/src/channel/gateway-commands.ts'
import { qualityOf } from '../../packages/server/src/store/probes/quality.ts'
import { createRepositories, type Repositories, writeUnit } from '../../packages/server/src/store/repositories.ts'
import { until } from '../support/time.ts'
import { createSite, enrolmentKey, startServer } from './site.ts'

const serial = 'sag00001'
const id = 'sag-one'
const logger = pino({ level: 'silent' })
const [answering, silent] = ['203.0.113.1', '203.0.113.2'] as const

test('a simulated gateway measures points of presence and diagnoses itself when it is asked to, and holds what it is told of advanced monitoring', async () => {
  const site = await createSite()
  try {
    const server = await startServer(site)
    const { bus, store } = server
    const tellGateways = createTellGateways({ bus, logger })
    const change = (work: (repositories: Repositories) => Promise<void>) => writeUnit({ store, tellGateways }, work)
    await server.add(serial)
    await store.write(async (tx) => {
      await tx.insertInto('account').values({ id: '1', name: 'one', created_at: 0 }).execute()
    })
    const owned = { accountId: '1', regionId: 'cn-shanghai', createdAt: 0 }
    const order = { orderId: 'order-1', alreadyHaveSag: true, periodMonths: 1 }
    const kind = { kind: 'hardware', spec: 'sag-1000', haType: 'no_backup', maxBandwidth: 50 } as const
    await change(async ({ fleet }) => {
      await fleet.addInstance({ id, ...owned, ...order, ...kind })
      await fleet.bind(serial, id, 'active', 0)
    })
    const gateway = { serial, model: 'sag-1000', version: '2.0.0.0', enrolmentKey }
    const fleet = await startSimulatedFleet({ serverUrl: server.url, gateways: [gateway], consoles: false, logger })
    site.later(() => fleet.close())
    await fleet.allOnline()
    await fleet.setAnswers(serial, silent, false)

    const { ask } = createGatewayCommands({ bus, random: (bytes) => Buffer.alloc(bytes) })
    const message = { kind: 'measure', addresses: [answering, silent] } as const
    expect(await ask({ serial, began: performance.now() }, message)).toBe('done')
    const measured = () => store.read(async (db) => (await qualityOf(db, [serial])).get(serial))
    expect(await until('it has measured them', measured)).toMatchObject([
      { address: answering, sent: 10, answered: 10, ms: expect.any(Number) },
      { address: silent, sent: 10, answered: 0 },
    ])

    const diagnosis = () => store.read((db) => createRepositories(db).diagnoses.of(serial))
    await store.write((tx) => createRepositories(tx).diagnoses.begin(serial, 'dia-one', 0))
    const diagnose = { kind: 'diagnose', id: 'dia-one', addresses: [answering, silent] } as const
    expect(await ask({ serial, began: performance.now() }, diagnose)).toBe('done')
    const { findings } = (await until('it has found', async () => (await diagnosis())?.told)).diagnosis
    expect(findings.map(({ check, outcome }) => [check, outcome])).toEqual([
      ['wanPort', 'ok'],
      ['lanPort', 'ok'],
      ['configuration', 'ok'],
      ['nameServer', 'notNeeded'],
      ['accessPoints', 'silent'],
    ])

    await change(async ({ fleet, addresses }) => {
      await fleet.configure(id, { advancedMonitor: true })
      await addresses.refreshConfig(id)
    })
    const instance = () => store.read((db) => createRepositories(db).fleet.instanceById(id))
    const wanted = await instance()
    expect(wanted?.configNeeds).toBe('monitor')
    await until('it holds that', async () => (await instance())?.devices[0]?.appliedRevision === wanted?.configRevision)
  } finally {
    await site.close()
  }
})
