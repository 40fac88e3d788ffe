import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Authorise } from '../access/authorise.ts'
import type { CredentialSource } from '../access/credential-source.ts'
import type { Failure } from '../access/failures.ts'
import type { SendAlert } from '../alerts/sender.ts'
import type { Ids } from '../apis/context.ts'
import type { Api, Operation } from '../apis/operation.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Outbox } from '../mail/outbox.ts'
import type { AdminPasswords, GatewayCommands } from '../model/gateway-requests.ts'
import type { Sealer } from '../sealing/sealing.ts'
import type { TellGateways } from '../store/repositories.ts'
import type { OwnersOf } from '../store/resource-owners.ts'
import type { Store } from '../store/store.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { CallGate } from './call-gate.ts'
import type { OwnAddresses } from './called.ts'
import type { FlowControl } from './flow-control.ts'
import type { Limits } from './limits.ts'

export interface CallWatch {
  /** A request that was read. */
  began(): void
  /** @param code that of the error it was answered with; undefined for a success */
  ended(operation: Operation | undefined, code: string | undefined, tookMs: number): void
  /** A request that was answered before it was read. */
  refused(code: string): void
}

/** Everything the front door works with. */
export interface FrontDoorOptions extends OwnAddresses {
  readonly store: Store
  /** The APIs that are served, by their version. */
  readonly apis: ReadonlyMap<string, Api>
  readonly credentials: CredentialSource
  /** Milliseconds since 1970, for signatures and nonces. */
  readonly wallClock: () => number
  /** Whether signatures of this time (milliseconds since 1970) are refused, because their nonces are not known any more. */
  readonly isFenced: (timestamp: number) => boolean
  /** Whether operations that change something are refused, because what they write may fill the disk. */
  readonly refusesWrites: () => boolean
  /** Milliseconds since 1970, for operations. In a sandbox the operator moves it. */
  readonly businessClock: () => number
  /** Whether orders are sold: they wait for payment and delivery, and expire. */
  readonly shop: boolean
  /** Administrator passwords that are older are shown as old. */
  readonly adminPasswordMaxAgeMs?: number | undefined
  readonly timers?: Timers
  readonly ids: Ids
  readonly adminPasswords: AdminPasswords
  readonly gateways: GatewayCommands
  readonly mailer: Mailer
  /** Sends messages to channels of alerts. */
  readonly sendAlert: SendAlert
  /** The mails of a sandbox. */
  readonly outbox?: Outbox | undefined
  /** Tells connected gateways that there is a newer configuration for them. */
  readonly tellGateways: TellGateways
  /** Opens and seals the device keys operations give out. */
  readonly sealer: Sealer
  readonly logger: Logger
  readonly limits?: Partial<Limits>
  readonly flow: FlowControl
  readonly authorise: Authorise
  /** Whose these resources are, see `idsOfUnknownOwner`. */
  readonly ownersOf: OwnersOf
  /** Counts a request that did not prove who sent it; waits for nothing. */
  readonly noteFailure: (failure: Failure) => void
  /** Where calls come in; its owner may close it before the listener. */
  readonly gate?: CallGate
  /** Makes spans of calls; none unless it is given. */
  readonly tracing?: Tracing | undefined
  /** Watches calls; waits for nothing. */
  readonly calls?: CallWatch
  /** Has what Node keeps of a request with a password overwritten; waits for nothing. */
  readonly wipeReceived?: () => void
  /** Notes that a key was used; waits for nothing. */
  readonly noteUse: (accessKeyId: string) => void
  /** The address of the client, where a trusted proxy stands in between. */
  readonly remoteAddress?: (request: IncomingMessage) => string
  /** Whether the client called over TLS, where a trusted proxy ends it. */
  readonly originalSecure?: (headers: IncomingHttpHeaders) => boolean | undefined
}
