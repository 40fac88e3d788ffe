import { describe, expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import { deviceColumns } from '../../packages/server/src/columns/device.ts'
import { newRow } from '../../packages/server/src/columns/table.ts'
import { blankDevice } from '../../packages/server/src/model/lifecycle-start.ts'
import { Found } from '../../packages/server/src/store/audit/facts/found.ts'
import { factsOf } from '../../packages/server/src/store/audit/facts/index.ts'
import { UndeclaredTouch, UnfinishedWork, WriteFailed } from '../../packages/server/src/store/errors.ts'
import type { StoreEvent } from '../../packages/server/src/store/events.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { updateInstance } from '../../packages/server/src/store/fleet/instance-update.ts'
import { findInstance } from '../../packages/server/src/store/fleet/lookups.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { storeSuite } from '../../packages/server/src/store/store.suite.ts'
import type { Store, Writer } from '../../packages/server/src/store/store.ts'
import { limit } from '../support/time.ts'
import { entry } from './calls.ts'
import { idOf, keepsTo, nameOf, namesIn, set, setUnseen, withInstances } from './instances.ts'
import { expectSerial, type Work } from './serial-order.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const title = `works of a PostgreSQL store that keep to one instance (seed ${seed})`
const enable = postgresBin === undefined ? ' (enable with: apt-get install -y postgresql)' : ''

describe.skipIf(postgresBin === undefined)(`${title}${enable}`, () => {
  const server = serverOfTests()

  describe('when every work of the suite keeps to an instance that it never touches', () => {
    storeSuite(async () => {
      const database = await server.newDatabase()
      return {
        async open(bounds) {
          const store = await openPostgresStore({ connectionString: database.url, ...bounds })
          const elsewhere = { instance: 'sag-elsewhere' }
          return {
            ...store,
            write: (work) => store.write(work, elsewhere),
            writeAudited: (work, audit) => store.writeAudited(work, audit, elsewhere),
          }
        },
        remove: database.drop,
      }
    })
  })

  const unmerged = (events: readonly StoreEvent[]) =>
    events.flatMap((event) => (event.kind === 'not-merged' ? [event.error] : []))

  test(
    'when two nodes run them among works in order, all is as if one work had run after the other',
    async () => {
      const chance = createChance(seed)
      const rows = 6
      await withInstances(server, 2, rows, async (stores, events) => {
        const works: Work[] = []
        let clock = 0
        /** Adds itself to what each row says, and notes what it read there. */
        async function run(
          store: Store,
          id: string,
          touched: readonly number[],
          only: readonly number[],
        ): Promise<void> {
          const began = clock++
          const merged = touched.length === 1 && only.length === 0 && chance.below(4) > 0
          // By a query that nothing but the database understands, now and then.
          const change = !merged && chance.below(3) === 0 ? setUnseen : set
          const reads = await store.write(
            async (tx) => {
              const found = new Map<number, string>()
              for (const row of [...touched, ...only]) found.set(row, (await nameOf(tx, row)) ?? 'none')
              for (const row of touched) await change(tx, row, `${found.get(row)}${id};`)
              return found
            },
            merged ? keepsTo(touched[0] as number) : undefined,
          )
          works.push({ id, began, ended: clock++, reads, wrote: new Set(touched) })
        }
        const pick = () => chance.below(rows)
        await Promise.all(
          stores.flatMap((store, node) =>
            Array.from({ length: 12 }, async (_, caller) => {
              for (let made = 0; made < 12; made++) {
                const id = `${node}.${caller}.${made}`
                const kind = chance.below(10)
                if (kind < 7) await run(store, id, [pick()], [])
                else if (kind < 9) await run(store, id, [...new Set([pick(), pick()])], [])
                else await run(store, id, [], [...new Set([pick(), pick(), pick()])])
              }
            }),
          ),
        )
        expect(works).toHaveLength(2 * 12 * 12)
        expectSerial(works, await namesIn(stores[0], rows))
        expect(events.filter(({ kind }) => kind !== 'committed')).toEqual([])
      })
    },
    limit(60_000),
  )

  test('when works of one node come at the same time, they share a commit, also those on one row', async () => {
    await withInstances(server, 1, 3, async ([store], events) => {
      const before = events.length
      const add = (index: number, text: string) =>
        store.write(async (tx) => set(tx, index, `${await nameOf(tx, index)}${text}`), keepsTo(index))
      await Promise.all([add(2, 'a'), add(0, 'b'), add(2, 'c'), add(2, 'd')])
      expect(await namesIn(store, 3)).toEqual(['b', '', 'acd'])
      expect(events.slice(before)).toEqual([{ kind: 'committed', works: 4, tookMs: expect.any(Number) }])
    })
  })

  test('when one changes a column that others do not, the others keep what they have there', async () => {
    await withInstances(server, 1, 2, async ([store]) => {
      await store.write((tx) => updateInstance(tx, { position: 'old' }, { rowId: idOf(1) }), keepsTo(1))
      await Promise.all([
        store.write(
          (tx) => updateInstance(tx, { position: 'new', connection_audit: 1 }, { rowId: idOf(0) }),
          keepsTo(0),
        ),
        store.write((tx) => set(tx, 1, 'one'), keepsTo(1)),
      ])
      const found = await store.read((db) => db.selectFrom('instance').selectAll().orderBy('id').execute())
      expect(found).toMatchObject([
        { name: '', position: 'new', connection_audit: 1 },
        { name: 'one', position: 'old', connection_audit: 0 },
      ])
    })
  })

  test('when one throws, nothing of it remains, it is recorded, and the others of its row go on', async () => {
    await withInstances(server, 1, 1, async ([store]) => {
      const add = (text: string, throws: boolean) =>
        store.writeAudited(
          async (tx) => {
            await set(tx, 0, `${await nameOf(tx, 0)}${text}`)
            if (throws) throw new RangeError(text)
          },
          (outcome) => entry('error' in outcome ? `${text} failed` : text),
          keepsTo(0),
        )
      const outcomes = await Promise.allSettled([add('a', false), add('b', true), add('c', false)])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await namesIn(store, 1)).toEqual(['ac'])
      const trail = await store.read((db) => db.selectFrom('audit_event').select('request_id').orderBy('id').execute())
      expect(trail.map((row) => row.request_id)).toEqual(['a', 'b failed', 'c'])
    })
  })

  test.each([
    ['another instance', (tx: Writer) => set(tx, 1, 'touched')],
    ['another table', (tx: Writer) => tx.insertInto('setting').values({ name: 'a', value: '' }).execute()],
    [
      'the instance by a query that only the database can answer',
      (tx: Writer) => tx.updateTable('instance').set({ name: 'touched' }).where('id', '=', idOf(0)).execute(),
    ],
  ])('when one touches %s, it is run again in order, once, and that is told', async (_, touch) => {
    await withInstances(server, 1, 2, async ([store], events) => {
      const stray = store.write(async (tx) => {
        await updateInstance(
          tx,
          { position: `${(await findInstance(tx, idOf(0)))?.position ?? ''}x` },
          { rowId: idOf(0) },
        )
        // Also when the work makes nothing of it.
        await touch(tx).catch(() => {})
      }, keepsTo(0))
      await Promise.all([
        stray,
        store.write((tx) => updateInstance(tx, { city: 'there' }, { rowId: idOf(0) }), keepsTo(0)),
      ])
      const rows = await store.read((db) => db.selectFrom('instance').selectAll().orderBy('id').execute())
      expect(rows[0]).toMatchObject({ position: 'x', city: 'there' })
      const settings = await store.read((db) => db.selectFrom('setting').selectAll().execute())
      expect(rows.filter(({ name }) => name === 'touched').length + settings.length).toBe(1)
      expect(unmerged(events)).toEqual([expect.any(UndeclaredTouch)])
    })
  })

  test('when the database refuses what one wrote, that one fails and the others are done', async () => {
    await withInstances(server, 1, 3, async ([store], events) => {
      const outcomes = await Promise.allSettled(
        ['a', 'no \0 text', 'c'].map((name, index) => store.write((tx) => set(tx, index, name), keepsTo(index))),
      )
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await namesIn(store, 3)).toEqual(['a', '', 'c'])
      expect(unmerged(events)).toHaveLength(1)
      expect((outcomes[1] as PromiseRejectedResult).reason).not.toBeInstanceOf(WriteFailed)
    })
  })

  test('when one waits for something else, it is undone alone, and what it still does is refused', async () => {
    await withInstances(
      server,
      1,
      1,
      async ([store]) => {
        let goOn = (): void => {}
        let late: Promise<unknown> | undefined
        const stuck = store.write(async (tx) => {
          await set(tx, 0, 'stuck')
          await new Promise<void>((resolve) => (goOn = resolve))
          late = set(tx, 0, 'late')
          await late
        }, keepsTo(0))
        const add = () => store.write(async (tx) => set(tx, 0, `${await nameOf(tx, 0)}a`), keepsTo(0))
        const outcomes = await Promise.allSettled([stuck, add()])
        expect(outcomes).toMatchObject([
          { status: 'rejected', reason: expect.any(UnfinishedWork) },
          { status: 'fulfilled' },
        ])
        goOn()
        await add()
        await expect(late).rejects.toThrow('has ended')
        expect(await namesIn(store, 1)).toEqual(['aa'])
      },
      { unfinishedMs: 200 },
    )
  })

  test('when there is no such instance, none is found and none is made', async () => {
    await withInstances(server, 1, 0, async ([store]) => {
      const found = await store.write(async (tx) => {
        const before = await findInstance(tx, idOf(0))
        await set(tx, 0, 'there')
        return [before, await factsOf(tx, { kind: 'instance', key: idOf(0), accountId: '1' })]
      }, keepsTo(0))
      expect(found).toEqual([undefined, undefined])
      expect(await namesIn(store, 1)).toEqual([undefined])
    })
  })

  test('what is read from memory is what the database says', async () => {
    await withInstances(server, 1, 1, async ([store]) => {
      await store.write(async (tx) => {
        const fleet = createFleet(tx)
        await fleet.configure(idOf(0), {
          name: 'ünï "quoted" {1,2} \\ 中文',
          description: 'null',
          connectionAudit: true,
        })
        for (const [serial, role] of [
          ['sag1', 'active'],
          ['sag2', 'standby'],
        ] as const) {
          const device = { ...blankDevice({ serial, instanceId: idOf(0) }), createdAt: 0, enrolmentKeySealed: '' }
          await tx.insertInto('device').values(newRow(deviceColumns, device)).execute()
          await fleet.bind(serial, idOf(0), role, 5)
        }
      })
      const key = { kind: 'instance', key: idOf(0), accountId: '1' } as const
      const look = async (tx: Writer) => ({ instance: await findInstance(tx, idOf(0)), facts: await factsOf(tx, key) })
      const held = await store.write(look, keepsTo(0))
      const read = await store.write(look)
      expect(held.instance).toEqual(read.instance)
      expect(held.instance?.devices).toHaveLength(2)
      expect(held.facts?.identity()).toEqual(read.facts?.identity())
      expect(Found.changes(held.facts, read.facts)).toEqual([])
    })
  })
})
