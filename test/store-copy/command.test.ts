import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSqliteStore } from '../../packages/server/src/store/sqlite/open.ts'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'
import { popCore } from '../support/api.ts'
import { opensag, runOpensag } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { readCredentials } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'
import { layOut, storedFolders } from '../upgrade/stored-folder.ts'
import { contentOf, databasePlace, folderPlace } from './places.ts'

/** `OPENSAG_COPY_FULL=1`: as many as a large fleet has. */
const size =
  process.env['OPENSAG_COPY_FULL'] === '1'
    ? { instances: 20_000, users: 100_000, entries: 1_000_000 }
    : { instances: 400, users: 2000, entries: 20_000 }

const { run, newFolder } = programsOfEachTest()

/** A data folder that a server of an earlier release left, with its key pair and master key, upgraded. */
async function newSource(): Promise<string> {
  const [stored] = storedFolders
  if (stored === undefined) throw new Error('No release is kept.')
  const folder = join(await newFolder('source'), 'data')
  await layOut(stored, folder)
  await (await openSqliteStore({ folder })).close()
  return folder
}

/** Copies of the rows that are there, under other keys. */
async function grow(folder: string): Promise<void> {
  const store = await openSqliteStore({ folder, unfinishedMs: 3_600_000 })
  const columns = async (table: string): Promise<string[]> =>
    (
      await store.read((db) => sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(db))
    ).rows.map(({ name }) => name)
  async function multiply(table: string, times: number, changed: Readonly<Record<string, string>>): Promise<void> {
    const names = await columns(table)
    const values = names.map((name) => changed[name] ?? `t."${name}"`)
    await store.write((tx) =>
      sql
        .raw(
          `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${times})
           insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')})
           select ${values.join(', ')} from n, (select * from "${table}" limit 1) t`,
        )
        .execute(tx),
    )
  }
  await multiply('instance', size.instances, { id: "'sag-copy-' || n.i" })
  await multiply('client_user', size.users, {
    instance_id: `'sag-copy-' || (n.i % ${size.instances} + 1)`,
    name: "'user-' || n.i",
    client_ip: 'n.i',
  })
  await multiply('audit_event', size.entries, {
    id: '(select max(id) from audit_event) + n.i',
    event_id: "'copy-' || n.i",
  })
  await store.close()
}

describe.skipIf(postgresBin === undefined)('opensag store copy (enable with: apt-get install -y postgresql)', () => {
  let postgres: PostgresServer

  beforeAll(async () => {
    postgres = await startPostgres(postgresBin ?? '')
  }, limit(120_000))
  afterAll(() => postgres?.stop(), limit(60_000))

  test(
    'a copy killed in the middle goes on, both ways, and both ends are equal',
    async () => {
      const source = await newSource()
      await grow(source)
      const { url } = await postgres.newDatabase()
      const back = join(await newFolder('back'), 'data')
      const began = performance.now()
      for (const [from, to] of [
        [source, url],
        [url, back],
      ] as const) {
        const first = run(['store', 'copy', '--from', from, '--to', to])
        await first.printed(/Copying: [3-6]0 %/)
        await first.kill()
        expect(first.output()).not.toContain('Verifying')
        const second = await opensag(['store', 'copy', '--from', from, '--to', to])
        expect(second).toMatchObject({ code: 0 })
        expect(second.output).toContain('The checksum of every table is the same on both sides.')
        // It did not begin again.
        expect(second.errors).not.toMatch(/Copying: 10 %/)
        console.log(`${from === source ? 'to' : 'from'} PostgreSQL: ${Math.round(performance.now() - began)} ms so far`)
      }
      if (process.env['OPENSAG_COPY_FULL'] === '1') return
      const expected = await contentOf(folderPlace(source))
      expect(await contentOf(databasePlace(url))).toEqual(expected)
      expect(await contentOf(folderPlace(back))).toEqual(expected)
    },
    limit(process.env['OPENSAG_COPY_FULL'] === '1' ? 3_600_000 : 240_000),
  )

  test(
    'a server on the copy answers to the same key pair with the same instances',
    async () => {
      const source = await newSource()
      const { url } = await postgres.newDatabase()
      const copied = await opensag(['store', 'copy', '--from', source, '--to', url])
      expect(copied).toMatchObject({ code: 0 })
      expect(copied.output).toContain('Copy master.key of the source')
      const node = await newFolder('node')
      copyFileSync(join(source, 'master.key'), join(node, 'master.key'))
      const running = run(['server', '--data', node, '--port', '0', '--database', url])
      const [, endpoint = ''] = await running.printed(/listens on (http:\S+)/)
      expect(running.output()).not.toContain('First start')
      const key = { ...(await readCredentials(source)), endpoint }
      const ask = { RegionId: key.regionId, PageSize: 50 }
      const listed = await popCore(key).request('DescribeSmartAccessGateways', ask)
      expect(listed).toMatchObject({ TotalCount: expect.any(Number) })
      expect(listed['TotalCount']).toBeGreaterThan(0)
    },
    limit(120_000),
  )

  test('a database that does not answer is named without a password', async () => {
    const file = join(await newFolder('url'), 'url')
    writeFileSync(file, 'postgres://sag:hidden@127.0.0.1:1/sag\n', { mode: 0o600 })
    const { code, errors } = await opensag(['store', 'copy', '--from', await newSource(), '--to-file', file])
    expect(code).toBe(1)
    expect(errors).toContain('The database sag on 127.0.0.1:1 cannot be reached: connect ECONNREFUSED')
    expect(errors).not.toContain('hidden')
  })
})

