import { describe } from 'vitest'
import { openHarness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import { testKeptTexts, testTexts } from '../../packages/server/src/apis/testing/texts.suite.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

describe.skipIf(postgresBin === undefined)(
  'texts in a PostgreSQL store (enable with: apt-get install -y postgresql)',
  () => {
    const server = serverOfTests()

    async function open() {
      const { url } = await server.newDatabase()
      return openHarness(() => openPostgresStore({ connectionString: url }))
    }
    testTexts(open)
    testKeptTexts(open)
  },
)
