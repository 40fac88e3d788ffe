import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copiedTables, leftOut } from '../../packages/server/src/store/copy/plan.ts'
import { copyPostgres } from '../../packages/server/src/store/copy/postgres-to-file.ts'
import type { CopyTarget } from '../../packages/server/src/store/copy/side.ts'
import { postgresTypes } from '../../packages/server/src/store/migrations/column-types.ts'
import { migrate } from '../../packages/server/src/store/migrations/index.ts'
import { sqliteDriver } from '../../packages/server/src/store/sqlite/driver.ts'
import { temporaryFolder } from '../../packages/server/src/store/sqlite/folders.suite.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'
import { limit } from '../support/time.ts'
import { expectEverythingIn } from '../upgrade/everything.ts'
import { lastStepOf, layOut, storedFolders } from '../upgrade/stored-folder.ts'
import { type CopyPlace, contentOf, copyBetween, databasePlace, folderPlace, tables } from './places.ts'

const runs = Number(process.env['OPENSAG_COPY_RUNS'] ?? 5)

let server: PostgresServer | undefined
beforeAll(async () => {
  if (postgresBin !== undefined) server = await startPostgres(postgresBin)
}, limit(120_000))
afterAll(() => server?.stop(), limit(60_000))

async function newDatabase(): Promise<CopyPlace> {
  if (server === undefined) throw new Error('There is no PostgreSQL.')
  return databasePlace((await server.newDatabase()).url)
}
const newFolder = async (): Promise<CopyPlace> => folderPlace(join(temporaryFolder(), 'data'))

interface Filling {
  readonly settings: readonly (readonly [string, string])[]
  readonly events: readonly { readonly detail: string; readonly at: bigint; readonly instanceId: string | null }[]
  readonly runs: readonly Uint8Array[]
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '\u0001')),
  fc.constantFrom(
    '',
    '\\',
    '\\N',
    '\\x00',
    '{}',
    '{"a",NULL}',
    'NULL',
    "'; drop table setting; --",
    '\u{1f600}',
    'é',
    'e\u0301',
  ),
)
const whole = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constantFrom(2n ** 53n + 1n, 0n, -1n))
const filling: fc.Arbitrary<Filling> = fc.record({
  settings: fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 30 }),
  events: fc.array(fc.record({ detail: text, at: whole, instanceId: fc.option(text) }), { maxLength: 40 }),
  runs: fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }),
})

async function fill(store: Store, { settings, events, runs: fingerprints }: Filling): Promise<void> {
  await store.write(async (tx) => {
    for (const [name, value] of settings) await tx.insertInto('setting').values({ name, value }).execute()
    for (const { detail, at, instanceId } of events) {
      await sql`insert into device_event (serial, kind, at, detail, instance_id) values ('s', 'k', ${at}, ${detail}, ${instanceId})`.execute(
        tx,
      )
    }
    // Far away: a store that is opened forgets those that expired.
    for (const bytes of fingerprints) {
      await sql`insert into nonce_run (expires_by, fingerprints) values (${2 ** 52}, ${Buffer.from(bytes)})`.execute(tx)
    }
  })
}

async function filled(place: CopyPlace, what: Filling): Promise<CopyPlace> {
  const store = await place.open()
  try {
    await fill(store, what)
  } finally {
    await store.close()
  }
  return place
}

const some: Filling = {
  settings: Array.from({ length: 1500 }, (_, index) => [`name-${index}`, 'é'.repeat(index % 7)] as const),
  events: [{ detail: 'd', at: 5n, instanceId: null }],
  runs: Array.from({ length: 9 }, () => new Uint8Array(32)),
}

/** Fails before or after the given number of additions were made durable, as a program that is killed does. */
function killedAfter(additions: number): (target: CopyTarget) => CopyTarget {
  let left = additions
  return (target) => ({
    ...target,
    async add(...given) {
      if (left-- <= 0) throw new Error('killed')
      await target.add(...given)
    },
    async finish(given) {
      if (left-- <= 0) throw new Error('killed')
      await target.finish(given)
    },
  })
}

const kinds: readonly (readonly [string, () => Promise<CopyPlace>, () => Promise<CopyPlace>])[] = [
  ['SQLite to SQLite', newFolder, newFolder],
  ['SQLite to PostgreSQL', newFolder, newDatabase],
  ['PostgreSQL to SQLite', newDatabase, newFolder],
  ['PostgreSQL to PostgreSQL', newDatabase, newDatabase],
]

