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
 * @returns what is wrong with it, of which devices, when anything is
 */
export function readPasswords(list: Uint8Array): readonly ListedPassword[] | string {
  const found: ListedPassword[] = []
  const seen = new Set<string>()
  const [wrong, twice] = [new Set<string>(), new Set<string>()]
  for (let from = 0; from <= list.length; ) {
    const next = list.indexOf(comma as number, from)
    const pair = list.subarray(from, next === -1 ? list.length : next)
    from += pair.length + 1
    const at = pair.indexOf(colon as number)
    const serial = new TextDecoder().decode(pair.subarray(0, Math.max(0, at)))
    const bytes = pair.subarray(at + 1)
    if (serial === '' || !isLawful(bytes)) wrong.add(serial === '' ? '?' : serial)
    else if (seen.has(serial)) twice.add(serial)
    else {
      const own = wipeable(bytes.length)
      own.set(bytes)
      found.push({ serial, password: Secret.holding(own) })
    }
    seen.add(serial)
  }
  if (wrong.size + twice.size === 0) return found
  for (const { password } of found) password.wipe()
  return wrong.size > 0
    ? `8–30 letters, digits and underscores, not: ${named([...wrong])}`
    : `Named twice: ${named([...twice])}`
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
