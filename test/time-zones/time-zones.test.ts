import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'
import { zones } from './vitest.config.ts'

interface Report {
  readonly numPassedTests: number
  readonly numTotalTests: number
  readonly testResults: readonly { readonly name: string; readonly status: string }[]
}

test(
  `in ${zones.join(', ')} everything about dates comes out the same`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opensag-zones-'))
    try {
      const file = join(folder, 'report.json')
      const program = join(root, 'node_modules/vitest/vitest.mjs')
      const config = join(import.meta.dirname, 'vitest.config.ts')
      const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const { code, output, errors } = await runToEnd(
        process.execPath,
        [program, 'run', '--config', config, ...reports],
        { environment: { NO_COLOR: '1' } },
      )
      expect(code, `${output.slice(-8000)}\n${errors.slice(-2000)}`).toBe(0)
      const { numPassedTests, numTotalTests, testResults } = JSON.parse(await readFile(file, 'utf8')) as Report
      expect(numPassedTests).toBe(numTotalTests)
      expect(testResults.filter(({ name }) => name.endsWith('zone.suite.ts'))).toHaveLength(zones.length)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
  limit(300_000),
)
