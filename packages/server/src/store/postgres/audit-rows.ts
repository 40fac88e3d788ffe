import { type AuditEntry, type AuditRow, auditRow } from '../audit/audit.ts'

const types = {
  at: 'bigint',
  account_id: 'text',
  principal: 'text',
  principal_id: 'text',
  access_key_id: 'text',
  source: 'text',
  product: 'text',
  action: 'text',
  level: 'text',
  region_id: 'text',
  resources: 'text',
  outcome: 'text',
  request_id: 'text',
  times: 'bigint',
  first_at: 'bigint',
  details: 'text',
  through: 'text',
} as const satisfies { readonly [column in keyof AuditRow]: 'bigint' | 'text' }

const columns = Object.keys(types) as (keyof AuditRow)[]

/** The statement that adds any number of entries, whose columns are its parameters from number `first` on. */
export function appendAllText(first: number): string {
  const arrays = columns.map((column, index) => `$${first + index}::${types[column]}[]`)
  return `insert into audit_event (${columns.join(', ')}) select * from unnest(${arrays.join(', ')}) as entry`
}

export function columnsOf(entries: readonly AuditEntry[]): readonly unknown[] {
  const rows = entries.map(auditRow)
  return columns.map((column) => rows.map((row) => row[column]))
}
