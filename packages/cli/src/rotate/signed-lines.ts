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
export function signLine(
  record: LineRecord,
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
  /** Bytes of whole lines; what follows is one that was being written when its writer ended. */
  readonly whole: number
}

/** @throws BrokenLines */
export function readLines<T extends LineRecord>(content: Buffer, key: Pick<LineKey, 'verify'>): ReadLines<T> {
  const whole = content.lastIndexOf(0x0a) + 1
  const lines = content.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
  const records: T[] = []
  let next = firstLine
  for (const text of lines) {
    records.push(openLine<T>(text, next, key))
    next = { line: next.line + 1, previous: digest(text) }
  }
  return { records, next, whole }
}

function openLine<T>(text: string, { line, previous }: LinePosition, key: Pick<LineKey, 'verify'>): T {
  const [, signed, given] = signature.exec(text) ?? []
  if (signed === undefined || given === undefined) throw new BrokenLines(`Line ${line} is not a signed line.`)
  if (!key.verify(signed, given)) throw new BrokenLines(`Line ${line} was not signed with this key, or was changed.`)
  const record = JSON.parse(`${signed}}`) as { readonly line: number; readonly previous: string } & T
  if (record.line !== line || record.previous !== previous) {
    throw new BrokenLines(`Line ${line} does not follow the line before it: lines were removed, added or moved.`)
  }
  return record
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
