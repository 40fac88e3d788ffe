import { test } from 'vitest'
import { filesOnBothDatabases } from '../support/both-databases.ts'

// Runs in place of the files that run on PostgreSQL, where there is none.
for (const file of filesOnBothDatabases()) {
  test.skip(`${file} on PostgreSQL (enable with: apt-get install -y postgresql)`, () => {})
}
