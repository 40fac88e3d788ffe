import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import { markRestoredSuite } from './mark-restored.suite.ts'

markRestoredSuite(async () => {
  const folder = temporaryFolder()
  return { open: () => openSqliteStore({ folder }), remove: async () => {} }
})
