import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { startServer } from '../../packages/server/src/start.ts'
import { storeOf } from '../../packages/server/src/store/testing/database.suite.ts'
import type { Credentials } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'

const require = createRequire(import.meta.url)

/** Members as the client's models name them. */
// biome-ignore lint/suspicious/noExplicitAny: what answers hold is what the tests are about.
export type Body = Readonly<Record<string, any>>
type KeyPair = Pick<Credentials, 'accessKeyId' | 'accessKeySecret'>

export interface RamCaller {
  /** Calls the operation as the official client does; what it answers went through the client's own models. */
  (operation: string, params?: Readonly<Record<string, unknown>>): Promise<Body>
  readonly key: KeyPair
}

export interface Site {
  readonly data: string
  readonly credentials: Credentials
  /** With the key of the account itself. */
  readonly ram: RamCaller
  as(key: KeyPair): RamCaller
  /** Names of the operations that were called. */
  readonly called: ReadonlySet<string>
  close(): Promise<void>
}

interface RamClient {
  [method: string]: (request?: unknown) => Promise<{ readonly body: Body }>
}

const sdk = require('@alicloud/ram20150501') as {
  readonly default: new (config: unknown) => RamClient
  readonly [model: string]: new (values: unknown) => unknown
}
const { Config } = require('@alicloud/openapi-core').$OpenApiUtil as { Config: new (values: object) => unknown }

/** A server of its own, without a fleet. */
export async function openSite(): Promise<Site> {
  const data = await mkdtemp(join(tmpdir(), 'opensag-access-'))
  const server = await startServer({
    data,
    host: '127.0.0.1',
    port: 0,
    regionId: 'cn-shanghai',
    heartbeatMs: 15_000,
    answerMs: 2000,
    ...storeOf(data),
    logger: pino({ level: 'silent' }),
  })
  const first = server.firstCredentials
  if (first === undefined) throw new Error('The first start made no account.')
  const key = { accessKeyId: first.accessKeyId, accessKeySecret: first.accessKeySecret.reveal() }
  const credentials = { accountId: first.accountId, regionId: 'cn-shanghai', endpoint: server.url, ...key }
  const called = new Set<string>()

  function as(pair: KeyPair): RamCaller {
    const endpoint = new URL(server.url).host
    const client = new sdk.default(new Config({ endpoint, protocol: 'http', readTimeout: limit(10_000), ...pair }))
    async function call(operation: string, params?: Readonly<Record<string, unknown>>): Promise<Body> {
      called.add(operation)
      const method = `${operation[0]?.toLowerCase()}${operation.slice(1)}`
      const Request = sdk[`${operation}Request`]
      const { body } = (await (Request === undefined
        ? client[method]?.()
        : client[method]?.(new Request(params ?? {})))) ?? { body: undefined }
      if (body === undefined) throw new Error(`The client has no ${operation}.`)
      return body
    }
    return Object.assign(call, { key: pair })
  }

  return {
    data,
    credentials,
    ram: as(key),
    as,
    called,
    async close() {
      await server.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The code a call is refused with, as the client tells it. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: { readonly code?: string }) => thrown,
  )
  if (error?.code === undefined) throw new Error('The call was not refused.', { cause: error })
  return error.code
}
