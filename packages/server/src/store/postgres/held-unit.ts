import type { CompiledQuery, QueryResult } from 'kysely'
import { isOfHeldRow } from '../compiled-query.ts'
import { OutsideUnitOfWork, UndeclaredTouch } from '../errors.ts'
import type { HeldRows } from './held-rows.ts'
import { kyselyOn, type Unit } from './unit.ts'

/** What a work has that keeps to one row: its queries are answered from memory, and its changes are made there. */
export interface HeldUnit extends Pick<Unit, 'db' | 'lastActive' | 'isWaiting' | 'close'> {
  /** Before a work that keeps to this instance. */
  open(rows: HeldRows, id: string): void
  /** Set when the work asked for what it does not keep to: nothing it was told or has done counts. */
  stray(): UndeclaredTouch | undefined
}

export function createHeldUnit(clock: () => number): HeldUnit {
  let rows: HeldRows | undefined
  let [id, active] = ['', 0]
  let stray: UndeclaredTouch | undefined

  async function run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (rows === undefined) throw new OutsideUnitOfWork()
    if (!isOfHeldRow(query, id)) {
      stray ??= new UndeclaredTouch(`the instance ${id}`, query.sql)
      throw stray
    }
    const { onHeldRow, given } = query
    if ('columns' in onHeldRow) {
      return { numAffectedRows: rows.change(id, onHeldRow.columns, given) ? 1n : 0n, rows: [] }
    }
    const row = rows.get(id)
    return { rows: row === undefined ? [] : [onHeldRow.read(row) as R] }
  }

  return {
    db: kyselyOn(run),
    open(those, one) {
      ;[rows, id, active, stray] = [those, one, clock(), undefined]
    },
    stray: () => stray,
    lastActive: () => active,
    isWaiting: () => false,
    close() {
      rows = undefined
    },
  }
}
