/// <reference lib="esnext.disposable" preserve="true" />
import type { SmartagClient } from '@opensag/smartag-client'

/** What a server for one test consists of. Everything has a default. */
export interface StartOptions {
  /** The gateways, or how many of them; one unless it is said. */
  readonly fleet?: number | readonly GatewaySpec[] | undefined
  /** Decides which gateways `breakSome` breaks and how. A random one unless it is said; `seed` of the server says which. */
  readonly seed?: number | undefined
  /** `cn-shanghai` unless it is said. */
  readonly regionId?: string | undefined
  /** How long a call waits for a gateway that does not answer, milliseconds; 8000 unless it is said. */
  readonly answerWithinMs?: number | undefined
}

/** One gateway, on an instance of its own that is paid, activated, bound to it and in the network `test-network`. */
export interface GatewaySpec {
  /** Name of the instance; `branch-1`, `branch-2`, … unless it is said. */
  readonly name?: string | undefined
  /** `sag-1000` unless it is said. */
  readonly model?: 'sag-1000' | 'sag-100wm' | 'SCG5000' | 'SCG5000-5G' | undefined
  /** Firmware version, four parts; the one that has all operations of the model unless it is said. */
  readonly firmware?: string | undefined
  /** CIDR block of the branch; one of its own in 10.0.0.0/8 unless it is said. */
  readonly cidr?: string | undefined
  /** The administrator password that a call has set. Without it the gateway has none yet. */
  readonly password?: string | undefined
  /** How many days ago that was; 0 unless it is said. Needs `password`. */
  readonly passwordAgeDays?: number | undefined
}

/**
 * What can be wrong with a gateway:
 *
 * - `no-power`: it is off;
 * - `disk-full`: nothing can be written on it;
 * - `sync-fails`: it writes, and its disk does not say that the write is durable;
 * - `hangs`: it is connected, and does not answer;
 * - `edited`: somebody has changed its settings at its local console.
 */
export type Fault = 'no-power' | 'disk-full' | 'sync-fails' | 'hangs' | 'edited'

/** A gateway of the fleet: the program of a real one, without a box. */
export interface TestGateway {
  readonly name: string
  readonly instanceId: string
  readonly serial: string
  readonly model: string
  /** Whether it is connected to the server. */
  isOnline(): boolean
  /** Where its local console is, while it has power. */
  localConsole(): string | undefined
  /** Whether its administrator password is this one, without the throttle of the local console. */
  accepts(password: string): Promise<boolean>
  /** Resolves when the server counts it as offline, and as online again. */
  powerOff(): Promise<void>
  powerOn(): Promise<void>
  /** It restarts with this firmware version; resolves when the server knows. */
  setFirmware(version: string): Promise<void>
  /** Makes that wrong with it, until `repair`. */
  break(fault: Fault): Promise<void>
  /** Ends everything that is wrong with it; what somebody edited is to be synchronized by a call. */
  repair(): Promise<void>
}

/** A server, its gateways and its clock, apart from all others. */
export interface OpenSag extends AsyncDisposable {
  /** Scheme, host and port of the API: what an SDK is told as endpoint. */
  readonly endpoint: string
  readonly regionId: string
  readonly accountId: string
  /** The key pair of the account, which may do everything. */
  readonly key: { readonly accessKeyId: string; readonly accessKeySecret: string }
  /** Signs with that key. */
  readonly client: SmartagClient
  readonly seed: number
  readonly gateways: readonly TestGateway[]
  /** @throws when there is none of this name */
  gateway(name: string): TestGateway
  /** Breaks so many gateways that are whole, chosen by the seed, each in a way chosen by the seed. */
  breakSome(count: number): Promise<readonly { readonly gateway: TestGateway; readonly fault: Fault }[]>
  /** The clock of subscriptions: what is bought ends by it. Signatures follow the clock of the machine. */
  readonly clock: {
    now(): Promise<Date>
    advance(by: { readonly days?: number | undefined; readonly hours?: number | undefined }): Promise<Date>
  }
  /** A command of `opensag operator`, such as `operator('billing expire', { id })`. */
  operator(command: string, input?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** Ends the server and its gateways, and removes what they have kept. */
  stop(): Promise<void>
}
