import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { addCcn, putInto } from '../../apis/testing/networks.suite.ts'
import { createCommittedFleet } from './create-fleet.ts'
import { countMembers, membersAtOnce } from './member-counts.ts'
import { inUnit } from './parts.ts'

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

test('a member that is locked, restarting, away or without its tunnel is not up', async () => {
  const ccn = await addCcn(world, { range: '10.0.0.0/8' })
  const states = [{}, { tunnel_up: 1 }, { locked_since: 1 }, { restarting_since: 1 }, { node: null }, { tunnel_up: 0 }]
  for (const columns of states) {
    const instance = await world.addInstance()
    const serial = await world.addDevice(instance)
    await putInto(world, instance, ccn)
    if (Object.keys(columns).length === 0) continue
    await world.store.write((tx) => tx.updateTable('device').set(columns).where('serial', '=', serial).execute())
  }
  const counts = await world.store.read((db) => countMembers(inUnit(db), [ccn]))
  expect(counts.get(ccn)).toEqual({ members: 6, up: 2 })
})

test('of a pair the one counts that says that it has the traffic', async () => {
  const ccn = await addCcn(world, { range: '10.0.0.0/8' })
  // Of the active one and of the other, and whether the member is up.
  const pairs = [
    [{ has_traffic: 1, tunnel_up: 1 }, { has_traffic: 0, tunnel_up: 0 }, 1],
    [{ has_traffic: 0, tunnel_up: 1 }, { has_traffic: 1, tunnel_up: 0 }, 0],
    [{ has_traffic: 0, tunnel_up: 0 }, { has_traffic: 1, tunnel_up: 1 }, 1],
    [{ has_traffic: 1, tunnel_up: 1, node: null }, { has_traffic: 1, tunnel_up: 1 }, 1],
    [{ has_traffic: 1, tunnel_up: 1 }, { has_traffic: 1, tunnel_up: 1 }, 1],
    [{ node: null }, {}, 0],
  ] as const
  for (const [active, standby] of pairs) {
    const instance = await world.addInstance()
    for (const columns of [active, standby]) {
      const serial = await world.addDevice(instance)
      if (Object.keys(columns).length === 0) continue
      await world.store.write((tx) => tx.updateTable('device').set(columns).where('serial', '=', serial).execute())
    }
    await putInto(world, instance, ccn)
  }
  const counts = await world.store.read((db) => countMembers(inUnit(db), [ccn]))
  expect(counts.get(ccn)).toEqual({ members: pairs.length, up: pairs.filter(([, , up]) => up === 1).length })
})

test('networks of very many members are counted whole, part by part, with a turn of the loop in between', async () => {
  const sizes = [3, 2 * membersAtOnce + 5, 0, 4, membersAtOnce]
  const ccns: string[] = []
  for (const _ of sizes) ccns.push(await addCcn(world, { range: '10.0.0.0/8' }))
  const template = await world.addInstance()
  const { store } = world
  await store.write(async (tx) => {
    const row = await tx.selectFrom('instance').selectAll().where('id', '=', template).executeTakeFirstOrThrow()
    let n = 0
    for (const [nth, size] of sizes.entries()) {
      for (let made = 0; made < size; made += 500) {
        // Every third is an App, which is always up; the others have no device.
        const rows = Array.from({ length: Math.min(500, size - made) }, (_, k) => ({
          ...row,
          id: `sag-${String((++n * 7919) % 10_007).padStart(6, '0')}`,
          order_id: `${n}`,
          kind: (made + k) % 3 === 0 ? ('app' as const) : ('hardware' as const),
          ccn_id: ccns[nth] ?? null,
        }))
        await tx.insertInto('instance').values(rows).execute()
      }
    }
  })
  let turns = 0
  let isOver = false
  const look = (): void => {
    turns++
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  const counts = await createCommittedFleet(store).memberCounts([...ccns, 'ccn-none'])
  isOver = true
  const expected = sizes.flatMap((members, nth) =>
    members === 0 ? [] : [[ccns[nth], { members, up: Math.ceil(members / 3) }] as const],
  )
  expect(counts).toEqual(new Map(expected))
  expect(turns).toBeGreaterThanOrEqual(3)
})
