import type { Secret } from '@opensag/protocol'
import type { Caller } from '../access/caller.ts'
import type { Circumstances } from '../access/circumstances.ts'
import type { Deny } from '../access/denial.ts'
import type { SessionCredentials } from '../access/standing.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Outbox } from '../mail/outbox.ts'
import type { Device } from '../model/device.ts'
import type { AccessKeyPair } from '../store/access/keys.ts'
import type { Repositories, Units } from '../store/repositories.ts'

/** What the world gives an operation. It imports none of it. */
export interface OperationContext extends Repositories {
  readonly caller: Caller
  readonly requestId: string
  /** The business clock, milliseconds since 1970. In a sandbox the operator can move it. */
  readonly now: number
  /** When the request had been read, on the clock of the timers: what waits for a gateway has its limits from here. */
  readonly began: number
  /** Fresh random identifiers, in the wire's own forms. */
  readonly ids: Ids
  readonly adminPasswords: AdminPasswords
  readonly gateways: GatewayCommands
  readonly mailer: Mailer
  /** The mails of a sandbox; nobody else keeps any. */
  readonly outbox?: Outbox | undefined
  /** Tells the log of a failure the answer does not tell of. */
  readonly report: (error: unknown, consequence: string) => void
  /** For an operation of transaction `device`: units of work of its own, between which it reaches the world. */
  readonly unit: Units
  /** The host the client called, for endpoints in answers: host name and port. */
  readonly endpoint: string
  /** Says why access is denied, where an operation itself decides that. */
  readonly deny: Deny
  /** How and when it came, as conditions of policies may ask: the source, TLS and the wall clock. */
  readonly circumstances: Circumstances
}

export interface Ids {
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
  accessKeyPair(): AccessKeyPair
}

/**
 * - `accepted`: the gateway proved that it holds the new password on disk, and only that one opens it.
 * - `unreachable`: it was not connected or did not prove it in time; it keeps the old one.
 * - `refused`: it was reached and could not apply it; it keeps the old one.
 * - `busy`: so many other changes were before it that the gateway was never told.
 */
export type PasswordOutcome = 'accepted' | 'unreachable' | 'refused' | 'busy'

export interface AdminPasswords {
  change(request: {
    readonly device: Device
    readonly password: Secret
    readonly accountId: string
    readonly principal: string
    readonly requestId: string
    /** When the call began: {@link OperationContext.began}. */
    readonly began: number
  }): Promise<PasswordOutcome>
}

/** `unreachable`: it was not connected or did not answer in time; `refused`: it was reached and cannot do it. */
export type CommandOutcome = 'done' | 'unreachable' | 'refused'

export interface ToGateway {
  readonly serial: string
  /** When the call began: {@link OperationContext.began}. */
  readonly began: number
}

/** What operations ask of gateways, beside passwords. */
export interface GatewayCommands {
  /** `done`: it agreed and is recorded as not online, until it is connected again. */
  reboot(to: ToGateway): Promise<CommandOutcome>
  /** As {@link GatewayCommands.reboot}, into the firmware of that version. */
  upgrade(to: ToGateway, version: string): Promise<CommandOutcome>
  /** `done`: it is told, and recorded as synchronising; its next report says what came of it. */
  synchronise(to: ToGateway): Promise<Exclude<CommandOutcome, 'refused'>>
}
