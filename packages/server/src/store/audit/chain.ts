import { createHash } from 'node:crypto'
import { isSignedBy, type KeyPair, signWith } from '@opensag/protocol'
import type { AuditSealTable } from './tables.ts'

/** A row of the trail as it is stored: column by column, those of later versions too. */
export type TrailRow = Readonly<Record<string, unknown>> & { readonly id: number; readonly at: number }

export type Seal = Readonly<AuditSealTable>

/** What a seal says before it is signed. */
export type SealFacts = Omit<Seal, 'signature'>

/** The hash of a trail without entries. */
export const beginning = Buffer.alloc(32).toString('base64url')

/** Bytes a seal adds to what the trail takes on disk. */
const sealBytes = 300

/**
 * One text for one row, whichever database it comes from. Columns without a value are left out: a column that a later
 * version adds changes nothing of the rows before it, and is covered in those after it.
 */
export function canonicalRow(row: TrailRow, columns: readonly string[] = columnsOf(row)): string {
  const kept: Record<string, unknown> = {}
  for (const column of columns) if (row[column] !== null) kept[column] = row[column]
  return JSON.stringify(kept)
}

/** In the order in which the text has them. */
function columnsOf(row: TrailRow): readonly string[] {
  return Object.keys(row).sort()
}

/** Follows rows in the order of their numbers. */
export interface Segment {
  add(row: TrailRow): void
  /** What is known of the rows so far; undefined without any. */
  facts(): Pick<Seal, 'first_id' | 'last_id' | 'entries' | 'total_bytes' | 'newest_at' | 'hash'> | undefined
}

/** The rows after a seal, or those of a trail from its beginning. */
export function beginSegment(before: Pick<Seal, 'hash' | 'total_bytes'> | undefined): Segment {
  let hash = Buffer.from(before?.hash ?? beginning, 'base64url')
  let bytes = before?.total_bytes ?? 0
  let first: number | undefined
  /** Alike in all rows that one program reads; to sort them for each was a tenth of the work. */
  let columns: readonly string[] | undefined
  let [last, entries, newest] = [0, 0, Number.NEGATIVE_INFINITY]
  return {
    add(row) {
      columns ??= columnsOf(row)
      const text = canonicalRow(row, columns)
      hash = createHash('sha256').update(hash).update(text).digest()
      bytes += Buffer.byteLength(text)
      first ??= row.id
      last = row.id
      entries += 1
      newest = Math.max(newest, row.at)
    },
    facts() {
      if (first === undefined) return undefined
      const total = { total_bytes: bytes + sealBytes, newest_at: newest, hash: hash.toString('base64url') }
      return { first_id: first, last_id: last, entries, ...total }
    },
  }
}

/** Names a public key in a seal: enough to tell two keys apart, not to trust one. */
export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(publicKey).digest('base64url').slice(0, 16)
}

/** Signs facts of one kind; no signature of one kind can be shown as another. */
export function signFacts(kind: string, facts: object, key: KeyPair): string {
  return signWith(key, statement(kind, facts))
}

export function areSignedFacts(kind: string, facts: object, publicKey: string, signature: string): boolean {
  return isSignedBy(publicKey, statement(kind, facts), signature)
}

function statement(kind: string, facts: object): Buffer {
  const members = Object.entries(facts).sort(([one], [other]) => (one < other ? -1 : 1))
  return Buffer.from(`opensag audit ${kind} 1\n${JSON.stringify(Object.fromEntries(members))}`)
}

export function signedSeal(facts: SealFacts, key: KeyPair): Seal {
  return { ...facts, signature: signFacts('seal', facts, key) }
}

export function isGenuine({ signature, ...facts }: Seal, publicKey: string): boolean {
  return areSignedFacts('seal', facts, publicKey, signature)
}

/**
 * Where the trail begins after its oldest entries were deleted because of their age or the trail's size: what the last
 * deleted seal said. Its own signature tells deletion by the server from deletion by somebody else.
 */
export interface Anchor extends Pick<Seal, 'number' | 'last_id' | 'total_bytes' | 'hash' | 'key_id'> {
  readonly deleted_at: number
  readonly signature: string
}

export function signedAnchor(seal: Seal, at: number, keyId: string, key: KeyPair): Anchor {
  const { number, last_id, total_bytes, hash } = seal
  const facts = { number, last_id, total_bytes, hash, key_id: keyId, deleted_at: at }
  return { ...facts, signature: signFacts('anchor', facts, key) }
}

export function isGenuineAnchor({ signature, ...facts }: Anchor, publicKey: string): boolean {
  return areSignedFacts('anchor', facts, publicKey, signature)
}

/** Where a trail was at some time: the number of a seal and its hash. */
export interface Head {
  readonly number: number
  readonly hash: string
}

/** Kept beside the seals, and replaced with each: seals that are missing at the end are missed. */
export interface SignedHead extends Head {
  readonly signature: string
}

export function signedHead({ number, hash }: Head, key: KeyPair): SignedHead {
  return { number, hash, signature: signFacts('head', { number, hash }, key) }
}

export function isGenuineHead({ signature, ...facts }: SignedHead, publicKey: string): boolean {
  return areSignedFacts('head', facts, publicKey, signature)
}
