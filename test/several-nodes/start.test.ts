import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'
import { opensag, type Running } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { limit, until } from '../support/time.ts'

describe.skipIf(postgresBin === undefined)(
  'several servers of one database (enable with: apt-get install -y postgresql)',
  () => {
    const { run, newFolder } = programsOfEachTest()
    let postgres: PostgresServer

    beforeAll(async () => {
      postgres = await startPostgres(postgresBin ?? '')
    }, limit(120_000))
    afterAll(() => postgres?.stop(), limit(60_000))

    const start = (folder: string, ...more: readonly string[]): Running =>
      run(['server', '--data', folder, '--port', '0', ...more])
    const isFirst = (one: Running): boolean => one.output().includes('This key pair is shown once')
    /** How it ended, when it did not come to listen. */
    const outcome = (one: Running): Promise<string> =>
      until('it listens or has ended', () =>
        one.output().includes('listens on') ? 'listens' : one.child.exitCode === null ? undefined : one.output(),
      )

    test(
      'three that start at once on an empty database make one account and one schema, and all come up',
      async () => {
        const { url } = await postgres.newDatabase()
        const folders = await Promise.all(['a', 'b', 'c'].map(newFolder))
        const key = Buffer.alloc(32, 7)
        for (const folder of folders) writeFileSync(join(folder, 'master.key'), key, { mode: 0o600 })
        const nodes = folders.map((folder) => start(folder, '--database', url))
        expect(await Promise.all(nodes.map(outcome))).toEqual(['listens', 'listens', 'listens'])
        expect(nodes.filter(isFirst)).toHaveLength(1)
        // Nothing is kept in a folder that another node would need.
        expect(folders.map((folder) => existsSync(join(folder, 'opensag.db')))).toEqual([false, false, false])
      },
      limit(120_000),
    )

    test(
      'a server without the master key of the database is refused, and comes up with a copy of it',
      async () => {
        const { url } = await postgres.newDatabase()
        const one = await newFolder('one')
        const two = await newFolder('two')
        const file = join(await newFolder('url'), 'database')
        writeFileSync(file, `${url}\n`, { mode: 0o600 })
        expect(await outcome(start(one, '--database-file', file))).toBe('listens')
        expect(await outcome(start(two, '--database-file', file))).toContain('master.key is missing')
        writeFileSync(join(two, 'master.key'), Buffer.alloc(32, 1), { mode: 0o600 })
        expect(await outcome(start(two, '--database-file', file))).toContain('is not the master key of this database')
        copyFileSync(join(one, 'master.key'), join(two, 'master.key'))
        const second = start(two, '--database-file', file)
        expect(await outcome(second)).toBe('listens')
        expect(isFirst(second)).toBe(false)
        // Two servers of one folder would have one name in the database.
        expect(await outcome(start(two, '--database-file', file))).toContain('is in use by another OpenSAG')
      },
      limit(120_000),
    )

    test(
      'of two servers whose folders have one node.id the later one ends and says what to do, and the other one goes on',
      async () => {
        const { url } = await postgres.newDatabase()
        const [one, copy] = [await newFolder('one'), await newFolder('copy')]
        const first = start(one, '--database', url)
        const [, address] = await first.printed(/listens on (http:\S+)/)
        for (const file of ['master.key', 'node.id']) copyFileSync(join(one, file), join(copy, file))
        const second = start(copy, '--database', url)
        await second.printed(/listens on/)
        await until('the second one has ended', () => second.child.exitCode !== null)
        expect(second.child.exitCode).toBe(1)
        expect(second.output()).toContain('remove the file node.id in this data folder and start again')
        expect(await (await fetch(`${address}/readyz`)).text()).toContain('ready')
        rmSync(join(copy, 'node.id'))
        expect(await outcome(start(copy, '--database', url))).toBe('listens')
        await until('the first one has said so too', () => first.output().includes('its node.id was copied'))
        expect(first.child.exitCode).toBe(null)
      },
      limit(180_000),
    )

    test('a password on the command line is refused, and config check shows none', async () => {
      const url = 'postgres://sag:hidden@127.0.0.1:1/sag'
      const folder = await newFolder('refused')
      const refused = await opensag(['server', '--data', folder, '--database', url])
      expect(refused.code).toBe(2)
      expect(refused.errors).toContain('--database-file')
      const checked = await opensag(['config', 'check', '--json'], {
        environment: { OPENSAG_DATABASE: url, OPENSAG_DATA: folder },
      })
      expect(checked.code).toBe(0)
      expect(checked.output).toContain('postgres://sag:***@127.0.0.1:1/sag')
      expect(JSON.stringify([refused, checked])).not.toContain('hidden')
    })

    test('a database that does not answer is named in the message, and its password is not', async () => {
      const folder = await newFolder('silent')
      const environment = { OPENSAG_DATABASE: 'postgres://sag:hidden@127.0.0.1:1/sag' }
      const { code, errors } = await opensag(['server', '--data', folder, '--port', '0'], { environment })
      expect(code).toBe(1)
      expect(errors).toContain('127.0.0.1:1')
      expect(errors).not.toContain('hidden')
    })
  },
)
