import { type AuditEntry, type AuditRow, auditRow } from '../audit/audit.ts'
import type { SqliteConnection, SqliteStatement } from './driver.ts'

/** In the order they are written. */
const columns = [
  'at',
  'account_id',
  'principal',
  'principal_id',
  'access_key_id',
  'source',
  'product',
  'action',
  'level',
  'region_id',
  'resources',
  'outcome',
  'request_id',
  'times',
  'first_at',
  'details',
  'through',
] as const satisfies readonly (keyof AuditRow)[]

/**
 * Adds to the audit trail on the connection itself. Every call does it, and as a unit of work of its own it would cost
 * three times as much.
 */
export function createAuditAppender(connection: SqliteConnection): (entry: AuditEntry) => void {
  const places = columns.map(() => '?').join(', ')
  let statement: SqliteStatement | undefined
  return (entry) => {
    statement ??= connection.prepare(`insert into audit_event (${columns.join(', ')}) values (${places})`)
    const row = auditRow(entry)
    statement.run(columns.map((column) => row[column]))
  }
}
