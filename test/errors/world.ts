import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SimulatedFleet, startSimulatedFleet } from '@opensag/agent'
import { type RunningServer, type Simulation, startServer } from '@opensag/server'
import { operatorPath } from '@opensag/server/tools'
import { pino } from 'pino'
import { storeOf } from '../../packages/server/src/store/testing/database.suite.ts'
import { purchase } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

export const region = 'cn-shanghai'

export interface Key {
  readonly accountId: string
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

export type Params = Readonly<Record<string, string>>
export type Body = Readonly<Record<string, unknown>>

/** What the official client makes of an error answer. */
export interface Refused {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** An empty system: a server, its operator, an account, and gateways that do whatever a real one does. */
export interface World {
  readonly owner: Key
  readonly data: string
  /** A call by the official client; XML is asked for and understood by it too. */
  call(action: string, params: Params, how?: How): Promise<Body>
  refused(action: string, params: Params, how?: How): Promise<Refused>
  operator<T = Body>(name: string, input: object): Promise<T>
  close(): Promise<void>
}

export interface How {
  readonly format?: 'JSON' | 'XML'
  readonly as?: Key
}

const require = createRequire(import.meta.url)
const { default: Client, $OpenApiUtil } = require('@alicloud/openapi-core') as {
  default: new (
    config: object,
  ) => { callApi(params: object, request: object, runtime: object): Promise<{ body: Body }> }
  $OpenApiUtil: Record<'Config' | 'OpenApiRequest' | 'Params', new (values: object) => object>
}

export async function openWorld(folder?: string): Promise<World> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'opensag-errors-')))
  const logger = pino({ level: 'silent' })
  let fleet: SimulatedFleet | undefined
  const there = (): SimulatedFleet => {
    if (fleet === undefined) throw new Error('The fleet is not up yet.')
    return fleet
  }
  const simulation: Simulation = {
    has: (serial) => there().has(serial),
    add: (gateway) => there().add(gateway),
    power: (serial, on) => there().power(serial, on),
    edit: (serial, settings) => there().edit(serial, settings),
    setVersion: (serial, version) => there().setVersion(serial, version),
    setAnswers: (serial, address, answers) => there().setAnswers(serial, address, answers),
    rendered: (serial) => there().rendered(serial),
  }
  const server: RunningServer = await startServer({
    data,
    ...storeOf(data),
    host: '127.0.0.1',
    port: 0,
    regionId: region,
    heartbeatMs: 15_000,
    answerMs: limit(8000),
    logger,
    shop: true,
    simulation,
    // A disk that is full between two looks at it: the refusal before that is tried elsewhere.
    diskFloor: 0,
  })
  const first = server.firstCredentials
  if (first === undefined) throw new Error('The system is not empty.')
  const owner = { ...first, accessKeySecret: first.accessKeySecret.reveal() }
  fleet = await startSimulatedFleet({
    serverUrl: `${server.url.replace('http', 'ws')}/channel`,
    consoles: false,
    logger,
  })

  function operator<T>(name: string, input: object): Promise<T> {
    return new Promise((resolve, reject) => {
      const call = request(
        {
          socketPath: join(data, 'operator.sock'),
          method: 'POST',
          path: operatorPath(name),
          headers: { 'content-type': 'application/json' },
        },
        (answer) => {
          let text = ''
          answer.on('data', (chunk) => {
            text += chunk
          })
          answer.once('end', () =>
            answer.statusCode === 200 ? resolve(JSON.parse(text) as T) : reject(new Error(`${name}: ${text}`)),
          )
        },
      )
      call.once('error', reject)
      call.end(JSON.stringify(input))
    })
  }

  async function call(action: string, params: Params, { format = 'JSON', as = owner }: How = {}): Promise<Body> {
    const config = { ...as, endpoint: new URL(server.url).host, protocol: 'http' }
    const client = new Client(new $OpenApiUtil.Config(config))
    const api = { action, version: '2018-03-13', protocol: 'http', pathname: '/', method: 'POST' }
    const shape = { ...api, authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json' }
    const query = format === 'XML' ? { Format: 'XML' } : {}
    const answer = await client.callApi(
      new $OpenApiUtil.Params(shape),
      new $OpenApiUtil.OpenApiRequest({ query, body: params }),
      { readTimeout: limit(60_000) },
    )
    return answer.body
  }

  return {
    owner,
    data,
    call,
    operator,
    async refused(action, params, how) {
      try {
        await call(action, params, how)
      } catch (error) {
        const { statusCode, code, message } = error as { statusCode?: number; code?: string; message: string }
        if (statusCode === undefined || code === undefined) throw error
        // The client puts code and status before the text and the request id behind it.
        const text = /^(?:[^:]+: )?(?:code: \d+, )?(.*?)(?: request id: .*)?$/s.exec(message)?.[1] ?? message
        return { status: statusCode, code, message: text }
      }
      throw new Error(`${action} was not refused.`)
    },
    async close() {
      await fleet?.close()
      await server.close()
      if (folder === undefined) await rm(data, { recursive: true, force: true })
    },
  }
}

