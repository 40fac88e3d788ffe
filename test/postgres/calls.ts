import { setImmediate } from 'node:timers/promises'
import { expect } from 'vitest'
import { blankInstance } from '../../packages/server/src/model/lifecycle-start.ts'
import type { AuditEntry } from '../../packages/server/src/store/audit/audit.ts'
import { compiledRow } from '../../packages/server/src/store/compiled-query.ts'
import { OutcomeUnknown, StoreUnavailable } from '../../packages/server/src/store/errors.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { updateInstance } from '../../packages/server/src/store/fleet/instance-update.ts'
import { findInstance } from '../../packages/server/src/store/fleet/lookups.ts'
import type { Reader, Store, Writer } from '../../packages/server/src/store/store.ts'

/** What became of calls: every one has an answer. */
export interface Answers {
  /** Request ids of calls that were told that they were done, by row. */
  readonly done: Map<string, string[]>
  /** Told that nothing was done. */
  readonly notDone: string[]
  /** Told that nobody knows. */
  readonly unknown: string[]
  readonly recorded: string[]
  readonly freshNonces: string[]
}

export function newAnswers(): Answers {
  return { done: new Map(), notDone: [], unknown: [], recorded: [], freshNonces: [] }
}

const rowByName = compiledRow((db: Reader, given: { name: string }) =>
  db.selectFrom('setting').select('value').where('name', '=', given.name),
)

export async function addRows(store: Store, rows: number): Promise<void> {
  const values = Array.from({ length: rows }, (_, row) => ({ name: `row ${row}`, value: '0' }))
  await store.write(async (tx) => {
    await tx.insertInto('setting').values(values).execute()
    await tx.insertInto('account').values({ id: '1', name: 'a', created_at: 0 }).execute()
    const fleet = createFleet(tx)
    for (const { name } of values) {
      await fleet.addInstance(blankInstance({ id: name, orderId: name, kind: 'app', userCount: 0 }))
    }
  })
}

/** One more than was read, decided here: an update that gets lost or is made twice shows in the sum. */
async function addOne(tx: Writer, name: string): Promise<void> {
  const value = String(Number((await rowByName(tx, { name }))?.value) + 1)
  await tx.updateTable('setting').set({ value }).where('name', '=', name).execute()
}

/** The same in the row of an instance. */
async function addOneInstance(tx: Writer, id: string): Promise<void> {
  const user_count = ((await findInstance(tx, id))?.userCount ?? Number.NaN) + 1
  await updateInstance(tx, { user_count }, { rowId: id })
}

/** A change of a row, in order or merged with others. */
function change(store: Store, name: string, kind: number, requestId: string): Promise<void> {
  const audit = (): AuditEntry => entry(requestId)
  if (kind < 0.6) return store.writeAudited((tx) => addOneInstance(tx, name), audit, { instance: name })
  return store.writeAudited((tx) => (kind < 0.7 ? addOneInstance : addOne)(tx, name), audit)
}

export const entry = (requestId: string): AuditEntry => ({
  at: 1,
  accountId: '1',
  principal: 'p',
  principalId: '1',
  accessKeyId: 'k',
  source: '127.0.0.1',
  product: 'p',
  action: 'a',
  level: 'Write',
  regionId: undefined,
  resources: [],
  outcome: undefined,
  requestId,
})

/** Calls one after the other as long as `goesOn`: a nonce, then a change with its record or a record alone. */
export async function call(
  store: Store,
  caller: string,
  answers: Answers,
  { rows, random, goesOn }: { rows: number; random: () => number; goesOn: (made: number) => boolean },
): Promise<void> {
  for (let made = 0; goesOn(made); made++) {
    const requestId = `${caller} ${made}`
    const name = `row ${Math.floor(random() * rows)}`
    try {
      const burn = await store.burnNonce({ accessKeyId: 'k', nonce: requestId, expiresAt: 1 })
      expect(burn.fresh, `nonce ${requestId}`).toBe(true)
      answers.freshNonces.push(requestId)
      if (random() < 0.3) {
        await store.record(entry(`record ${requestId}`))
        answers.recorded.push(`record ${requestId}`)
        continue
      }
      await change(store, name, random(), requestId)
      answers.done.set(name, [...(answers.done.get(name) ?? []), requestId])
    } catch (error) {
      if (error instanceof StoreUnavailable) answers.notDone.push(requestId)
      else if (error instanceof OutcomeUnknown) answers.unknown.push(requestId)
      else throw error
      await setImmediate()
    }
  }
}

/** Nothing acknowledged is lost, nothing is there twice, and nothing of what was said not to be done. */
export async function expectTrue(store: Store, answers: Answers): Promise<void> {
  const { values, counts, trail } = await store.read(async (db) => ({
    values: await db.selectFrom('setting').select('value').execute(),
    counts: await db.selectFrom('instance').select('user_count as value').execute(),
    trail: await db.selectFrom('audit_event').select('request_id').execute(),
  }))
  const ids = trail.map((row) => row.request_id)
  const there = new Set(ids)
  expect(ids.length, 'no entry twice').toBe(there.size)
  const done = [...answers.done.values()].flat()
  expect(
    [...done, ...answers.recorded].filter((id) => !there.has(id)),
    'acknowledged and lost',
  ).toEqual([])
  expect(
    answers.notDone.filter((id) => there.has(id) || there.has(`record ${id}`)),
    'done, and said not to be',
  ).toEqual([])
  const unknownDone = answers.unknown.filter((id) => there.has(id)).length
  const sum = [...values, ...counts].reduce((total, { value }) => total + Number(value), 0)
  expect(sum, 'each change once').toBe(done.length + unknownDone)
  for (const requestId of answers.freshNonces.slice(-200)) {
    const again = await store.burnNonce({ accessKeyId: 'k', nonce: requestId, expiresAt: 1 })
    expect(again.fresh, `nonce ${requestId} twice`).toBe(false)
  }
}
