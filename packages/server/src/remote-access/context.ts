import type { IncomingMessage } from 'node:http'
import type { Random, Secret, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Failure } from '../access/failures.ts'
import type { Heartbeat } from '../model/logon.ts'
import type { Sealer } from '../sealing/sealing.ts'
import type { Store } from '../store/store.ts'
import type { Passwords } from './passwords.ts'
import type { LogonThrottle } from './throttle.ts'

export interface RemoteAccessOptions {
  readonly store: Store
  /** Opens the key of the authority that certifies points of presence. */
  readonly sealer: Sealer
  readonly random: Random
  /** Tells who is still there. */
  readonly wallClock: WallClock
  /** Milliseconds since 1970, for subscriptions and audit. In a sandbox the operator moves it. */
  readonly businessClock: () => number
  /** Milliseconds between two signs of life of a client. */
  readonly heartbeatMs: number
  /** Names and addresses of those who guess are kept as hashes under it. */
  readonly guessKey: Secret
  /** Counts an attempt that failed; waits for nothing. */
  readonly noteFailure: (failure: Failure) => void
  readonly logger: Logger
  /** Where a request really comes from, when a trusted proxy hands it on. */
  readonly remoteAddress?: (request: IncomingMessage) => string | undefined
}

export interface RemoteAccessContext extends RemoteAccessOptions {
  readonly heartbeat: Heartbeat
  readonly passwords: Passwords
  readonly throttle: LogonThrottle
  /** Work no answer waits for. */
  readonly aside: (what: string, work: Promise<unknown>) => void
}
