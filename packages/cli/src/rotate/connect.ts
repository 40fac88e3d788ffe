import { hostname, userInfo } from 'node:os'
import { performance } from 'node:perf_hooks'
import { Secret } from '@opensag/protocol'
import type { Actor, Backoff } from '@opensag/rotation'
import { findCredentials } from '../credentials.ts'
import { type Caller, createCaller } from './call.ts'
import { endpointsOf } from './endpoint.ts'
import { createReader, type Reader } from './read.ts'
import { pauseUnless, type Stop } from './stop.ts'

/** S: what the published clients do about throttling is of this order. */
export const backoff: Backoff = { firstMs: 500, longestMs: 30_000 }

export interface Connection {
  /** As it was given, with `{region}` in it where there is one address for each. */
  readonly endpoint: string
  readonly regionId: string
  readonly caller: Caller
  readonly reader: Reader
  readonly actor: Actor
}

export interface ConnectOptions {
  readonly data: string
  readonly endpoint: string | undefined
  readonly timeoutMs: number
  readonly attempts: number
  readonly stop: Stop
}

export async function connect(options: ConnectOptions): Promise<Connection> {
  const { env } = process
  const named = options.endpoint === undefined ? env : { ...env, OPENSAG_ENDPOINT: options.endpoint }
  const found = await findCredentials(options.data, named)
  const endpoint = options.endpoint ?? found.endpoint
  const token = env['ALIBABA_CLOUD_SECURITY_TOKEN']
  const key = token === undefined ? found : { ...found, securityToken: Secret.of(token) }
  const caller = createCaller({
    key,
    endpointOf: endpointsOf(endpoint),
    timeoutMs: options.timeoutMs,
    monotonic: () => performance.now(),
  })
  const reader = createReader({
    caller,
    attempts: options.attempts,
    backoff,
    pause: (ms) => pauseUnless(options.stop, ms),
    chance: Math.random,
  })
  const principal = await principalOf(reader, found.regionId)
  const actor = { accessKeyId: key.accessKeyId, principal, user: userInfo().username, host: hostname() }
  return { endpoint, regionId: found.regionId, caller, reader, actor }
}

/** Whose key it is. An OpenSAG serves STS at the same address; where that is elsewhere, it stays unknown. */
async function principalOf(reader: Reader, regionId: string): Promise<string | undefined> {
  const { body } = await reader.ask(regionId, 'GetCallerIdentity', {}, '2015-04-01')
  const arn = body['Arn']
  return typeof arn === 'string' ? arn : undefined
}
