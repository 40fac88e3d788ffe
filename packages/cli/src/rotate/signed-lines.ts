import { createHash } from 'node:crypto'

/** Signs text, or checks that it was signed. */
export interface LineKey {
  sign(text: string): string
  verify(text: string, signature: string): boolean
}

export interface LineRecord {
  readonly kind: string
}

/** Where the next line of a file goes on. */
export interface LinePosition {
  readonly line: number
  /** Of the line before. */
  readonly previous: string
}

export const firstLine: LinePosition = { line: 1, previous: '' }

/** What is wrong with a file of signed lines, and in which line. */
export class BrokenLines extends Error {
  override readonly name = 'BrokenLines'
}

/**
 * One line: a JSON object with its number, the SHA-256 of the whole line before, and last the signature of everything
 * before it. A line that was changed, left out, added or moved is therefore found, and so is one of another file.
 */
export function signLine<T extends LineRecord>(
  record: T,
  { line, previous }: LinePosition,
  key: Pick<LineKey, 'sign'>,
): { readonly text: string; readonly next: LinePosition } {
  const signed = JSON.stringify({ line, previous, ...record }).slice(0, -1)
  const text = `${signed},"signature":"${key.sign(signed)}"}`
  return { text, next: { line: line + 1, previous: digest(text) } }
}

const signature = /^(.*),"signature":"([A-Za-z0-9_-]+)"\}$/s

export interface ReadLines<T> {
  readonly records: readonly T[]
  readonly next: LinePosition
  /** Bytes of whole lines; what follows was being written when its writer ended. */
  readonly whole: number
}

/** What a line of a growing file says besides its record: this many lines were on disk when it was signed. */
export interface Durable {
  readonly durable: number
}

/**
 * @param grows whether the file was appended to line by line, so that a power cut can have torn its end
 * @throws BrokenLines
 */
export function readLines<T extends LineRecord>(
  content: Buffer,
  key: Pick<LineKey, 'verify'>,
  grows: boolean,
): ReadLines<T> {
  const records: T[] = []
  let next = firstLine
  let whole = 0
  for (let end = content.indexOf(0x0a); end >= 0; end = content.indexOf(0x0a, whole)) {
    const text = content.toString('utf8', whole, end)
    try {
      records.push(openLine<T>(text, next, key))
    } catch (error) {
      if (grows && isOfTornWrite(content.subarray(whole), next.line, key)) break
      throw error
    }
    next = { line: next.line + 1, previous: digest(text) }
    whole = end + 1
  }
  return { records, next, whole }
}

/**
 * Whether a power cut can have broken the line this begins with. Lines that are written together reach the disk in any
 * order and in parts, so a broken one may stand before whole ones; but nobody was told that any of them is on disk. A
 * line that says the broken one was durable shows that somebody changed it, and so does one that says nothing about it.
 */
function isOfTornWrite(tail: Buffer, line: number, key: Pick<LineKey, 'verify'>): boolean {
  if (line === 1) return false
  const durable = tail
    .toString('utf8')
    .split('\n')
    .flatMap((text) => {
      const signed = signedPart(text, key)
      return signed === undefined ? [] : [(JSON.parse(signed) as Partial<Durable>).durable]
    })
  return durable.every((count) => count !== undefined && count < line)
}

/** The object that was signed, without its signature; undefined when it was not signed with this key. */
function signedPart(text: string, key: Pick<LineKey, 'verify'>): string | undefined {
  const [, signed, given] = signature.exec(text) ?? []
  return signed !== undefined && given !== undefined && key.verify(signed, given) ? `${signed}}` : undefined
}

function openLine<T>(text: string, { line, previous }: LinePosition, key: Pick<LineKey, 'verify'>): T {
  const signed = signedPart(text, key)
  if (signed === undefined) throw new BrokenLines(`Line ${line} was not signed with this key, or was changed.`)
  const record = JSON.parse(signed) as { readonly line: number; readonly previous: string } & T
  if (record.line !== line || record.previous !== previous) {
    throw new BrokenLines(`Line ${line} does not follow the line before it: lines were removed, added or moved.`)
  }
  return record
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
