import type { Secret } from '@opensag/protocol'
import type { AccessAnswer } from '../access/authorise.ts'
import type { Caller } from '../access/caller.ts'
import type { Circumstances } from '../access/circumstances.ts'
import type { Deny, Diagnostic } from '../access/denial.ts'
import type { SendAlert } from '../alerts/sender.ts'
import type { Access } from '../declare/index.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Outbox } from '../mail/outbox.ts'
import type { AdminPasswords, GatewayCommands } from '../model/gateway-requests.ts'
import type { Scope } from '../model/scope.ts'
import type { AccessKeyPair } from '../store/access/keys.ts'
import type { SessionCredentials } from '../store/access/session-credentials.ts'
import type { Repositories, Units } from '../store/repositories.ts'

/** What an operation is given with each call. It imports none of it. */
export interface OperationContext extends Repositories {
  readonly caller: Caller
  readonly requestId: string
  /** The business clock, milliseconds since 1970. In a sandbox the operator can move it. */
  readonly now: number
  /** Whether orders are sold: they wait for payment and delivery, and expire. */
  readonly shop: boolean
  /** Administrator passwords that are older are shown as old; undefined: no password is. */
  readonly adminPasswordMaxAgeMs: number | undefined
  /** When the request had been read, on the clock of the timers: what waits for a gateway has its limits from here. */
  readonly began: number
  /** Fresh random identifiers, in the wire's own forms. */
  readonly ids: Ids
  readonly adminPasswords: AdminPasswords
  readonly gateways: GatewayCommands
  readonly mailer: Mailer
  /** Sends messages to channels of alerts; not inside a unit of work. */
  readonly sendAlert: SendAlert
  /** The mails of a sandbox; nobody else keeps any. */
  readonly outbox?: Outbox | undefined
  /** Tells the log of a failure the answer does not tell of. */
  readonly report: (error: unknown, consequence: string) => void
  /**
   * Units of work of its own: for an operation of transaction `device`, between which it waits for gateways or a mail
   * server, and for one of `listing`.
   */
  readonly unit: Units
  /** Where clients reach this server, for endpoints in answers: host name and port. */
  readonly endpoint: string
  /** Says why access is denied, where an operation itself decides that. */
  readonly deny: Deny
  /**
   * Whether the caller may call what has this action, about these resources, with no parameter that a condition asks for: as the
   * front door would decide now. Undefined: all of it.
   */
  readonly mayCaller: (action: string, about: readonly string[]) => AccessAnswer | Promise<AccessAnswer>
  /** How the operation that an action belongs to is guarded; undefined for an action of none there is. */
  readonly accessOf: (action: string) => Access | undefined
  /** The part of a list that the caller may see; undefined: all of it. For operations that declare `lists`. */
  readonly scope?: Scope | undefined
  /** What an `EncodedDiagnosticMessage` says. @throws when this server made no such message */
  readonly diagnosticIn: (message: string) => Diagnostic
  /** How and when it came, as conditions of policies may ask: the source, TLS and the wall clock. */
  readonly circumstances: Circumstances
}

export interface Ids {
  /** For what is sealed to a device. */
  bytes(count: number): Buffer
  /** `sag-` and 18 lower-case letters and digits. */
  instance(): string
  order(): string
  /** `ccn-`, `snat-` and the like: the prefix and 18 lower-case letters and digits. */
  withPrefix(prefix: string): string
  /** A UUID in lower case. */
  uuid(): string
  /** Serial number and secret key of a vCPE image. */
  vcpeSerial(): string
  secretKey(): Secret
  /** 16 letters and digits, the first a letter: a remote user's generated password. */
  userPassword(): Secret
  /** Key, secret and token of a session. */
  sessionCredentials(): Omit<SessionCredentials, 'expiresAt'>
  /** Five letters and digits, at least one of each. */
  enterpriseCode(): string
  /** 18 digits: of a RAM user or role. */
  principal(): string
  /** The seed of a second factor: 160 bits, hexadecimal. */
  mfaSeed(): Secret
  accessKeyPair(): AccessKeyPair
}
