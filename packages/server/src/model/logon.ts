import { isActivated, isInArrears } from './activation.ts'
import type { ClientUser } from './client-user.ts'
import { isClientAddress } from './client-user.ts'
import type { Instance } from './instance.ts'

/** What keeps an account from being connected although its password is right. */
export type Obstacle = 'UserDisabled' | 'InstanceNotActivated' | 'InstanceInArrears' | 'InstanceNotInCcn'

/** Why a session ends, as the connection audit says it. */
export type SessionEnd =
  | Obstacle
  | 'AddressNotInPool'
  | 'LoggedOff'
  | 'KickedOut'
  | 'PasswordReset'
  /** The account has logged on by another tunnel of the same point of presence. */
  | 'Replaced'
  | 'ServerRestored'
  | 'Silent'
  | 'UserDeleted'

/** The first that applies (D that each refuses, C in which order). */
export function obstacleOf(
  user: Pick<ClientUser, 'state'>,
  instance: Instance,
  /** Of the business clock. */
  now: number,
): Obstacle | undefined {
  if (user.state === 'disabled') return 'UserDisabled'
  if (!isActivated(instance, now)) return 'InstanceNotActivated'
  if (isInArrears(instance, now)) return 'InstanceInArrears'
  return instance.ccnId === undefined ? 'InstanceNotInCcn' : undefined
}

/** What a session rests on. */
export interface SessionGround {
  readonly user: Pick<ClientUser, 'state' | 'clientIp'> | undefined
  readonly instance: Instance
  readonly pool: Parameters<typeof isClientAddress>[0]
  readonly address: number
}

/**
 * Why a session may not go on. What ends sessions does so at once where it happens; time does not, and neither does a
 * change nobody thought of here, so each sign of life is judged by the rules of a logon.
 */
export function endOf({ user, instance, pool, address }: SessionGround, now: number): SessionEnd | undefined {
  if (user === undefined) return 'UserDeleted'
  const obstacle = obstacleOf(user, instance, now)
  if (obstacle !== undefined) return obstacle
  const moved = user.clientIp !== undefined && user.clientIp !== address
  return moved || !isClientAddress(pool, address) ? 'AddressNotInPool' : undefined
}

/** How a session shows that it lives. */
export interface Heartbeat {
  /** Milliseconds between two signs of life. */
  readonly everyMs: number
  /** After so many that did not come its client is gone. */
  readonly missed: number
}

/** A session last seen at this moment or before is nobody's any more: another logon may take its place. */
export function silentSince({ everyMs, missed }: Heartbeat, wallNow: number): number {
  return wallNow - everyMs * missed
}