export interface Gateway {
  readonly serial: string
  readonly model?: string
  readonly version?: string
}

/** Puts a gateway into the inventory; it is built, enrols and comes online. */
export async function addGateway(world: World, gateway: Gateway): Promise<void> {
  const { serial, model = 'sag-1000', version = '2.3.1.1' } = gateway
  await world.operator('device add', { serial, model, version })
  await online(world, serial, true)
}

export async function online(world: World, serial: string, wanted: boolean): Promise<void> {
  await until(`${serial} is ${wanted ? 'online' : 'offline'}`, async () => {
    const devices = await world.operator<readonly { serial: string; online: boolean }[]>('device list', {})
    return devices.find((device) => device.serial === serial)?.online === wanted || undefined
  })
}

/** Somebody changes something at the gateway's own console, and the server has heard of it. */
export async function editLocally(world: World, serial: string): Promise<void> {
  await world.operator('device edit', { serial, set: ['hostname=changed-here'] })
  await until(`${serial} is changed`, async () => {
    const devices = await world.operator<readonly { serial: string; synStatus: string }[]>('device list', {})
    return devices.find((device) => device.serial === serial)?.synStatus === 'Unsynchronized' || undefined
  })
}

export async function powerOff(world: World, serial: string): Promise<void> {
  await world.operator('device power', { serial, state: 'off' })
  await online(world, serial, false)
}

export async function buy(world: World, more: Params = {}, how?: How): Promise<string> {
  const answer = await world.call('CreateSmartAccessGateway', { RegionId: region, ...purchase, ...more }, how)
  return String(answer['SmartAGId'])
}

/** A purchased instance, activated, with these gateways bound. */
export async function branch(
  world: World,
  gateways: readonly Gateway[] = [],
  more: Params = {},
  how?: How,
): Promise<string> {
  const id = await buy(world, more, how)
  for (const gateway of gateways) {
    await addGateway(world, gateway)
    await world.call('BindSerialNumber', { RegionId: region, SmartAGId: id, SerialNumber: gateway.serial }, how)
  }
  await world.call('ActivateSmartAccessGateway', { RegionId: region, SmartAGId: id }, how)
  return id
}

export async function app(world: World, more: Params = {}): Promise<string> {
  const order = { RegionId: region, UserCount: '5', DataPlan: '5', Period: '1', ChargeType: 'PREPAY', AutoPay: 'true' }
  const answer = await world.call('CreateSmartAccessGatewaySoftware', { ...order, ...more })
  return String(answer['SmartAGId'])
}

export async function network(world: World, more: Params = {}): Promise<string> {
  const answer = await world.call('CreateCloudConnectNetwork', { RegionId: region, Name: 'network', ...more })
  return String(answer['CcnId'])
}

export async function joinNetwork(world: World, instance: string, ccn: string): Promise<void> {
  await world.call('BindSmartAccessGateway', { RegionId: region, SmartAGId: instance, CcnId: ccn })
}

/** Moves the business clock. */
export async function pass(world: World, days: number): Promise<void> {
  await world.operator('clock advance', { days })
}
