import { z } from 'zod'
import { hot } from './hot.ts'
import type { Reader, Writer } from './store.ts'

/** What a restore from a backup leaves in the store, so that the time after it is told from the time it has lost. */

const floorName = 'generation-floor'

const settingNamed = hot((db: Reader, given: { name: string }) =>
  db.selectFrom('setting').select('value').where('name', '=', given.name),
)

/**
 * Every generation given out from now on is higher: none is used both before a restore and, for another change, after it.
 * 0 when the store was never restored.
 */
export async function generationFloor(db: Reader): Promise<number> {
  const [row] = (await settingNamed(db, { name: floorName })).rows
  return row === undefined ? 0 : z.int().nonnegative().parse(Number(row.value))
}

/** It only ever rises. */
export async function setGenerationFloor(tx: Writer, floor: number): Promise<void> {
  const value = String(Math.max(floor, await generationFloor(tx)))
  await tx
    .insertInto('setting')
    .values({ name: floorName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
