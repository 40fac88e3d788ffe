// A server's remote-access endpoint over a real store, with the clocks in the test's hand.
import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { Secret } from '@opensag/protocol'
import fastify from 'fastify'
import type { Updateable } from 'kysely'
import { pino } from 'pino'
import { hashClientPassword } from '../../packages/server/src/access/client-passwords.ts'
import type { Failure } from '../../packages/server/src/access/failures.ts'
import type { Operation } from '../../packages/server/src/apis/operation.ts'
import { type Harness, openHarness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import { addCcn, ip } from '../../packages/server/src/apis/testing/networks.suite.ts'
import { addApp, addUser } from '../../packages/server/src/apis/testing/remote-users.suite.ts'
import type { TunnelUsers } from '../../packages/server/src/model/tunnel-users.ts'
import { createRemoteAccess } from '../../packages/server/src/remote-access/routes.ts'
import { createSealer, type Sealer } from '../../packages/server/src/sealing/sealing.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import type { InstanceTable } from '../../packages/server/src/store/fleet/tables.ts'
import { addPop } from '../../packages/server/src/store/pops/pops.ts'

export const password = 'teste111'
export const heartbeatMs = 15_000
export const silentMs = 3 * heartbeatMs

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, string>>
}

export interface Site {
  readonly world: Harness
  /** What points of presence ask. */
  readonly tunnelUsers: TunnelUsers
  readonly sealer: Sealer
  wallClock(): number
  /** A point of presence. Without others it serves the remote users of all instances. */
  pop(serial: string, endpoint?: string): Promise<void>
  /** Everything the log was told. */
  log(): string
  /** Failed logons that were counted. */
  readonly failures: readonly Failure[]
  /** The wall clock goes on by so many milliseconds, and the business clock with it. */
  pass(milliseconds: number): void
  /** A usable instance. */
  app(given?: Parameters<typeof addApp>[1]): Promise<string>
  /** An account whose password is {@link password}. */
  user(instanceId: string, name: string, clientIp?: string): Promise<void>
  post(path: string, body?: unknown, options?: RequestOptions): Promise<Answer>
  session(token: string): Promise<Answer>
  logOn(instanceId: string, userName: string, more?: object, from?: string): Promise<Answer>
  operate(operation: Operation, params: Readonly<Record<string, string>>): Promise<unknown>
  set(instanceId: string, columns: Updateable<InstanceTable>): Promise<void>
  audit(): Promise<readonly string[]>
  close(): Promise<void>
}

interface RequestOptions {
  readonly token?: string
  readonly from?: string
  readonly headers?: Readonly<Record<string, string>>
}

let hash: Promise<string> | undefined

export async function openSite(): Promise<Site> {
  const world = await openHarness()
  const lines: string[] = []
  const log = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const app = fastify()
  const sealer = createSealer(randomBytes(32))
  let wall = Date.UTC(2026, 0, 1)
  const failures: Failure[] = []
  const remoteAccess = createRemoteAccess({
    store: world.store,
    sealer,
    random: randomBytes,
    wallClock: () => wall,
    guessKey: Secret.of('the key of this test'),
    noteFailure: (failure) => void failures.push(failure),
    businessClock: () => world.now,
    heartbeatMs,
    logger: pino({ level: 'trace' }, log),
  })
  await remoteAccess.register(app)
  hash ??= hashClientPassword(Secret.of(password))
  const passwordHash = await hash

  async function ask(
    method: 'GET' | 'POST',
    url: string,
    body: unknown,
    { token, from = '192.0.2.1', headers = {} }: RequestOptions,
  ): Promise<Answer> {
    const {
      statusCode,
      headers: answered,
      payload,
    } = await app.inject({
      method,
      url,
      remoteAddress: from,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: statusCode, headers: answered, body: JSON.parse(payload) as Answer['body'] }
  }

  const site: Site = {
    world,
    sealer,
    tunnelUsers: remoteAccess.tunnelUsers,
    wallClock: () => wall,
    async pop(serial, endpoint = '203.0.113.7') {
      const device = { serial, model: 'pop', version: '1.0.0.0', resettable: false, createdAt: 0 } as const
      await world.store.write(async (tx) => {
        await createFleet(tx, sealer).addDevice({ ...device, enrolmentKey: Secret.of('key') })
        await addPop(tx, { serial, endpoint, at: 0 })
      })
    },
    log: () => lines.join(''),
    failures,
    pass(milliseconds) {
      wall += milliseconds
      world.now += milliseconds
    },
    async app(given = {}) {
      const id = await addApp(world, { pool: '10.9.9.0/24', ...given })
      await addCcn(world, {}, id)
      return id
    },
    user: (instanceId, name, clientIp) =>
      addUser(world, instanceId, name, {
        password_hash: passwordHash,
        client_ip: clientIp === undefined ? null : ip(clientIp),
      }),
    post: (path, body, options = {}) => ask('POST', path, body, options),
    session: (token) => ask('GET', '/app/session', undefined, { token }),
    logOn: (instanceId, userName, more = {}, from = '192.0.2.1') =>
      ask('POST', '/app/logon', { instanceId, userName, password, ...more }, { from }),
    operate: (operation, params) => world.call(operation, { RegionId: 'cn-shanghai', ...params }),
    async set(instanceId, columns) {
      await world.store.write(async (tx) => {
        await tx.updateTable('instance').set(columns).where('id', '=', instanceId).execute()
      })
    },
    async audit() {
      const records = await world.store.read((db) =>
        db.selectFrom('connection_audit').selectAll().orderBy('id').execute(),
      )
      return records.map((r) => `${r.event} ${r.user_name} ${r.address ?? '-'} ${r.source} ${r.terminal} ${r.detail}`)
    },
    async close() {
      await app.close()
      await world.close()
    },
  }
  return site
}
