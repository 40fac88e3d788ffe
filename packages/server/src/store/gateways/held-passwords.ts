import { sql } from 'kysely'
import { z } from 'zod'
import { compiledQuery, compiledRow } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'

/** Which password each gateway has proved to hold. docs/password-protocol.md, "Who keeps what". */

const content = z.strictObject({
  changeId: z.string(),
  /** The sealing key of the box that proved it. */
  sealKey: z.string(),
  /** Its hash, which only that box can open; one of 0.1.0 leaves none. */
  deposit: z.string().optional(),
  /** Absent: the row's. The row's never falls, this one does when the operator takes a change back. */
  generation: z.int().nonnegative().optional(),
})

export type HeldPassword = Readonly<z.infer<typeof content>> & { readonly generation: number }

const hold = compiledQuery((tx: Writer, given: { serial: string; held: string; generation: number; at: number }) =>
  tx
    .updateTable('device')
    .set({
      password_held: given.held,
      password_generation: sql<number>`case when password_generation < ${given.generation} then ${given.generation} else password_generation end`,
      password_set: 1,
      password_changed_at: given.at,
    })
    .where('serial', '=', given.serial),
)

/** The gateway has proved that it accepts the password of this change and only it; `at`: since when, in milliseconds. */
export async function saveHeldPassword(tx: Writer, serial: string, held: HeldPassword, at: number): Promise<void> {
  await hold(tx, { serial, held: JSON.stringify(held), generation: held.generation, at })
}

/** The last change that succeeded; undefined before the first. */
export async function findHeldPassword(db: Reader, serial: string): Promise<HeldPassword | undefined> {
  return (await findPasswords(db, serial)).held
}

export interface Passwords {
  readonly held: HeldPassword | undefined
  /** What it held before the store learnt of a later change. */
  readonly aside: HeldPassword | undefined
  /** The change the operator has ordered to be taken back. */
  readonly takenBack: string | undefined
}

const passwordsBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .select(['password_held', 'password_generation', 'password_aside', 'password_taken_back'])
    .where('serial', '=', given.serial),
)

export async function findPasswords(db: Reader, serial: string): Promise<Passwords> {
  const row = await passwordsBySerial(db, { serial })
  if (row === undefined) return { held: undefined, aside: undefined, takenBack: undefined }
  function read(text: string | null): HeldPassword | undefined {
    if (text === null) return undefined
    const { generation = row?.password_generation ?? 0, ...rest } = content.parse(JSON.parse(text))
    return { ...rest, generation }
  }
  return {
    held: read(row.password_held),
    aside: read(row.password_aside),
    takenBack: row.password_taken_back ?? undefined,
  }
}

/** The store was rolled back and learns of this change from its gateway; what it knew until now is kept aside. */
export async function adoptHeldPassword(tx: Writer, serial: string, adopted: HeldPassword, at: number): Promise<void> {
  const before = await findHeldPassword(tx, serial)
  await tx
    .updateTable('device')
    .set({ password_aside: before === undefined ? null : JSON.stringify(before) })
    .where('serial', '=', serial)
    .execute()
  await saveHeldPassword(tx, serial, adopted, at)
}

async function decidedAt(db: Reader, changeId: string): Promise<number | null | undefined> {
  const change = await db
    .selectFrom('password_change')
    .select('decided_at')
    .where('id', '=', changeId)
    .executeTakeFirst()
  return change?.decided_at
}

/** What was kept aside is the last change again. Answers the two changes; undefined when nothing is kept aside. */
export async function takePasswordBack(
  tx: Writer,
  serial: string,
): Promise<{ readonly takenBack: string; readonly inForce: string } | undefined> {
  const { held, aside } = await findPasswords(tx, serial)
  if (held === undefined || aside?.deposit === undefined || aside.sealKey !== held.sealKey) return undefined
  await tx
    .updateTable('device')
    .set({ password_aside: null, password_taken_back: held.changeId })
    .where('serial', '=', serial)
    .execute()
  await saveHeldPassword(tx, serial, aside, (await decidedAt(tx, aside.changeId)) ?? 0)
  return { takenBack: held.changeId, inForce: aside.changeId }
}
