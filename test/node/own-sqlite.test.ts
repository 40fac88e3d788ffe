import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nodeOf } from '../../scripts/support/nodes.js'
import { root, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'

const { node, isThere, installCommand } = nodeOf('24')
const title = isThere ? 'with the SQLite of Node 24' : `with the SQLite of Node 24 (enable with: ${installCommand})`

interface Report {
  readonly success: boolean
  readonly numPassedTests: number
}

describe.skipIf(!isThere)(title, () => {
  test(
    'the driver, the store on disk and the backups pass the tests that they pass with libsql',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'opensag-own-sqlite-'))
      try {
        const report = join(folder, 'report.json')
        const store = 'packages/server/src/store/sqlite'
        const files = ['driver', 'open', 'group-commit', 'database-file', 'folder-lock', 'crash', 'constraints']
        const { errors } = await runToEnd(node, [
          join(root, 'node_modules/vitest/vitest.mjs'),
          'run',
          ...files.map((name) => `${store}/${name}.test.ts`),
          'packages/server/src/backup/restore-backup.test.ts',
          '--reporter=json',
          `--outputFile.json=${report}`,
        ])
        const { success, numPassedTests } = JSON.parse(await readFile(report, 'utf8')) as Report
        expect({ success, errors: success ? '' : errors }).toEqual({ success: true, errors: '' })
        expect(numPassedTests).toBeGreaterThan(150)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    limit(600_000),
  )

  test(
    'a data folder goes from one Node to the other and back, with all that was written',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'opensag-own-sqlite-'))
      try {
        const seen: unknown[] = []
        for (const [turn, program] of [process.execPath, node, process.execPath, node].entries()) {
          const { code, output, errors } = await runToEnd(program, [
            '--input-type=module',
            '-e',
            `const { openSqliteStore } = await import(process.argv[1])
             const store = await openSqliteStore({ folder: process.argv[2] })
             await store.write((tx) => tx.insertInto('setting').values({ name: process.argv[3], value: '✓' }).execute())
             const rows = await store.read((db) => db.selectFrom('setting').select('name').orderBy('name').execute())
             console.log(JSON.stringify(rows.map(({ name }) => name)))
             // Once as a program that ends, once as one that is killed: its log is the other's to read.
             if (process.argv[3] === 'turn-1') process.kill(process.pid, 'SIGKILL')
             await store.close()`,
            join(root, 'packages/server/dist/store/sqlite/open.js'),
            folder,
            `turn-${turn}`,
          ])
          expect({ code, errors }).toEqual({ code: turn === 1 ? null : 0, errors: '' })
          seen.push(JSON.parse(output))
        }
        const turns = ['turn-0', 'turn-1', 'turn-2', 'turn-3']
        expect(seen).toEqual(turns.map((_, turn) => turns.slice(0, turn + 1)))
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    limit(60_000),
  )
})
