import type { Device } from './device.ts'
import { endings } from './endings.ts'

export type GatewayState = 'Online' | 'Offline' | 'NeverConnected'

/** Why a gateway is not online, as far as that is known. */
export const causes = [
  'OfflineLock',
  'Restart',
  'SecondIdentity',
  'ServerStopped',
  'NewIdentity',
  'Operator',
  'PasswordChange',
  'Goodbye',
  'Unknown',
] as const

export type Cause = (typeof causes)[number]

/** What could be the reason and is not. */
export type NoCause = 'OfflineLock' | 'Subscription' | 'Restart' | 'SecondIdentity' | 'Server'

/** How its last connection ended, and what came after it. */
export interface Absence {
  /** Of the event that says it is gone; undefined: nothing says why. */
  readonly ending: string | undefined
  /** Another identity tried to connect in its name since. */
  readonly secondIdentity: boolean
}

export interface Surroundings {
  /** Another gateway of the account is connected: the server is there, and can be reached. */
  readonly othersConnected: boolean
  readonly isInArrears: boolean
}

export interface GatewayHealth {
  readonly state: GatewayState
  /** Since when it is not online. */
  readonly offlineSince?: number | undefined
  readonly cause?: Cause | undefined
  /** The words of its event, where they say more than the cause. */
  readonly ending?: string | undefined
  readonly ruledOut: readonly NoCause[]
}

type Known = Pick<Device, 'connected' | 'connectedAt' | 'lastSeenAt' | 'restartingSince' | 'lockedSince'>

/** The table is in docs/gateway.md: the first row that applies. What nothing says is not guessed. */
export function healthOfGateway(device: Known, absence: Absence, around: Surroundings): GatewayHealth {
  if (device.connected) return { state: 'Online', ruledOut: [] }
  if (device.connectedAt === undefined) return { state: 'NeverConnected', ruledOut: [] }
  const cause = causeOf(device, absence, around)
  const since = sinceOf(device)
  const ending = device.lockedSince === undefined ? absence.ending : undefined
  return { state: 'Offline', offlineSince: since, cause, ending, ruledOut: ruledOut(device, absence, around) }
}

function causeOf(device: Known, { ending, secondIdentity }: Absence, { othersConnected }: Surroundings): Cause {
  if (device.lockedSince !== undefined) return 'OfflineLock'
  if (device.restartingSince !== undefined) return 'Restart'
  if (secondIdentity) return 'SecondIdentity'
  const cause = causeByEnding.get(ending)
  // Where others have come back, that the server stopped is not why this one has not.
  return cause === undefined || (cause === 'ServerStopped' && othersConnected) ? 'Unknown' : cause
}

const causeByEnding: ReadonlyMap<string | undefined, Cause> = new Map<string, Cause>([
  [endings.serverStopped, 'ServerStopped'],
  [endings.serverRestarted, 'ServerStopped'],
  [endings.serverRestored, 'ServerStopped'],
  [endings.serverFailed, 'ServerStopped'],
  [endings.nodeGone, 'ServerStopped'],
  [endings.newIdentity, 'NewIdentity'],
  [endings.newKey, 'NewIdentity'],
  [endings.operator, 'Operator'],
  [endings.passwordGivenUp, 'PasswordChange'],
  [endings.passwordNotProved, 'PasswordChange'],
  [endings.passwordUndecided, 'PasswordChange'],
  [endings.passwordTakenBack, 'PasswordChange'],
  [endings.goodbye, 'Goodbye'],
])

/** One that is locked is connected and not online; one that restarts is told so before it goes. */
export function sinceOf(device: Known): number | undefined {
  return device.lockedSince ?? device.restartingSince ?? device.lastSeenAt
}

function ruledOut(device: Known, absence: Absence, around: Surroundings): readonly NoCause[] {
  const facts: readonly (readonly [NoCause, boolean])[] = [
    ['OfflineLock', device.lockedSince === undefined],
    ['Subscription', !around.isInArrears],
    ['Restart', device.restartingSince === undefined],
    ['SecondIdentity', !absence.secondIdentity],
    ['Server', around.othersConnected],
  ]
  return facts.flatMap(([one, isOut]) => (isOut ? [one] : []))
}
