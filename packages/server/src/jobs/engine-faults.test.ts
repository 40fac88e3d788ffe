import { expect, test } from 'vitest'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import type { Harness } from '../apis/testing/harness-on.suite.ts'
import { addJob, addRotation } from '../apis/testing/jobs.suite.ts'
import { jobFormat, jobKinds } from '../model/job.ts'
import type { Store } from '../store/store.ts'
import { leaseMs } from './engine.ts'
import { addGateways, createGateways, jobIn, look, openNode } from './testing.suite.ts'

interface Watched {
  readonly store: Store
  /** Units of work so far, and those of them that commit. */
  units: number
  commits: number
  /** That one, and every later one, fails until it is back. */
  failsFrom: number
  /** Whether the first that fails has committed, and only its answer was lost. */
  isCommitted: boolean
}

/** A store that goes away at the unit of work that the test says. */
function watched(store: Store): Watched {
  async function unit<T>(work: () => Promise<T>, commits: boolean): Promise<T> {
    const own = ++state.units
    if (commits) state.commits++
    if (own < state.failsFrom) return work()
    if (own === state.failsFrom && commits && state.isCommitted) await work()
    throw new Error('the store is away')
  }
  const state: Watched = {
    units: 0,
    commits: 0,
    failsFrom: Number.POSITIVE_INFINITY,
    isCommitted: false,
    store: {
      ...store,
      read: (work) => unit(() => store.read(work), false),
      write: (work, keepsTo) => unit(() => store.write(work, keepsTo), true),
      writeAudited: (work, audit, keepsTo) => unit(() => store.writeAudited(work, audit, keepsTo), true),
    } as Store,
  }
  return state
}

