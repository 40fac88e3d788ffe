import { join } from 'node:path'
import { expect, test } from 'vitest'
import { notPassed, runTestsOf } from '../support/inner-run.ts'
import { limit } from '../support/time.ts'
import { zones } from './vitest.config.ts'

test(
  `in ${zones.join(', ')} everything about dates comes out the same`,
  async () => {
    const files = await runTestsOf(join(import.meta.dirname, 'vitest.config.ts'))
    expect(notPassed(files)).toEqual([])
    expect(files.filter(({ name }) => name.endsWith('zone.suite.ts'))).toHaveLength(zones.length)
  },
  limit(300_000),
)