describe.each(kinds)('copy from %s', (kind, newSource, newTarget) => {
  const needs = kind === 'SQLite to SQLite' ? false : postgresBin === undefined
  const options = { skip: needs, timeout: limit(120_000) }

  test('a copy that is interrupted anywhere goes on, and is equal', options, async () => {
    const source = await filled(await newSource(), some)
    const expected = await contentOf(source)
    for (const additions of [0, 1, 2, 3, 4, 5, 6]) {
      const target = await newTarget()
      await expect(copyBetween(source, target, killedAfter(additions))).rejects.toThrow('killed')
      await expect(target.open()).rejects.toThrow('target of a copy that has not ended')
      await copyBetween(source, target)
      const found = await contentOf(target)
      expect(without(found, 'setting')).toEqual(without(expected, 'setting'))
    }
  })

  test('a target with one row is refused, and keeps it', options, async () => {
    const source = await filled(await newSource(), some)
    const target = await filled(await newTarget(), { settings: [['mine', 'x']], events: [], runs: [] })
    const before = await contentOf(target)
    await expect(copyBetween(source, target)).rejects.toThrow('is not empty: its table setting')
    expect(await contentOf(target)).toEqual(before)
  })

  test(
    'one that begins anew leaves nothing of an interrupted one of its kind, and goes on with no other',
    options,
    async () => {
      const source = await filled(await newSource(), some)
      for (const additions of [0, 4]) {
        const target = await newTarget()
        const anew = { isAnew: true } as const
        const earlier = await filled(await newSource(), { ...some, settings: [['earlier', '']] })
        await expect(copyBetween(earlier, target, killedAfter(additions), anew)).rejects.toThrow('killed')
        await expect(target.open()).rejects.toThrow('target of a copy that has not ended')
        await expect(copyBetween(earlier, target, killedAfter(0))).rejects.toThrow('killed')
        await copyBetween(source, target, undefined, anew)
        expect(without(await contentOf(target), 'setting')).toEqual(without(await contentOf(source), 'setting'))
      }
      const target = await newTarget()
      await expect(copyBetween(source, target, killedAfter(2))).rejects.toThrow('killed')
      const other = await filled(await newSource(), { ...some, settings: [['other', '']] })
      await expect(copyBetween(other, target, undefined, { isAnew: true })).rejects.toThrow('copy of another source')
    },
  )

  test('a row that changed in the target is found, and no store opens there', options, async () => {
    const source = await filled(await newSource(), some)
    const target = await newTarget()
    await expect(copyBetween(source, target, corrupting)).rejects.toThrow(
      'is not equal to its source in: device_event.',
    )
    await expect(target.open()).rejects.toThrow('target of a copy that has not ended')
  })

  test('the copy of another source does not go on in it', options, async () => {
    const target = await newTarget()
    await expect(copyBetween(await filled(await newSource(), some), target, killedAfter(2))).rejects.toThrow('killed')
    const other = await filled(await newSource(), { ...some, settings: [['other', '']] })
    await expect(copyBetween(other, target)).rejects.toThrow('interrupted copy of another source')
  })

  test('a new row of the copy gets a number of its own', options, async () => {
    const source = await filled(await newSource(), some)
    const target = await newTarget()
    await copyBetween(source, target)
    await filled(target, { settings: [], events: some.events, runs: [] })
    const store = await target.open()
    const rows = await store.read((db) => db.selectFrom('device_event').select('id').orderBy('id').execute())
    expect(rows.map(({ id }) => id)).toEqual([1, 2])
    await store.close()
  })
})

/** A database of an older version, with what its folder holds. */
async function fillOlder(url: string, folder: string, schema: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  await migrate(db, postgresTypes, { upTo: schema })
  const file = sqliteDriver.open(join(folder, 'opensag.db'), 'alone')
  for (const { name } of await copiedTables(schema)) {
    for (const row of file.prepare(`select * from "${name}"`).all([]) as Record<string, unknown>[]) {
      const [names, values] = [Object.keys(row), Object.values(row)]
      const holes = names.map((_, index) => `$${index + 1}`)
      const columns = names.map((column) => `"${column}"`)
      await pool.query(`insert into "${name}" (${columns.join(', ')}) values (${holes.join(', ')})`, values)
    }
  }
  file.close()
  await db.destroy()
}

function corrupting(target: CopyTarget): CopyTarget {
  return {
    ...target,
    add: (table, rows, notes) =>
      target.add(
        table,
        table.name === 'device_event' ? rows.map((row) => row.map((value) => (value === '5' ? '6' : value))) : rows,
        notes,
      ),
  }
}

function without(content: ReadonlyMap<string, string>, name: string): ReadonlyMap<string, string> {
  return new Map([...content].filter(([table]) => table !== name))
}

