import type { Device } from './device.ts'

/**
 * What is known of the administrator password of a gateway's console. D: there is no factory password, the first visit sets
 * one. So two states are "default still in use": no password, which is how a box is shipped and what its reset button makes
 * of it; and the one it enrolled with (that of a Linux account, say), which nobody has changed since.
 */
export type AdminPasswordState = 'NotSet' | 'NeverChanged' | 'Changed'

type Known = Pick<Device, 'model' | 'sealKey' | 'passwordSet' | 'passwordChangedAt'>

/** Undefined: it has none (a vCPE has no console, nor has a point of presence), or nothing is known because it has not enrolled. */
export function adminPasswordState({
  model,
  sealKey,
  passwordSet,
  passwordChangedAt,
}: Known): AdminPasswordState | undefined {
  if (model === 'sag-vcpe' || model === 'pop' || sealKey === undefined) return undefined
  // A gateway of 0.1.0 does not say whether it has one: the record of changes decides.
  if (passwordSet === false) return 'NotSet'
  return passwordChangedAt === undefined ? 'NeverChanged' : 'Changed'
}

export function isDefaultPassword(device: Known): boolean {
  const state = adminPasswordState(device)
  return state === 'NotSet' || state === 'NeverChanged'
}

/** Older than the operator's maximum age. A default password is a state of its own. */
export function isOldPassword(
  device: Known,
  { now, maxAgeMs }: { readonly now: number; readonly maxAgeMs: number },
): boolean {
  const { passwordChangedAt = now } = device
  return adminPasswordState(device) === 'Changed' && now - passwordChangedAt > maxAgeMs
}

export interface PasswordDate {
  /** Milliseconds since 1970, by the server's clock or, of a change at the gateway, by the gateway's. */
  readonly changedAt: number | undefined
  /** The date the gateway told last, as it told it. */
  readonly mark: number | undefined
}

/**
 * Since when a gateway has its password, after a report at `at`. Undefined: nothing new, because a gateway of 0.1.0 does
 * not tell it. The date of a change that the server made is the server's; what the gateway tells counts once for each
 * change, never as a date in the future, so that a wrong clock there makes no password younger at every connection.
 */
export function passwordAfterReport(
  { changedAt, mark }: PasswordDate,
  reported: { readonly isSet: boolean; readonly changedAt?: number | undefined } | undefined,
  at: number,
): (PasswordDate & { readonly isSet: boolean }) | undefined {
  if (reported === undefined) return undefined
  if (!reported.isSet) return { isSet: false, changedAt: undefined, mark: undefined }
  const told = reported.changedAt
  if (told === undefined || told === mark) return { isSet: true, changedAt, mark }
  return { isSet: true, changedAt: Math.max(changedAt ?? 0, Math.min(told, at)), mark: told }
}
