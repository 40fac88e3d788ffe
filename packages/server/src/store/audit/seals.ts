import { readSetting, writeSetting } from '../settings.ts'
import type { Reader, Store, Writer } from '../store.ts'
import {
  type Anchor,
  beginSegment,
  isGenuineHead,
  type Seal,
  type SignedHead,
  signedAnchor,
  signedHead,
  signedSeal,
  type TrailRow,
} from './chain.ts'
import { lastSealOf, type TrailPartition } from './partitions.ts'
import type { SealKey } from './seal-key.ts'

/** Entries one seal is about at most: what is deleted, and what is known to be wrong, at a time. */
export const mostOfASeal = 1000
/** Entries that are read and hashed before others get their turn. */
const chunk = 250

const anchorSetting = 'audit_anchor'
const headSetting = 'audit_head'

export async function anchorOf(db: Reader): Promise<Anchor | undefined> {
  const text = await readSetting(db, anchorSetting)
  return text === undefined ? undefined : (JSON.parse(text) as Anchor)
}

/** As it is stored, whoever wrote it; undefined when there is none. */
export async function headOf(db: Reader): Promise<SignedHead | undefined> {
  const text = await readSetting(db, headSetting)
  return text === undefined ? undefined : (JSON.parse(text) as SignedHead)
}

export function lastSeal(db: Reader): Promise<Seal | undefined> {
  return db.selectFrom('audit_seal').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst()
}

export function sealsAfter(db: Reader, number: number, size: number): Promise<readonly Seal[]> {
  return db.selectFrom('audit_seal').selectAll().where('number', '>', number).orderBy('number').limit(size).execute()
}

/** Rows as they are stored, from behind `after` (undefined: from the lowest number there is) up to `upTo`. */
export async function trailRows(
  db: Reader,
  { after, upTo, size }: { readonly after: number | undefined; readonly upTo: number; readonly size: number },
): Promise<readonly TrailRow[]> {
  let rows = db.selectFrom('audit_event').selectAll().where('id', '<=', upTo)
  if (after !== undefined) rows = rows.where('id', '>', after)
  return (await rows.orderBy('id').limit(size).execute()) as unknown as readonly TrailRow[]
}

export interface Sealing {
  readonly store: Store
  readonly sealKey: SealKey
  readonly wallClock: () => number
  /** Resolves when everything that is ready has run. */
  readonly turn: () => Promise<void>
  /** The highest number this server has given out: what somebody takes away behind its back is missed. */
  highest: number
}

/**
 * Seals the oldest entries that have no seal. Reads them beside the calls that add to the trail: hashing is no part of a
 * call, and an entry costs a call nothing more than before.
 *
 * @param atLeast how many must wait, or nothing is sealed
 * @returns how many it sealed
 */
export async function sealOldest(sealing: Sealing, atLeast: number): Promise<number> {
  const { store, sealKey, wallClock, turn } = sealing
  const settled = await store.auditSettledTo()
  // Of one moment: a head that is newer than the seal before would give this seal the number after another one.
  const { before, head } = await store.read(async (db) => ({
    before: await endOf(db),
    head: await headOf(db),
  }))
  const segment = beginSegment(before)
  let after = before?.last_id ?? 0
  if (settled - after < atLeast) return 0
  for (let read = 0; read < mostOfASeal; read += chunk) {
    const rows = await store.read((db) => trailRows(db, { after, upTo: settled, size: chunk }))
    for (const row of rows) segment.add(row)
    after = rows.at(-1)?.id ?? after
    if (rows.length < chunk || after >= settled) break
    await turn()
  }
  const facts = segment.facts()
  if (facts === undefined) return 0
  const number = Math.max(before?.number ?? 0, knownNumber(sealing, head)) + 1
  const seal = signedSeal({ number, ...facts, sealed_at: wallClock(), key_id: sealKey.id }, sealKey.key)
  if (await store.write((tx) => addSeal(tx, seal, { before, sealKey }))) sealing.highest = number
  // Also where another node was first: what it sealed is sealed.
  return facts.entries
}

/** Seals that are missing leave a gap in the numbers for ever, instead of being made anew over other entries. */
function knownNumber({ sealKey, highest }: Sealing, head: SignedHead | undefined): number {
  // One that says nothing new is not looked at: to verify a signature costs as much as to hash a hundred entries.
  if (head === undefined || head.number <= highest) return highest
  return isGenuineHead(head, sealKey.key.publicKey) ? head.number : highest
}

/**
 * Adds a seal to the one it was made for. Another node may have sealed these entries meanwhile, and may even have deleted
 * its seals since: a number that is free proves nothing. @returns whether it was added
 */
async function addSeal(
  tx: Writer,
  seal: Seal,
  { before, sealKey: { key } }: { readonly before: Seal | Anchor | undefined; readonly sealKey: SealKey },
): Promise<boolean> {
  if ((await endOf(tx))?.signature !== before?.signature) return false
  await tx.insertInto('audit_seal').values(seal).execute()
  await writeSetting(tx, headSetting, JSON.stringify(signedHead(seal, key)))
  return true
}

/** Where the sealed part of the trail ends; undefined when nothing was ever sealed. */
async function endOf(db: Reader): Promise<Seal | Anchor | undefined> {
  return (await lastSeal(db)) ?? anchorOf(db)
}

/**
 * Deletes the entries of one seal, and the seal, and signs where the trail begins now: all of it or nothing. Nothing
 * unless it is still the oldest: a node that stood still would otherwise set back where another node let the trail begin.
 */
export async function forgetSealed(tx: Writer, seal: Seal, at: number, sealKey: SealKey): Promise<void> {
  const [oldest] = await sealsAfter(tx, 0, 1)
  if (oldest?.signature !== seal.signature) return
  await beginBehind(tx, seal, { from: 0, at, sealKey })
}

/**
 * The same for a partition that is dropped in the same transaction: of what its last seal is about, entries of the next partition are deleted.
 *
 * @param last of the seals that are about it, as it was found
 * @returns false, and nothing was done, unless that is so still
 */
export async function forgetPartition(
  tx: Writer,
  partition: Pick<TrailPartition, 'end'>,
  last: Seal | undefined,
  { at, sealKey }: { readonly at: number; readonly sealKey: SealKey },
): Promise<boolean> {
  if ((await lastSealOf(tx, partition))?.signature !== last?.signature) return false
  // Without any seal nothing is known of what is in it.
  if ((await lastSeal(tx)) === undefined) return false
  if (last !== undefined) await beginBehind(tx, last, { from: partition.end, at, sealKey })
  return true
}

async function beginBehind(
  tx: Writer,
  seal: Seal,
  { from, at, sealKey: { key, id } }: { readonly from: number; readonly at: number; readonly sealKey: SealKey },
): Promise<void> {
  await tx.deleteFrom('audit_event').where('id', '>=', from).where('id', '<=', seal.last_id).execute()
  await tx.deleteFrom('audit_seal').where('number', '<=', seal.number).execute()
  await writeSetting(tx, anchorSetting, JSON.stringify(signedAnchor(seal, at, id, key)))
}
