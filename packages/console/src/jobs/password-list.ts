import { makePassword } from '@opensag/rotation'
import { csvText } from '../app/csv.ts'
import type { Candidate } from './candidates.ts'

export interface DevicePassword {
  readonly device: Candidate
  readonly password: string
}

/** One for each device, made here and nowhere else. */
export function makePasswords(
  devices: readonly Candidate[],
  random: (bytes: number) => Uint8Array,
): readonly DevicePassword[] {
  return devices.map((device) => ({ device, password: makePassword(random) }))
}

/** What is saved before the start: whoever holds it has the new password of each device, in force or not. */
export function passwordCsv(passwords: readonly DevicePassword[]): string {
  const lines = passwords.map(({ device, password }) => [
    ...[device.row?.RegionId, device.id, device.serial, password, device.row?.Name],
  ])
  return csvText([['region', 'instance', 'serial', 'password', 'name'], ...lines])
}

/** As `CreateJob` takes them. */
export function passwordsParam(passwords: readonly DevicePassword[]): string {
  return passwords.map(({ device, password }) => `${device.serial}:${password}`).join()
}

/** Two lists never have one name: what was saved first is not written over. */
export function listName(now: number, isSealed: boolean): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return `gateway-passwords-${time}.csv${isSealed ? '.age' : ''}`
}
