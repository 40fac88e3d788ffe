import { startSimulatedFleet } from '@opensag/agent'
import { capabilities, type ToolRequest } from '@opensag/protocol'
import { networksIn } from '@opensag/rules'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTellGateways } from '../../packages/server/src/channel/desired-config.ts'
import { createGatewayCommands } from '../../packages/server/src/channel/gateway-commands.ts'
import type { ToolOutcome } from '../../packages/server/src/model/gateway-requests.ts'
import { createRepositories, writeUnit } from '../../packages/server/src/store/repositories.ts'
import { until } from '../support/time.ts'
import { startRawGateway } from './raw-gateway.ts'
import { createSite, enrolmentKey, type Site, startServer, type TestServer } from './site.ts'

const serial = 'sag00001'
const id = 'sag-one'
const logger = pino({ level: 'silent' })

let site: Site
let server: TestServer
let fleet: Awaited<ReturnType<typeof startSimulatedFleet>>

beforeAll(async () => {
  site = await createSite()
  server = await startServer(site)
  await server.add(serial)
  await server.store.write(async (tx) => {
    await tx.insertInto('account').values({ id: '1', name: 'one', created_at: 0 }).execute()
  })
  const unit = { store: server.store, tellGateways: createTellGateways({ bus: server.bus, logger }) }
  await writeUnit(unit, async ({ fleet, addresses }) => {
    const owned = { accountId: '1', regionId: 'cn-shanghai', createdAt: 0 }
    const order = { orderId: 'order-1', alreadyHaveSag: true, periodMonths: 1 }
    const kind = { kind: 'hardware', spec: 'sag-1000', haType: 'no_backup', maxBandwidth: 50 } as const
    await fleet.addInstance({ id, ...owned, ...order, ...kind })
    await fleet.bind(serial, id, 'active', 0)
    await addresses.replaceCidrs(id, undefined, networksIn('10.0.1.0/24'))
    await addresses.refreshConfig(id)
  })
  const gateway = { serial, model: 'sag-1000', version: '2.0.0.0', enrolmentKey }
  fleet = await startSimulatedFleet({ serverUrl: server.url, gateways: [gateway], consoles: false, logger })
  site.later(() => fleet.close())
  await fleet.allOnline()
  await until('it holds its configuration', async () => {
    const device = await server.store.read((db) => createRepositories(db).fleet.device(serial))
    return device?.appliedRevision !== undefined
  })
})
afterAll(() => site?.close())

function ask(request: ToolRequest, of = serial): Promise<ToolOutcome> {
  const { tool } = createGatewayCommands({ bus: server.bus, random: (bytes) => Buffer.alloc(bytes) })
  return tool({ serial: of, began: performance.now() }, request)
}

test('a simulated gateway answers as its simulated network does, and says that no packet was sent', async () => {
  const ping = { tool: 'ping', target: '203.0.113.7', from: 'lan', count: 3 } as const
  const answered = await ask(ping)
  expect(answered).toMatchObject({ is: 'done', isSimulated: true, result: { lines: [], times: [{}, {}, {}] } })
  await fleet.setAnswers(serial, '203.0.113.7', false)
  expect(await ask(ping)).toMatchObject({ is: 'done', result: { times: [null, null, null] } })
})

test('it shows its routes and its log, and makes up neither terminals nor routers nor packets', async () => {
  expect(await ask({ tool: 'routes' })).toMatchObject({
    ...{ is: 'done', isSimulated: true },
    result: { routes: [{ table: 'branch', to: '10.0.1.0/24', port: '4', source: 'static' }] },
  })
  expect(await ask({ tool: 'log' })).toMatchObject({ is: 'done', result: { tool: 'log' } })
  for (const request of [
    { tool: 'leases' },
    { tool: 'counters' },
    { tool: 'traceroute', target: '10.0.2.1', from: 'wan' },
  ] as const) {
    expect(await ask(request)).toEqual({ is: 'undone', why: 'simulated' })
  }
})

test('a gateway of an older program is not sent the message, and stays connected', async () => {
  await server.add('sag00002')
  const older = capabilities.filter((name) => name !== 'tools')
  const gateway = await startRawGateway(server.url, { serial: 'sag00002', enrolmentKey, capabilities: older })
  expect(await ask({ tool: 'log' }, 'sag00002')).toBe('too old')
  expect(gateway.received.filter(({ kind }) => kind === 'tool')).toEqual([])
  expect(gateway.isClosed()).toBe(false)
  expect(await ask({ tool: 'log' }, 'sag00003')).toBe('offline')
})
