import type { Askable, Secret, ToolAnswer, ToolRequest } from '@opensag/protocol'
import type { Device } from './device.ts'

// What operations ask of gateways. The channel answers; neither knows the other.

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
    /** Wiped as soon as it is sealed to the gateway. */
    readonly password: Secret
    readonly accountId: string
    readonly principal: string
    readonly requestId: string
    /** When the request had been read, on the clock of the timers: limits count from here. */
    readonly began: number
  }): Promise<PasswordOutcome>
}

/** `unreachable`: it was not connected or did not answer in time; `refused`: it was reached and cannot do it. */
export type CommandOutcome = 'done' | 'unreachable' | 'refused'

/**
 * `offline`: no node has a connection of it; `unknown`: it was asked, perhaps, and nobody heard an answer; `too old`: its program
 * does not know tools.
 */
export type ToolOutcome = ToolAnswer | 'offline' | 'unknown' | 'too old'

export interface ToGateway {
  readonly serial: string
  /** When the request had been read, on the clock of the timers: limits count from here. */
  readonly began: number
}

/** What operations ask of gateways, beside passwords. */
export interface GatewayCommands {
  /** `done`: it agreed and is recorded as not online, until it is connected again. */
  reboot(to: ToGateway): Promise<CommandOutcome>
  /** As {@link GatewayCommands.reboot}, into the firmware of that version. */
  upgrade(to: ToGateway, version: string): Promise<CommandOutcome>
  /** What comes of a tool, as soon as the gateway says so. */
  tool(to: ToGateway, request: ToolRequest): Promise<ToolOutcome>
  /** `done`: it is told, and recorded as synchronising; its next report says what came of it. */
  synchronise(to: ToGateway): Promise<Exclude<CommandOutcome, 'refused'>>
  /** `done`: it is told; what comes of it is stored when it says so. Only of a gateway whose program knows the message. */
  ask(to: ToGateway, message: Askable): Promise<Exclude<CommandOutcome, 'refused'>>
}
