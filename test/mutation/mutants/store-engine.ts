import { folder } from '../mutant.ts'
import { storeCopy } from './store-copy.ts'
import { storeEnginePostgres } from './store-engine-postgres.ts'
import { storeEngineSqlite } from './store-engine-sqlite.ts'
import { storeEngineTables } from './store-engine-tables.ts'

/** Both databases, the schema, and what RAM keeps in it. */
export const storeEngine = folder('store engine', 0.85, 'packages/server/src/store', [
  ...storeCopy,
  ...storeEngineSqlite,
  ...storeEngineTables,
  ...storeEnginePostgres,
])
