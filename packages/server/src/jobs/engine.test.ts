import { expect, test } from 'vitest'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import { addJob } from '../apis/testing/jobs.suite.ts'
import { addCcn } from '../apis/testing/networks.suite.ts'
import { proofMs } from '../model/job.ts'
import { addFirmware } from '../store/gateways/firmware.ts'
import { forgetJobs, unfinishedJobs } from '../store/jobs/runs.ts'
import { addGateways, createGateways, jobIn, look, openNode } from './testing.suite.ts'

const minute = 60_000
testInWorld('jobs', (world) => {
  const restarts = (serial: string) => world().setDevice(serial, { startedAt: 2 })

  test('a wave begins when every gateway of the one before has proven that it restarted', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    await addJob(world(), await addGateways(world(), 4), { wave_growth: 2, largest_wave: 2 })
    await look(node, 3)
    expect(gateways.asked).toEqual(['reboot sag0'])
    expect(await jobIn(world())).toMatchObject({ state: 'Running', items: ['Running', 'ToDo', 'ToDo', 'ToDo'] })
    await restarts('sag0')
    await look(node, 2)
    expect(gateways.asked).toEqual(['reboot sag0', 'reboot sag1', 'reboot sag2'])
    await restarts('sag2')
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({ items: ['Done', 'Running', 'Done', 'ToDo'] })
    expect(gateways.asked).toHaveLength(3)
    await restarts('sag1')
    await look(node)
    await restarts('sag3')
    await look(node)
    const { state, ended_at, items, waves } = await jobIn(world())
    expect({ state, items }).toEqual({ state: 'Done', items: ['Done', 'Done', 'Done', 'Done'] })
    expect(ended_at).toBe(world().wallNow)
    expect(JSON.parse(waves)).toEqual([
      [0, 0, 1, 0, 0, 0],
      [0, 0, 2, 0, 0, 0],
      [0, 0, 1, 0, 0, 0],
    ])
  })

  test('a gateway that does not come back has failed when its time is over, and the rest is left alone', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    await addJob(world(), await addGateways(world(), 2))
    await look(node)
    world().wallNow += proofMs.Restart - 1
    await look(node)
    expect(await jobIn(world())).toMatchObject({ state: 'Running', items: ['Running', 'ToDo'] })
    world().wallNow += 1
    await look(node)
    expect(await jobIn(world())).toMatchObject({
      state: 'Failed',
      reason: 'TooManyFailures',
      items: ['Failed NotProven', 'Skipped TooManyFailures'],
    })
    expect(gateways.asked).toEqual(['reboot sag0'])
  })

  test('as many may fail as it was told, and one more ends it, after what runs', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    gateways.answer = async (_, serial) => (['sag0', 'sag1'].includes(serial) ? 'refused' : 'done')
    await addJob(world(), await addGateways(world(), 5), {
      first_wave: 1,
      wave_growth: 2,
      largest_wave: 2,
      most_failures: 1,
    })
    await look(node, 3)
    const refused = 'Failed FeatureNotSupport'
    expect(await jobIn(world())).toMatchObject({
      state: 'Running',
      ending: 'Failed',
      items: [refused, refused, 'Running', 'Skipped TooManyFailures', 'Skipped TooManyFailures'],
    })
    await restarts('sag2')
    await look(node)
    expect(await jobIn(world())).toMatchObject({ state: 'Failed', items: { 2: 'Done' } })
  })

  test('a gateway that is offline is skipped, and that is no failure', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const ids = await addGateways(world(), 2)
    await world().setDevice('sag0', { connected: false })
    await addJob(world(), ids)
    await look(node, 2)
    await restarts('sag1')
    await look(node)
    expect(await jobIn(world())).toMatchObject({
      state: 'Done',
      items: ['Skipped SmartAccessGatewayNotOnline', 'Done'],
    })
  })

  test('a gateway that was there and does not answer has failed: the job does not go on through all of them', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    gateways.answer = async () => 'unreachable'
    await addJob(world(), await addGateways(world(), 2))
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({
      state: 'Failed',
      items: ['Failed SmartAccessGatewayNotOnline', 'Skipped TooManyFailures'],
    })
  })

  test('an upgrade takes the newest release for each model, and is proven by the version', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const ids = await addGateways(world(), 3)
    await world().setDevice('sag2', { version: '2.5.0.0' })
    for (const id of ids) await addCcn(world(), {}, id)
    for (const [version, type] of [
      ['2.4.0.0', 'release'],
      ['2.5.0.0', 'release'],
      ['2.6.0.0', 'beta'],
    ] as const) {
      const firmware = { model: 'sag-1000', version, name: version, type, createdAt: 0 } as const
      await world().store.write((tx) => addFirmware(tx, firmware))
    }
    await addJob(world(), ids, { kind: 'Upgrade', first_wave: 3, largest_wave: 3 })
    await look(node)
    expect([...gateways.asked].sort()).toEqual(['upgrade sag0 2.5.0.0', 'upgrade sag1 2.5.0.0'])
    await world().setDevice('sag0', { version: '2.5.0.0', startedAt: 2 })
    await world().setDevice('sag1', { version: '2.4.0.0', startedAt: 2 })
    await look(node)
    expect((await jobIn(world())).items).toEqual(['Done', 'Running', 'Skipped VersionTooOld'])
  })

  test('a synchronisation asks every device, and is done when the gateway says that nothing differs', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const ids = await addGateways(world(), 1)
    await world().addDevice(ids[0], { serial: 'sag0b' })
    await world().setDevice('sag0', { synStatus: 'Unsynchronized' })
    await world().setDevice('sag0b', { synStatus: 'Unsynchronized' })
    await addJob(world(), ids, { kind: 'Synchronize' })
    await look(node, 2)
    expect(gateways.asked).toEqual(['synchronise sag0', 'synchronise sag0b'])
    await world().setDevice('sag0', { synStatus: 'Synchronized' })
    await look(node)
    expect((await jobIn(world())).items).toEqual(['Running'])
    await world().setDevice('sag0b', { synStatus: 'Synchronized' })
    await look(node)
    expect(await jobIn(world())).toMatchObject({ state: 'Done', items: ['Done'] })
  })

  test('it begins at its time and in its window, and is let into the next one', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const midnight = Date.UTC(2024, 1, 1)
    const window = { window_from: 120, window_to: 180, window_offset: 0 }
    await addJob(world(), await addGateways(world(), 2), { start_at: midnight + 150 * minute, ...window })
    const asked = async (minutes: number) => {
      world().now = midnight + minutes * minute
      await look(node, 2)
      return gateways.asked.length
    }
    expect(await asked(130)).toBe(0)
    expect((await jobIn(world())).epoch).toBe(0)
    expect(await asked(150)).toBe(1)
    await restarts('sag0')
    expect(await asked(180)).toBe(1)
    expect(await jobIn(world())).toMatchObject({ state: 'Waiting', items: ['Done', 'ToDo'] })
    expect(await asked(24 * 60 + 119)).toBe(1)
    expect(await asked(24 * 60 + 120)).toBe(2)
  })

  test('while it is paused or when it was stopped nothing begins, and what runs is still looked after', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const JobId = await addJob(world(), await addGateways(world(), 3))
    const to = (set: object) =>
      world().store.write((tx) => tx.updateTable('job').set(set).where('id', '=', JobId).execute())
    await look(node)
    await to({ state: 'Paused' })
    await restarts('sag0')
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({ state: 'Paused', items: ['Done', 'ToDo', 'ToDo'] })
    // Nothing runs, so it costs nothing.
    expect(await world().store.read(unfinishedJobs)).toEqual([])
    await to({ state: 'Waiting' })
    await look(node)
    await to({ ending: 'Stopped' })
    await look(node)
    expect(await jobIn(world())).toMatchObject({ state: 'Running', items: ['Done', 'Running', 'Skipped JobStopped'] })
    await restarts('sag1')
    await look(node)
    expect(await jobIn(world())).toMatchObject({ state: 'Stopped', reason: null, items: { 1: 'Done' } })
    expect(gateways.asked).toEqual(['reboot sag0', 'reboot sag1'])
  })

  test('a job that is stopped while its next gateway is chosen does not begin it', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    await addJob(world(), await addGateways(world(), 1))
    const { store } = node
    const late: typeof node = {
      ...node,
      store: {
        ...store,
        read: (work) => store.read(work),
        async write(work, keepsTo) {
          // The last look of the pass before the item is written down as running.
          const job = await jobIn(world())
          if (job.state === 'Running') {
            await store.write((tx) => tx.updateTable('job').set({ ending: 'Stopped' }).execute())
          }
          return store.write(work, keepsTo)
        },
      } as typeof store,
    }
    await look(late)
    expect(gateways.asked).toEqual([])
    await look(node)
    expect(await jobIn(world())).toMatchObject({ state: 'Stopped', items: ['Skipped JobStopped'] })
  })

  test('with an almost full disk nothing begins', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    await addJob(world(), await addGateways(world(), 1))
    await look({ ...node, refusesWrites: () => true })
    expect(gateways.asked).toEqual([])
  })

  test('what ended long ago is forgotten with its items, and nothing else', async () => {
    const ids = await addGateways(world(), 1)
    const names = ['a', 'b', 'c', 'd'].map((letter) => `job-${letter.repeat(18)}`)
    for (const id of names) await addJob(world(), ids, { id })
    for (const [index, id] of names.slice(0, 3).entries()) {
      await world().store.write((tx) =>
        tx.updateTable('job').set({ state: 'Done', ended_at: index }).where('id', '=', id).execute(),
      )
    }
    await forgetJobs(world().store, 2, () => false)
    const left = await world().store.read((db) =>
      db.selectFrom('job_item').select('job_id').orderBy('job_id').execute(),
    )
    expect(left.map(({ job_id }) => job_id)).toEqual(names.slice(2))
  })
})
