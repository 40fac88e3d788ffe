import type { MfaDevice } from '../../store/access/mfa-devices.ts'

/** A device as the wire names it. */
export function mfaSerial({ accountId, name }: Pick<MfaDevice, 'accountId' | 'name'>): string {
  return `acs:ram::${accountId}:mfa/${name}`
}