describe.skipIf(postgresBin === undefined)('there and back again (enable with: apt-get install -y postgresql)', () => {
  test.each(storedFolders)(
    'everything of a folder of $version is equal table by table',
    async (stored) => {
      const folder = join(temporaryFolder(), 'data')
      await layOut(stored, folder)
      const start = folderPlace(folder)
      await (await start.open()).close()
      const expected = await contentOf(start)
      const [database, back] = [await newDatabase(), await newFolder()]
      await copyBetween(start, database)
      expect(await contentOf(database)).toEqual(expected)
      await copyBetween(database, back)
      expect(await contentOf(back)).toEqual(expected)
    },
    limit(120_000),
  )

  test(
    'hostile texts, numbers of 64 bits, nulls and bytes are equal',
    async () => {
      await fc.assert(
        fc.asyncProperty(filling, async (what) => {
          const start = await filled(await newFolder(), what)
          const expected = await contentOf(start)
          const [database, back] = [await newDatabase(), await newFolder()]
          await copyBetween(start, database)
          await copyBetween(database, back)
          // Runs of nonces are fenced in a database: that is the only difference.
          const name = what.runs.length > 0 ? 'setting' : ''
          expect(without(await contentOf(back), name)).toEqual(without(expected, name))
        }),
        { numRuns: runs, endOnFailure: true },
      )
    },
    limit(240_000),
  )

  test.each(storedFolders)(
    'a database with the schema of $version is copied into a file as it is, which a store upgrades',
    async (stored) => {
      const folder = join(temporaryFolder(), 'data')
      await layOut(stored, folder)
      const { url } = await (server as PostgresServer).newDatabase()
      const schema = lastStepOf(stored)
      await fillOlder(url, folder, schema)
      const copy = join(temporaryFolder(), 'data')
      mkdirSync(copy)
      const content = await copyPostgres(url, join(copy, 'opensag.db'))
      expect(content.schema).toBe(schema)
      expect(readdirSync(copy)).toEqual(['opensag.db'])
      const store = await folderPlace(copy).open()
      await expectEverythingIn(store, stored)
      await store.close()
    },
    limit(120_000),
  )

  test('a text with a NUL is refused by its table and row, without its text', async () => {
    const source = await filled(await newFolder(), { ...some, settings: [['a', 'sec\0ret']] })
    await expect(copyBetween(source, await newDatabase())).rejects.toThrow(
      /row \["a"\] of setting has a text with a NUL character(?!.*sec)/,
    )
  })

  test('times of nonces that are known by a part of their hash are fenced in a database', async () => {
    const target = await newDatabase()
    await copyBetween(await filled(await newFolder(), { ...some, settings: [] }), target)
    const store = await target.open()
    const fenced = await store.read((db) =>
      db.selectFrom('setting').select('value').where('name', '=', 'forgotten-times').executeTakeFirst(),
    )
    const [span] = JSON.parse(fenced?.value ?? '[]') as { from: number; to: number }[]
    const signedAt = 2 ** 52 - 45 * 60_000
    expect(span?.from).toBeLessThanOrEqual(signedAt)
    expect(span?.to).toBeGreaterThanOrEqual(signedAt)
    await store.close()
  })

  test('a database holds the tables and columns that are copied, and no other', async () => {
    const place = await newDatabase()
    await (await place.open()).close()
    const store = await place.open()
    const { rows } = await store.read((db) =>
      sql<{ name: string }>`select c.relname || '.' || a.attname as name from pg_attribute a
        join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and c.relname not like 'kysely%'`.execute(db),
    )
    await store.close()
    const known = tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
    const copied = rows.filter(({ name }) => !Object.hasOwn(leftOut, name.slice(0, name.indexOf('.'))))
    expect(copied.map(({ name }) => name).sort()).toEqual(known.sort())
  })

  test(
    'a database that servers write to is copied in the state of one moment',
    async () => {
      const source = await filled(await newDatabase(), some)
      const expected = await contentOf(source)
      const store = await source.open()
      const target = await newFolder()
      await copyBetween(source, target, (given) => ({
        ...given,
        async add(...what) {
          await fill(store, { settings: [], events: some.events, runs: [] })
          await given.add(...what)
        },
      }))
      await store.close()
      expect(await contentOf(target)).toEqual(expected)
    },
    limit(60_000),
  )
})

test('a folder of a server that runs is refused as source and as target', async () => {
  const folder = await newFolder()
  const store = await folder.open()
  await expect(copyBetween(folder, await newFolder())).rejects.toThrow('is in use by another OpenSAG')
  await expect(copyBetween(await filled(await newFolder(), some), folder)).rejects.toThrow('is in use by another')
  await store.close()
})

test('a source of an older schema is refused, and not upgraded', async () => {
  const [stored] = storedFolders
  if (stored === undefined) throw new Error('No release is kept.')
  const folder = join(temporaryFolder(), 'data')
  await layOut(stored, folder)
  await expect(copyBetween(folderPlace(folder), await newFolder())).rejects.toThrow('a copy upgrades nothing')
  await expect(copyBetween(await newFolder().then((one) => filled(one, some)), folderPlace(folder))).rejects.toThrow(
    'a copy upgrades nothing',
  )
})

test('a folder without a database is no source', async () => {
  const folder = join(temporaryFolder(), 'none')
  mkdirSync(folder)
  await expect(copyBetween(folderPlace(folder), await newFolder())).rejects.toThrow('There is no opensag.db')
})
