import { createRun } from '../access/fingerprint-run.ts'
import { lanes } from '../access/fingerprints.ts'
import { type NonceRun, sliceOf } from '../access/nonce-set.ts'
import type { TimeSpan } from '../access/time-spans.ts'
import type { SqliteConnection } from './driver.ts'

/** Runs of nonces as rows of the database: one for thousands of them. */
export interface NonceRuns {
  all(): NonceRun[]
  /** @returns the id of the row */
  add(run: { readonly slice: TimeSpan; readonly cells: Int32Array }): number
  remove(id: number): void
  /** Removes those of which everything has expired by `now`, unread. @returns when they expired */
  removeExpired(now: number): readonly TimeSpan[]
}

export function createNonceRuns(connection: SqliteConnection): NonceRuns {
  const insert = connection.prepare('insert into nonce_run (expires_by, fingerprints) values (?, ?)')
  const remove = connection.prepare('delete from nonce_run where id = ?')
  return {
    all() {
      const rows = connection.prepare('select id, expires_by, fingerprints from nonce_run order by id').all([])
      return (rows as RunRow[]).map(({ id, expires_by, fingerprints }) => {
        return { ...createRun(cellsOf(fingerprints)), id, slice: sliceOf(expires_by) }
      })
    },
    add({ slice, cells }) {
      const bytes = new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength)
      return Number(insert.run([slice.to, bytes]).lastInsertRowid)
    },
    remove: (id) => void remove.run([id]),
    removeExpired(now) {
      const expired = connection.prepare('select id, expires_by from nonce_run where expires_by < ?').all([now])
      return (expired as RunRow[]).map(({ id, expires_by }) => {
        remove.run([id])
        return sliceOf(expires_by)
      })
    },
  }
}

interface RunRow {
  readonly id: number
  readonly expires_by: number
  readonly fingerprints: Uint8Array
}

/** @throws when it is damaged: what is left of it would let in what the rest keeps out */
function cellsOf(bytes: Uint8Array): Int32Array {
  const each = lanes * Int32Array.BYTES_PER_ELEMENT
  if (bytes.length % each !== 0) throw new Error('The used nonces of the store are damaged.')
  const own = bytes.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice()
  return new Int32Array(own.buffer, own.byteOffset, own.length / Int32Array.BYTES_PER_ELEMENT)
}
