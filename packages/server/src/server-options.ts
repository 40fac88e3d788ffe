import type { Random, Secret, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { BackupSchedule } from './backup/schedule.ts'
import type { Bus } from './bus/bus.ts'
import type { SingleSignOnOptions } from './console-logon/oidc/options.ts'
import type { FreeBytes } from './health/disk-floor.ts'
import type { Mailer } from './mail/mailer.ts'
import type { Simulation } from './operator/simulation.ts'
import type { FlowLimits } from './rpc/flow-control.ts'
import type { CopyTo } from './store/copy/in-thread.ts'
import type { StoreEvent } from './store/events.ts'
import type { Store } from './store/store.ts'
import type { OpenedTracing, TracingGiven } from './tracing/tracing.ts'

export interface ServerOptions {
  /** The data folder; made when it is missing. */
  readonly data: string
  readonly host: string
  /** Asks for the passphrase that opens `master.key`; without it that file is bare. */
  readonly masterKeyPassphrase?: (() => Promise<Secret>) | undefined
  /** 0 takes any free port. */
  readonly port: number
  /** Another port, for the connections of gateways where a load balancer leads them there. */
  readonly gatewayPort?: number | undefined
  readonly tls?: Certificate | undefined
  /** Addresses or CIDR blocks of the proxy that ends TLS; nobody else may connect then. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Where clients and gateways reach it: scheme, host and perhaps port. Then no request is believed about that. */
  readonly publicUrl?: string | undefined
  readonly regionId: string
  readonly heartbeatMs: number
  /** How long the whole answer to a call that reaches a gateway or a mail server may take; 8 s unless said otherwise. */
  readonly answerMs?: number | undefined
  /** How long the audit trail is kept; 180 days unless said otherwise. */
  readonly auditDays?: number | undefined
  /** Administrator passwords that are older are shown as old; none is unless it is given. */
  readonly adminPasswordMaxAgeMs?: number | undefined
  /** Addresses and CIDR blocks that are not of the public internet, where alerts may be posted too, also without TLS. */
  readonly alertTargets?: readonly string[] | undefined
  /** An OpenID provider by which users may log on to the console; needs the public URL. */
  readonly singleSignOn?: SingleSignOnOptions | undefined
  /** A port of this machine on which `/metrics` is served; without it, on the operator socket only. */
  readonly metricsPort?: number | undefined
  /** About how many bytes of disk the audit trail may take; 5000 MiB unless said otherwise. */
  readonly auditBytes?: number | undefined
  /** Bytes that stay free on the disk of the data folder; with less, calls that change something are refused. 256 MiB unless said otherwise. */
  readonly diskFloor?: number | undefined
  /** Reads what is free there; the file system says it unless a test does. */
  readonly freeBytes?: FreeBytes | undefined
  /** How long a gateway keeps a configuration that nobody has confirmed; 5 minutes unless said otherwise. */
  readonly configConfirmMs?: number
  /** How often callers may call; 500 calls a second of a user and 1000 of a source unless said otherwise. */
  readonly flow?: Partial<FlowLimits> | undefined
  /** Connections of one source at once; 10,000 unless said otherwise. */
  readonly sourceConnections?: number | undefined
  /** How many used nonces are kept; 5 million unless said otherwise. */
  readonly mostNonces?: number | undefined
  /** Backups that the server makes by itself; none unless it is given. */
  readonly backups?: BackupSchedule | undefined
  /** How long a server that stops goes on as it was, but says that it is not ready; not at all unless said otherwise. */
  readonly drainDelayMs?: number | undefined
  /** Within that time its gateways go to other nodes then, where there are such; 20 s unless said otherwise. */
  readonly moveWithinMs?: number | undefined
  readonly logger: Logger
  /** Milliseconds since 1970 by which calls are dated and signatures count; the clock of the machine unless a test has another. */
  readonly wallClock?: WallClock | undefined
  /** Takes mails to a mail server. Without it a sandbox keeps them for its operator, and a server can send none. */
  readonly mailer?: Mailer | undefined
  /** Opens the store, one that several nodes may share; without it, the embedded one in the data folder. */
  readonly openStore?: ((given: StoreGiven) => Promise<CopiedStore>) | undefined
  /** Opens the bus by which nodes reach each other's gateways; without it, this is the only node. */
  readonly openBus?: ((given: BusGiven) => Bus) | undefined
  /** Makes spans of calls; without it, there are none. */
  readonly openTracing?: ((given: TracingGiven) => OpenedTracing) | undefined
  /**
   * Whether orders are sold: they wait for payment and delivery, and expire. Otherwise an order has arrived at once and
   * nothing expires.
   */
  readonly shop?: boolean
  /** Makes this a sandbox. */
  readonly simulation?: Simulation
  /** Whether `/healthz` answers 200; without it, as soon as the server listens. */
  readonly isReady?: () => boolean
}

/** What a server gives to whoever opens its bus. */
export interface BusGiven {
  readonly random: Random
  readonly logger: Logger
  /** Which of its connections a gateway has. */
  readonly epochOf: (serial: string) => Promise<number>
  /** Whether some node has its connection. */
  readonly isHeld: (serial: string) => Promise<boolean>
}

/** A store that can be copied while it is written to. */
export interface CopiedStore extends Store {
  readonly copyTo: CopyTo
}

/** What a server gives to whoever opens its store. */
export interface StoreGiven {
  readonly onEvent: (event: StoreEvent) => void
  readonly mostNonces: number | undefined
}

/** A certificate chain and its private key, PEM. */
export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
}

/** Given out by the start that created the account, and never again. */
export interface FirstCredentials {
  readonly accountId: string
  readonly accessKeyId: string
  readonly accessKeySecret: Secret
  readonly regionId: string
}

export interface RunningServer {
  /** Where the API is: scheme, host and port. */
  readonly url: string
  /**
   * Where programs of this machine reach it without TLS and without a proxy: `url` where that is possible, else in a
   * sandbox an address of its own.
   */
  readonly localUrl: string
  readonly firstCredentials: FirstCredentials | undefined
  /** New connections get this certificate; those that are open go on. @throws when the two do not go together. */
  renewCertificate(certificate: Certificate): void
  /** Resolves with why when it cannot go on, and is to be closed. */
  readonly unable: Promise<Error>
  /**
   * Says that it is not ready, waits for the delay, takes no more calls, lets those that are being served finish, for as
   * long as an answer may take, sends its gateways away, then lets go of the data folder.
   */
  close(): Promise<void>
}
