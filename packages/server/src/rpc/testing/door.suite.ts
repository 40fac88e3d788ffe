import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { Secret } from '@opensag/protocol'
import fastify, { type FastifyInstance } from 'fastify'
import pino from 'pino'
import type { Credential, CredentialSource } from '../../access/credential-source.ts'
import { unbound } from '../../access/rights.ts'
import { secretKeys } from '../../access/signing-keys.ts'
import type { Operation } from '../../apis/operation.ts'
import { api } from '../../declare/api.ts'
import type { RawParams } from '../../declare/params.ts'
import { registerFrontDoor } from '../front-door.ts'
import type { Limits } from '../limits.ts'
import type { FrontDoorOptions } from '../options.ts'
import { fastifySettings, nodeSettings } from '../server-settings.ts'
import { type MemoryStore, memoryStore } from './memory-store.suite.ts'
import type { ClientKey } from './signing-client.suite.ts'

export const now = Date.UTC(2026, 10, 22, 8, 0, 0)
export const key: ClientKey = { accessKeyId: 'LTAI5tFrontDoorTests0001', secret: 'front-door-secret' }
export const sessionKey: ClientKey = {
  accessKeyId: 'STS.FrontDoorTests',
  secret: 'session-secret',
  securityToken: 'CAIS/token+with==|~ odd&text',
}

export function credentialOf(client: ClientKey, more: Partial<Credential> = {}): Credential {
  const { accessKeyId, secret, securityToken } = client
  return {
    accessKeyId,
    keys: secretKeys(Secret.of(secret)),
    status: 'Active',
    ...(securityToken === undefined ? {} : { isToken: (text: string) => text === securityToken }),
    caller: { kind: 'Account', accountId: '1234567890123456', accessKeyId },
    rights: unbound,
    ...more,
  }
}

export function sourceOf(...credentials: readonly Credential[]): CredentialSource {
  const byId = new Map(credentials.map((credential) => [credential.accessKeyId, credential]))
  return { byAccessKeyId: async (id) => byId.get(id), byBearerToken: async () => undefined }
}

export interface Echo extends Operation {
  /** The parameters of every request that reached it. */
  readonly seen: RawParams[]
}

/** An operation that accepts everything and remembers it. */
export function echo(name: string): Echo {
  const seen: RawParams[] = []
  return {
    name,
    seen,
    family: 'test',
    about: { en: 'Echo.', zh: '回显。' },
    source: 'test',
    access: { action: `smartag:${name}`, level: 'Read', resource: '*', dependent: [] },
    transaction: 'read',
    params: {},
    errors: {},
    result: {},
    parse: (raw) => {
      seen.push(raw)
      return { values: {}, violations: [] }
    },
    run: async () => ({}),
    refusal: (code) => {
      throw new Error(`undeclared ${code}`)
    },
  }
}

/** SmartAG with these operations and nothing else. */
export function apisOf(...operations: readonly Operation[]): FrontDoorOptions['apis'] {
  return new Map([['2018-03-13', api('Smartag', '2018-03-13', operations)]])
}

export interface TestOptions extends FrontDoorOptions {
  readonly store: MemoryStore
  /** Everything that was logged, one JSON text a line. */
  readonly logged: string[]
}

const notUsed = (): never => {
  throw new Error('not used by this test')
}

export function doorOptions(more: Partial<FrontDoorOptions> = {}): TestOptions {
  const logged: string[] = []
  const into = new Writable({
    write(line, _encoding, done) {
      logged.push(String(line))
      done()
    },
  })
  return {
    apis: apisOf(echo('DescribeRegions')),
    credentials: sourceOf(credentialOf(key), credentialOf(sessionKey)),
    authorise: () => undefined,
    ownersOf: async () => new Map(),
    noteUse: () => {},
    flow: { admitSource: () => {}, admitUser: () => {}, admitAlertTest: () => {} },
    wallClock: () => now,
    isFenced: () => false,
    refusesWrites: () => false,
    noteFailure: () => {},
    businessClock: () => now,
    shop: true,
    ids: {
      bytes: notUsed,
      instance: notUsed,
      order: notUsed,
      withPrefix: notUsed,
      uuid: notUsed,
      vcpeSerial: notUsed,
      secretKey: notUsed,
      userPassword: notUsed,
      enterpriseCode: notUsed,
      sessionCredentials: notUsed,
      principal: notUsed,
      accessKeyPair: notUsed,
      mfaSeed: notUsed,
    },
    adminPasswords: { change: notUsed },
    gateways: { reboot: notUsed, upgrade: notUsed, synchronise: notUsed, ask: notUsed, tool: notUsed },
    mailer: { send: notUsed },
    sendAlert: notUsed,
    tellGateways: () => {},
    sealer: {} as never,
    logger: pino({ level: 'trace' }, into),
    endpoint: 'smartag.example:7240',
    isOwnName: (name) => name === 'sag.example',
    ...more,
    store: memoryStore(),
    logged,
  }
}

export interface Door {
  readonly app: FastifyInstance
  readonly port: number
  readonly options: TestOptions
  close(): Promise<void>
}

export async function openDoor(options: TestOptions = doorOptions(), limits: Partial<Limits> = {}): Promise<Door> {
  const settings = { limits, endpoint: options.endpoint, isOwnName: options.isOwnName }
  const app = fastify({ ...fastifySettings(settings), http: nodeSettings(settings) })
  await registerFrontDoor(app, { ...options, limits })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return { app, port, options, close: () => app.close() }
}
