import type { Reader, Writer } from '../store.ts'

/** What one name has taken at one node since that node started. */
export interface PaceUse {
  readonly kind: 'source' | 'user'
  readonly name: string
  readonly taken: number
}

/** What a process has told under this name: another one after each start. */
export type Run = string

export async function notePaceUses(tx: Writer, run: Run, uses: readonly PaceUse[], at: number): Promise<void> {
  if (uses.length === 0) return
  await tx
    .insertInto('pace_use')
    .values(uses.map(({ kind, name, taken }) => ({ run, kind, name, taken, at })))
    .onConflict((conflict) =>
      conflict
        .columns(['run', 'kind', 'name'])
        .doUpdateSet((eb) => ({ taken: eb.ref('excluded.taken'), at: eb.ref('excluded.at') })),
    )
    .execute()
}

/** What the other processes have told. */
export async function paceUsesOfOthers(db: Reader, run: Run): Promise<readonly (PaceUse & { readonly run: Run })[]> {
  return db.selectFrom('pace_use').select(['run', 'kind', 'name', 'taken']).where('run', '<>', run).execute()
}

export async function forgetPaceUses(tx: Writer, before: number): Promise<void> {
  await tx.deleteFrom('pace_use').where('at', '<', before).execute()
}
