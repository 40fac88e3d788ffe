import pg from 'pg'
import { valueTypes } from './value-types.ts'

/** A connection for changing the schema, which may take as long as it likes. */
export function createPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 1, types: valueTypes, application_name: 'opensag schema' })
  // What breaks while nobody uses it shows at the next use.
  pool.on('error', () => {})
  return pool
}
