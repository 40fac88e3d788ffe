import { describe, expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import { deviceColumns } from '../../packages/server/src/columns/device.ts'
import { newRow } from '../../packages/server/src/columns/table.ts'
import { blankDevice } from '../../packages/server/src/model/lifecycle-start.ts'
import { UndeclaredTouch } from '../../packages/server/src/store/errors.ts'
import type { StoreEvent } from '../../packages/server/src/store/events.ts'
import { updateDevice } from '../../packages/server/src/store/gateways/device-update.ts'
import { findGateway } from '../../packages/server/src/store/gateways/gateways.ts'
import type { Store, Writer } from '../../packages/server/src/store/store.ts'
import { limit } from '../support/time.ts'
import { withInstances } from './instances.ts'
import { expectSerial, type Work } from './serial-order.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const title = `works of a PostgreSQL store that keep to one gateway (seed ${seed})`
const enable = postgresBin === undefined ? ' (enable with: apt-get install -y postgresql)' : ''

const serialOf = (index: number): string => `sag0000${index}`
const keepsTo = (index: number) => ({ gateway: serialOf(index) })
const textOf = async (tx: Writer, index: number) => (await findGateway(tx, serialOf(index)))?.source
const set = (tx: Writer, index: number, text: string) =>
  updateDevice(tx, { came_from: text }, { serial: serialOf(index) })
const add = (store: Store, index: number, text: string) =>
  store.write(async (tx) => set(tx, index, `${(await textOf(tx, index)) ?? ''}${text}`), keepsTo(index))
const textsIn = (store: Store, count: number) =>
  store.read((db) => Promise.all(Array.from({ length: count }, (_, index) => textOf(db as Writer, index))))

describe.skipIf(postgresBin === undefined)(`${title}${enable}`, () => {
  const server = serverOfTests()

  async function withDevices(
    nodes: number,
    devices: number,
    use: (stores: readonly [Store, ...Store[]], events: readonly StoreEvent[]) => Promise<void>,
  ): Promise<void> {
    await withInstances(server, nodes, 0, async (stores, events) => {
      const [store] = stores
      await store.write(async (tx) => {
        for (let index = 0; index < devices; index++) {
          const blank = blankDevice({ serial: serialOf(index), instanceId: undefined })
          const device = { ...blank, createdAt: 0, enrolmentKeySealed: '' }
          await tx.insertInto('device').values(newRow(deviceColumns, device)).execute()
        }
      })
      await use(stores, events)
    })
  }

  test(
    'when two nodes run them among works in order, all is as if one work had run after the other',
    async () => {
      const chance = createChance(seed)
      const rows = 5
      await withDevices(2, rows, async (stores, events) => {
        const works: Work[] = []
        let clock = 0
        async function run(store: Store, id: string, touched: readonly number[]): Promise<void> {
          const began = clock++
          const reads = await store.write(
            async (tx) => {
              const found = new Map<number, string>()
              for (const row of touched) found.set(row, (await textOf(tx, row)) ?? '')
              for (const row of touched) await set(tx, row, `${found.get(row)}${id};`)
              return found
            },
            touched.length === 1 && chance.below(5) > 0 ? keepsTo(touched[0] as number) : undefined,
          )
          works.push({ id, began, ended: clock++, reads, wrote: new Set(touched) })
        }
        const pick = () => chance.below(rows)
        await Promise.all(
          stores.flatMap((store, node) =>
            Array.from({ length: 12 }, async (_, caller) => {
              for (let made = 0; made < 10; made++) {
                const touched = chance.below(10) < 8 ? [pick()] : [...new Set([pick(), pick()])]
                await run(store, `${node}.${caller}.${made}`, touched)
              }
            }),
          ),
        )
        expect(works).toHaveLength(2 * 12 * 10)
        expectSerial(works, await textsIn(stores[0], rows))
        expect(events.filter(({ kind }) => kind !== 'committed')).toEqual([])
      })
    },
    limit(60_000),
  )

  test('when one throws after it has written, nothing of it remains and the others are done', async () => {
    await withDevices(1, 3, async ([store]) => {
      const failing = store.write(async (tx) => {
        await set(tx, 1, 'b')
        throw new RangeError('b')
      }, keepsTo(1))
      const outcomes = await Promise.allSettled([add(store, 0, 'a'), failing, add(store, 2, 'c'), add(store, 0, 'd')])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
      expect(await textsIn(store, 3)).toEqual(['ad', undefined, 'c'])
    })
  })

  test('when the database refuses what one wrote, that one fails and the others are done', async () => {
    await withDevices(1, 3, async ([store]) => {
      const outcomes = await Promise.allSettled(['a', 'no \0 text', 'c'].map((text, index) => add(store, index, text)))
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await textsIn(store, 3)).toEqual(['a', undefined, 'c'])
    })
  })

  test('when one changes another gateway, all is done once, one after the other, and that is told', async () => {
    await withDevices(1, 3, async ([store], events) => {
      const stray = store.write(async (tx) => {
        await set(tx, 0, `${(await textOf(tx, 0)) ?? ''}own;`)
        await set(tx, 1, `${(await textOf(tx, 1)) ?? ''}other;`)
      }, keepsTo(0))
      await Promise.all([stray, add(store, 1, 'b;'), add(store, 2, 'c;')])
      expect(await textsIn(store, 3)).toEqual(['own;', 'other;b;', 'c;'])
      const repeated = events.flatMap((event) => (event.kind === 'repeated' ? [event.error] : []))
      expect(repeated).toMatchObject([{ cause: expect.any(UndeclaredTouch) }])
    })
  })
})