test('a folder copied to a folder has its master key and no other file of it', async () => {
  const source = await newSource()
  writeFileSync(join(source, 'node.id'), 'one\n', { mode: 0o600 })
  const target = join(await newFolder('target'), 'data')
  const { code, output } = await opensag(['store', 'copy', '--from', source, '--to', target, '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({ masterKey: 'copied', tables: { account: { rows: 2 } } })
  expect(readFileSync(join(target, 'master.key'))).toEqual(readFileSync(join(source, 'master.key')))
  expect(statSync(join(target, 'master.key')).mode & 0o777).toBe(0o600)
  expect(existsSync(join(target, 'node.id'))).toBe(false)
  const running = runOpensag(['server', '--data', target, '--port', '0'])
  await running.printed(/listens on/)
  await running.stop()
})

test('a target with another master key is refused, and keeps it', async () => {
  const target = await newFolder('other-key')
  writeFileSync(join(target, 'master.key'), Buffer.alloc(32, 1), { mode: 0o600 })
  const { code, errors } = await opensag(['store', 'copy', '--from', await newSource(), '--to', target])
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining('is another key than that of') })
  expect(readFileSync(join(target, 'master.key'))).toEqual(Buffer.alloc(32, 1))
})

test.each([
  [['--to', 'x'], 'Give --from or --from-file.'],
  [['--from', 'x', '--from-file', 'y', '--to', 'z'], 'Give --from or --from-file.'],
  [['--from', 'x', '--to', 'postgres://sag:hidden@db/sag'], 'Name a file that contains the URL with --to-file'],
  [['--from', 'postgres://sag:hidden@one,two/sag', '--to', 'x'], 'Name a file that contains the URL with --from-file'],
])('%j is used wrongly', async (flags, sentence) => {
  const { code, output, errors } = await opensag(['store', 'copy', ...flags])
  expect({ code, output }).toEqual({ code: 2, output: '' })
  expect(errors).toContain(sentence)
  expect(errors).not.toContain('hidden')
})

test('a file with a URL that others may read is refused', async () => {
  const file = join(await newFolder('open'), 'url')
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, 'postgres://sag:hidden@db/sag', { mode: 0o644 })
  const { code, errors } = await opensag(['store', 'copy', '--from', 'x', '--to-file', file])
  expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining('chmod 600') })
})