testInWorld('jobs and what goes wrong around them', (world) => {
  /** A world whose server has this store, and not the test. */
  const on = (store: Store): Harness => Object.create(world(), { store: { value: store } }) as Harness

  const forget = () =>
    world().store.write(async (tx) => {
      await tx.deleteFrom('job').execute()
      await tx.deleteFrom('device').execute()
      await tx.deleteFrom('instance').execute()
    })

  test.each([false, true])(
    'wherever the store goes away in a wave (its last commit done: %s), every gateway is asked once and none is Unknown',
    async (isCommitted) => {
      for (let failsFrom = 1; ; failsFrom++) {
        const gateways = createGateways()
        gateways.answer = async (_, serial) => {
          await world().setDevice(serial, { startedAt: 2 })
          return 'done'
        }
        await addJob(world(), await addGateways(world(), 2), { first_wave: 2, largest_wave: 2 })
        const away = watched(world().store)
        const node = openNode(on(away.store), gateways)
        Object.assign(away, { failsFrom, isCommitted })
        const isOver = await look(node).then(
          () => away.units < failsFrom,
          () => false,
        )
        away.failsFrom = Number.POSITIVE_INFINITY
        await look(node, 3)
        expect({ failsFrom, ...(await jobIn(world())) }).toMatchObject({
          state: 'Done',
          items: ['Done', 'Done'],
        })
        expect([...gateways.asked].sort()).toEqual(['reboot sag0', 'reboot sag1'])
        await forget()
        if (isOver) return
      }
    },
  )

  test('a password whose journal could not be written was handed to nobody, and is given when the store is back', async () => {
    for (let failsFrom = 1; ; failsFrom++) {
      const gateways = createGateways()
      const instances = await addGateways(world(), 1)
      await addRotation(world(), [{ instanceId: instances[0] ?? '', serial: 'sag0' }])
      const away = watched(world().store)
      const node = openNode(on(away.store), gateways)
      away.failsFrom = failsFrom
      await look(node).catch(() => {})
      const journal = await world().store.read((db) => db.selectFrom('password_change').select('id').execute())
      away.failsFrom = Number.POSITIVE_INFINITY
      if (journal.length > 0) break
      gateways.asked.length = 0
      await look(node, 3)
      expect({ failsFrom, ...(await jobIn(world())) }).toMatchObject({ state: 'Done', items: ['Done'] })
      expect(gateways.asked).toEqual(['password sag0 New_password_of_sag0'])
      await forget()
      await world().store.write((tx) => tx.deleteFrom('password_change').execute())
    }
  })

  test('what a gateway refused while the store was away is written down later, as it was', async () => {
    const gateways = createGateways()
    const away = watched(world().store)
    gateways.answer = async () => {
      away.failsFrom = away.units + 3
      return 'refused'
    }
    await addJob(world(), await addGateways(world(), 1))
    const node = openNode(on(away.store), gateways)
    await look(node).catch(() => {})
    for (let more = 0; (await jobIn(world())).state !== 'Failed' && more < 3; more++) {
      away.failsFrom = Number.POSITIVE_INFINITY
      await look(node)
    }
    expect((await jobIn(world())).items).toEqual(['Failed FeatureNotSupport'])
  })

  test('a look at which nothing changes commits nothing, and the lease is renewed when half of it is over', async () => {
    const gateways = createGateways()
    const seen = watched(world().store)
    const node = openNode(on(seen.store), gateways)
    await addJob(world(), await addGateways(world(), 2))
    await look(node, 2)
    const before = seen.commits
    await look(node, 10)
    expect(seen.commits).toBe(before)
    world().wallNow += leaseMs / 2
    await look(node, 3)
    expect(seen.commits).toBe(before + 1)
    expect((await jobIn(world())).leased_until).toBe(world().wallNow + leaseMs)
    // Another process of the same node, started anew, does not hold the lease of the one before.
    await look(openNode(on(seen.store), gateways))
    expect(seen.commits).toBe(before + 2)
  })

  test('a password that does not open fails its own device, and the others get theirs', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const instances = await addGateways(world(), 3)
    const devices = instances.map((instanceId, index) => ({ instanceId, serial: `sag${index}` }))
    await addRotation(world(), devices, { first_wave: 3, largest_wave: 3, most_failures: 1 })
    await world().store.write(async (tx) => {
      const { password_sealed: other } = await tx
        .selectFrom('job_item')
        .select('password_sealed')
        .where('position', '=', 1)
        .executeTakeFirstOrThrow()
      await tx.updateTable('job_item').set({ password_sealed: other }).where('position', '=', 0).execute()
    })
    await look(node, 3)
    expect(await jobIn(world())).toMatchObject({ state: 'Done', items: ['Failed PasswordUnreadable', 'Done', 'Done'] })
    expect([...gateways.asked].sort()).toEqual(
      [1, 2].map((place) => `password sag${place} New_password_of_sag${place}`),
    )
    const left = await world().store.read((db) => db.selectFrom('job_item').select('password_sealed').execute())
    expect(left.every(({ password_sealed }) => password_sealed === null)).toBe(true)
  })

  test('in an upgrade of several nodes a job goes on at those that know its kind and its format, and at no other', async () => {
    const gateways = createGateways()
    const kinds = jobKinds.filter((kind) => kind !== 'Restart')
    for (const knows of [
      { kinds, format: jobFormat },
      { kinds: jobKinds, format: jobFormat - 1 },
    ]) {
      gateways.asked.length = 0
      const older = { ...openNode(world(), gateways, 'node-1'), knows }
      await addJob(world(), await addGateways(world(), 1))
      await look(older, 2)
      expect(await jobIn(world())).toMatchObject({ state: 'Waiting', node: null, items: ['ToDo'] })
      // What such a node led before, by its former program, is taken when its lease is over.
      await world().store.write((tx) =>
        tx
          .updateTable('job')
          .set({ node: 'node-1', leased_until: world().wallNow + leaseMs })
          .execute(),
      )
      const newer = openNode(world(), gateways, 'node-2')
      await look(newer)
      expect(gateways.asked).toEqual([])
      world().wallNow += leaseMs
      await look(older)
      await look(newer)
      expect(gateways.asked).toEqual(['reboot sag0'])
      expect((await jobIn(world())).node).toBe('node-2')
      await forget()
    }
  })
})
