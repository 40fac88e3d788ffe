import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secret } from '@opensag/protocol'

/** How long a code counts (RFC 6238). */
const stepMs = 30_000
/** Steps a device may be ahead or behind: a code takes a while to type, and clocks differ (RFC 6238, 5.2). */
const tolerance = 1
const digits = 6

/** The bytes of a seed as it is kept: hexadecimal. */
export function seedBytes(seed: Secret): Buffer {
  return Buffer.from(seed.reveal(), 'hex')
}

/** The six digits of one step of time (RFC 6238 with HMAC-SHA-1, what every authenticator takes). */
export function codeOfStep(seed: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', seed).update(counter).digest()
  const offset = (hash.at(-1) as number) & 0xf
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0')
}

export function stepAt(at: number): number {
  return Math.floor(at / stepMs)
}

/**
 * The step whose code this is, if it is one of now. Never one up to `after`: a code counts once.
 */
export function stepOfCode(seed: Buffer, code: string, at: number, after: number): number | undefined {
  const now = stepAt(at)
  for (let step = Math.max(0, now - tolerance, after + 1); step <= now + tolerance; step += 1) {
    if (isSame(codeOfStep(seed, step), code)) return step
  }
  return undefined
}

/** The step of the second of two codes that follow one another, the later of which is one of now: whoever shows both has the seed. */
export function stepOfTwoCodes(
  seed: Buffer,
  [first, second]: readonly [string, string],
  { at, after }: { readonly at: number; readonly after: number },
): number | undefined {
  const later = stepOfCode(seed, second, at, after + 1)
  if (later === undefined) return undefined
  return stepOfCode(seed, first, (later - 1) * stepMs, later - 2) === later - 1 ? later : undefined
}

/** As authenticators read it: whose it is, what for, and the seed; digits and time step are the usual ones. */
export function authenticatorUri(device: string, accountId: string, seed: Buffer): string {
  return `otpauth://totp/OpenSAG:${encodeURIComponent(`${device}@${accountId}`)}?secret=${base32(seed)}&issuer=OpenSAG`
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const base32Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, without padding: how authenticators take a seed that is typed. */
export function base32(bytes: Buffer): string {
  let [text, bits, held] = ['', 0, 0]
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += base32Digits[(held >> bits) & 31]
    }
  }
  return bits === 0 ? text : text + base32Digits[(held << (5 - bits)) & 31]
}
