import { afterAll } from 'vitest'
import { dropDatabases } from '../../packages/server/src/store/testing/database.suite.ts'

// Registered before the hooks of the file itself, hence run after them.
afterAll(dropDatabases)
