import { Secret, wipeable } from '@opensag/protocol'
import { bytesRule } from '../../declare/bytes-pattern.ts'
import { adminPasswordSupport } from '../../model/admin-password-support.ts'
import type { Device } from '../../model/device.ts'

/** What both operations that set an administrator password publish. */
const isLawful = bytesRule(/^[A-Za-z0-9_]{8,30}$/)
const [comma, colon] = [',', ':'].map((char) => char.charCodeAt(0))

export interface ListedPassword {
  readonly serial: string
  readonly password: Secret
}

/**
 * A list `serial:password,serial:password,…`, whose passwords become no texts. Whoever gets them wipes them.
 *
 * What is no serial number of these devices may be a password, in a list whose columns were swapped: it is told by its place
 * (`entry 2`), and what stands there is never told.
 *
 * @param isDevice whether a device of the instances has this serial number
 * @returns what is wrong with it, of which devices, when anything is
 */
export function readPasswords(
  list: Uint8Array,
  isDevice: (serial: string) => boolean,
): readonly ListedPassword[] | string {
  const found: ListedPassword[] = []
  const seen = new Set<string>()
  const [wrong, foreign, twice] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (let from = 0, place = 1; from <= list.length; place++) {
    const next = list.indexOf(comma as number, from)
    const pair = list.subarray(from, next === -1 ? list.length : next)
    from += pair.length + 1
    const at = pair.indexOf(colon as number)
    const serial = new TextDecoder().decode(pair.subarray(0, Math.max(0, at)))
    const bytes = pair.subarray(at + 1)
    const name = isDevice(serial) ? serial : `entry ${place}`
    if (serial === '' || !isLawful(bytes)) wrong.add(name)
    else if (!isDevice(serial)) foreign.add(name)
    else if (seen.has(serial)) twice.add(name)
    else {
      const own = wipeable(bytes.length)
      own.set(bytes)
      found.push({ serial, password: Secret.holding(own) })
    }
    seen.add(serial)
  }
  if (wrong.size + foreign.size + twice.size === 0) return found
  for (const { password } of found) password.wipe()
  if (wrong.size > 0) return `8–30 letters, digits and underscores, not: ${named([...wrong])}`
  if (twice.size > 0) return `Named twice: ${named([...twice])}`
  return `Not of these instances: ${named([...foreign])}`
}

/** Whether one of the two operations can set its password. */
export function hasAdminPassword(device: Pick<Device, 'model' | 'version'>): boolean {
  return (['modify', 'update'] as const).some((operation) => adminPasswordSupport(operation, device) === 'supported')
}

/** So many are named in a message; the others are counted. */
const mostNamed = 20

export function named(serials: readonly string[]): string {
  const more = serials.length - mostNamed
  return `${serials.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}
