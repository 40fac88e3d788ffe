// Several servers of this process on one PostgreSQL database, each with a data folder of its own.
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '@opensag/server'
import { pino } from 'pino'
import type { ServerOptions } from '../../packages/server/src/server-options.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { type PostgresServer, startPostgres } from '../postgres/server.ts'
import { type Answered, send, signedBody } from '../support/signed-request.ts'

export type Params = Readonly<Record<string, string>>

export interface Key {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
}

export interface Node {
  readonly url: string
  readonly data: string
  /** Whether this start made the first account. */
  readonly isFirst: boolean
  call(key: Key, action: string, params?: Params, version?: string): Promise<Answered>
  /** A request as it was signed, perhaps for the second time. */
  send(body: string): Promise<Answered>
  post(path: string, body: object, token?: string): Promise<Answered>
}

export interface Nodes {
  readonly nodes: readonly [Node, Node]
  /** Of the first account. */
  readonly key: Key
  readonly accountId: string
  readonly databaseUrl: string
  sign(key: Key, action: string, params?: Params, version?: string): string
  close(): Promise<void>
}

export const regionId = 'cn-shanghai'
export const ram = '2015-05-01'
export const sts = '2015-04-01'
export const own = '2026-12-01'

/** Two nodes; the second has its master key from the first. */
export async function openNodes(bin: string, options: Partial<ServerOptions> = {}): Promise<Nodes> {
  const postgres: PostgresServer = await startPostgres(bin)
  const { url: connectionString } = await postgres.newDatabase()
  const folders: string[] = []
  const servers: RunningServer[] = []

  async function start(): Promise<{ readonly server: RunningServer; readonly node: Node }> {
    const data = await mkdtemp(join(tmpdir(), 'opensag-nodes-'))
    const [first] = folders
    if (first !== undefined) await copyFile(join(first, 'master.key'), join(data, 'master.key'))
    folders.push(data)
    const server = await startServer({
      data,
      host: '127.0.0.1',
      port: 0,
      regionId,
      heartbeatMs: 15_000,
      answerMs: 8000,
      diskFloor: 0,
      logger: pino({ level: 'silent' }),
      openStore: () => openPostgresStore({ connectionString }),
      ...options,
    })
    servers.push(server)
    const { url } = server
    const node: Node = {
      url,
      data,
      isFirst: server.firstCredentials !== undefined,
      call: (key, action, params, version) => send(url, sign(key, action, params, version)),
      send: (body) => send(url, body),
      async post(path, body, token) {
        const answer = await fetch(`${url}${path}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(body),
        })
        return { status: answer.status, body: (await answer.json()) as Answered['body'] }
      },
    }
    return { server, node }
  }

  function sign(key: Key, action: string, params: Params = {}, version = '2018-03-13'): string {
    const { securityToken: SecurityToken } = key
    const more = SecurityToken === undefined ? params : { ...params, SecurityToken }
    return signedBody({ ...key, accountId: '', regionId, endpoint: '' }, action, more, version)
  }

  async function close(): Promise<void> {
    for (const server of servers) await server.close()
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
    await postgres.stop()
  }

  try {
    const one = await start()
    const other = await start()
    const first = one.server.firstCredentials
    if (first === undefined) throw new Error('The first start made no account.')
    const { accountId, accessKeyId, accessKeySecret } = first
    return {
      nodes: [one.node, other.node],
      key: { accessKeyId, accessKeySecret: accessKeySecret.reveal() },
      accountId,
      databaseUrl: connectionString,
      sign,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
