import type { RevertReason } from '@opensag/protocol'

/** A gateway device as the rules see it: facts, no I/O. */
export interface Device {
  readonly serial: string
  readonly model: DeviceModel
  /** Four-part firmware version, such as `2.3.1.1`. */
  readonly version: string
  readonly instanceId: string | undefined
  readonly role: 'active' | 'standby' | undefined
  /**
   * The API's "online": its control channel is up, it is neither locked nor about to restart. Its tunnels do not count.
   */
  readonly connected: boolean
  readonly synStatus: 'Synchronized' | 'Unsynchronized' | 'Synchronizing'
  /** X25519 public key that secrets for it are sealed to; known once it enrolled. */
  readonly sealKey: string | undefined
  readonly boundAt: number | undefined
  readonly connectedAt: number | undefined
  readonly lastSeenAt: number | undefined
  readonly startedAt: number | undefined
  readonly serviceIp: string | undefined
  readonly consoleUrl: string | undefined
  readonly resettable: boolean
  readonly passwordGeneration: number
  /** The configuration revision it reported as applied. */
  readonly appliedRevision: number
  /** Nobody has confirmed yet that it can be reached with that. */
  readonly configOnTrial: boolean
  /** Its system does not take it. */
  readonly configFailing: boolean
  /** The revision it gave up last, until it takes another one, and why. */
  readonly revertedRevision: number | undefined
  readonly revertedReason: RevertReason | undefined
  /** When it last said how things stand with its configuration. */
  readonly configReportedAt: number | undefined
  /** When its offline lock was released; counts until it has heard of that, so for an absence it was released in. */
  readonly unlockedAt: number | undefined
  /** It was told to restart and has not been connected since. */
  readonly restartingSince: number | undefined
  /** It came back after its offline lock had closed and has not been unlocked since. */
  readonly lockedSince: number | undefined
}

export type DeviceModel = 'sag-1000' | 'sag-100wm' | 'SCG5000' | 'SCG5000-5G' | 'sag-vcpe'
