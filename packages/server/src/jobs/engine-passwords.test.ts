import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { accountId, testInWorld } from '../apis/testing/harness.suite.ts'
import { addRotation } from '../apis/testing/jobs.suite.ts'
import { change } from '../apis/testing/networks.suite.ts'
import { markRestored } from '../backup/mark-restored.ts'
import { passwordDays, proofMs } from '../model/job.ts'
import { createSealer } from '../sealing/sealing.ts'
import { decidePasswordChange, journalPasswordChange } from '../store/gateways/password-changes.ts'
import { openItemPassword } from '../store/jobs/item-passwords.ts'
import { endOldRotations } from '../store/jobs/runs.ts'
import { leaseMs } from './engine.ts'
import { addGateways, addOperator, createGateways, jobIn, look, openNode } from './testing.suite.ts'

const dayMs = 24 * 60 * 60_000

testInWorld('jobs that give devices new passwords', (world) => {
  async function devices(count: number) {
    return (await addGateways(world(), count)).map((instanceId, index) => ({ instanceId, serial: `sag${index}` }))
  }

  const items = () => world().store.read((db) => db.selectFrom('job_item').selectAll().orderBy('position').execute())
  /** Devices whose passwords are still held. */
  const held = async () => (await items()).flatMap((row) => (row.password_sealed === null ? [] : [row.serial]))
  const asks = (serial: string) => `password ${serial} New_password_of_${serial}`

  test('each gets its own, and none is held any more once its journal says that it is in force', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    await addRotation(world(), await devices(3), { wave_growth: 2, largest_wave: 2 })
    expect(await held()).toEqual(['sag0', 'sag1', 'sag2'])
    await look(node)
    expect(gateways.asked).toEqual([asks('sag0')])
    await look(node)
    expect(await held()).not.toContain('sag0')
    await look(node, 3)
    expect(gateways.asked).toHaveLength(3)
    expect(new Set(gateways.asked)).toEqual(new Set(['sag0', 'sag1', 'sag2'].map(asks)))
    expect(await jobIn(world())).toMatchObject({ state: 'Done', items: ['Done', 'Done', 'Done'] })
    expect(await held()).toEqual([])
  })

  test('a sealed one opens for its own job, place and device only, and only under the key of the server', async () => {
    await addRotation(world(), await devices(2))
    const [first, second] = await items()
    if (first === undefined || second === undefined) throw new Error('no items')
    const { sealer } = world()
    expect(openItemPassword(sealer, first)?.reveal()).toBe('New_password_of_sag0')
    for (const other of [{ serial: 'sag1' }, { position: 1 }, { job_id: `job-${'b'.repeat(18)}` }]) {
      expect(() => openItemPassword(sealer, { ...first, ...other })).toThrow('does not open')
    }
    expect(() => openItemPassword(createSealer(randomBytes(32)), first)).toThrow('does not open')
  })

  test('one that did not take it keeps the old one, and those that come after it keep theirs', async () => {
    for (const [answer, code] of [
      ['unreachable', 'SmartAccessGatewayOffline'],
      ['refused', 'PasswordKept'],
    ] as const) {
      const gateways = createGateways()
      const node = openNode(world(), gateways)
      gateways.answer = async () => answer
      await addRotation(world(), await devices(2), { id: `job-${answer.padEnd(18, 'x')}` })
      await look(node, 3)
      expect(await jobIn(world())).toMatchObject({
        state: 'Failed',
        items: [`Failed ${code}`, 'Skipped TooManyFailures'],
      })
      expect(gateways.asked).toEqual([asks('sag0')])
      expect(await held()).toEqual([])
      await world().store.write(async (tx) => {
        await tx.deleteFrom('job').execute()
        await tx.deleteFrom('device').execute()
        await tx.deleteFrom('instance').execute()
      })
    }
  })

  test('one that is offline is left alone, which is no failure; one of the newer family has an operation of its own', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const chosen = await devices(1)
    await world().setDevice('sag0', { connected: false })
    const newer = await world().addInstance({ id: 'sag-1' })
    await world().addDevice(newer, { serial: 'sag1', model: 'SCG5000', version: '3.4.2.0' })
    await addRotation(world(), [...chosen, { instanceId: newer, serial: 'sag1' }])
    await look(node, 4)
    expect(await jobIn(world())).toMatchObject({ state: 'Done', items: ['Skipped SmartAccessGatewayOffline', 'Done'] })
    const entries = await world().store.read((db) => db.selectFrom('audit_event').select('action').execute())
    expect(entries.map(({ action }) => action)).toEqual([
      'ModifySAGAdminPassword',
      'UpdateSmartAccessGatewayAdminPassword',
    ])
  })

  test('a right that is taken away in the middle stops it', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const mayChange = JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'smartag:ModifySAGAdminPassword', Resource: '*' }],
    })
    const { id } = await addOperator(world(), mayChange)
    await addRotation(world(), await devices(3), { creator_user_id: id, creator: 'zhang' })
    await look(node)
    await change(world(), ({ ram }) =>
      ram.attachments.detach(accountId, { type: 'Custom', name: 'restarts' }, { kind: 'user', id }),
    )
    await look(node, 3)
    expect(await jobIn(world())).toMatchObject({
      state: 'Failed',
      items: ['Done', 'Failed Forbidden.RAM', 'Skipped TooManyFailures'],
    })
    expect(gateways.asked).toEqual([asks('sag0')])
    expect(await held()).toEqual([])
  })

  test('of a call whose answer was lost the journal tells, and nobody is asked a second time', async () => {
    const gateways = createGateways()
    const dying = openNode(world(), gateways, 'node-1')
    gateways.answer = () => new Promise(() => {})
    await addRotation(world(), await devices(4), { first_wave: 3, largest_wave: 3, most_failures: 3 })
    // An earlier change says nothing about this one.
    const former = { id: 'former', serial: 'sag2', instanceId: 'sag-2', accountId, principal: '', requestId: 'FORMER' }
    await world().store.write(async (tx) => {
      await journalPasswordChange(tx, { ...former, requestedAt: 0, generation: 0 })
      await decidePasswordChange(tx, { id: 'former', outcome: 'succeeded', at: 1 })
    })
    void look(dying)
    await until('three are asked', () => gateways.asked.length === 3)
    const decide = (serial: string, outcome: 'succeeded' | 'failed') =>
      world().store.write(async (tx) => {
        const { id } = await tx
          .selectFrom('password_change')
          .select('id')
          .where('serial', '=', serial)
          .executeTakeFirstOrThrow()
        await decidePasswordChange(tx, { id, outcome, at: world().wallNow })
      })
    world().wallNow += leaseMs
    const other = openNode(world(), gateways, 'node-2')
    await look(other)
    expect((await jobIn(world())).items).toEqual(['Running', 'Running', 'Running', 'ToDo'])
    expect(await held()).toHaveLength(4)
    await decide('sag0', 'succeeded')
    await decide('sag1', 'failed')
    await look(other)
    expect((await jobIn(world())).items).toEqual(['Done', 'Failed PasswordKept', 'Running', 'ToDo'])
    expect(await held()).toEqual(['sag2', 'sag3'])
    world().wallNow += proofMs.RotatePasswords
    gateways.answer = async () => 'done'
    await look(other, 2)
    expect((await jobIn(world())).items).toEqual(['Done', 'Failed PasswordKept', 'Unknown NotAnswered', 'Done'])
    expect(await held()).toEqual([])
    expect(gateways.asked.filter((one) => one === asks('sag2'))).toHaveLength(1)
  })

  test('when it is stopped, or its creator is deleted, what has not begun is erased', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const { id } = await addOperator(world(), '{"Version":"1","Statement":[]}')
    const chosen = await devices(2)
    const JobId = await addRotation(world(), chosen, { start_at: world().now + dayMs })
    await addRotation(world(), chosen, {
      id: `job-${'b'.repeat(18)}`,
      creator_user_id: id,
      start_at: world().now + dayMs,
    })
    await world().store.write(async (tx) => {
      await tx.updateTable('job').set({ ending: 'Stopped' }).where('id', '=', JobId).execute()
    })
    await look(node)
    expect(await held()).toHaveLength(2)
    world().now += dayMs
    await world().store.write((tx) => tx.deleteFrom('ram_user').where('id', '=', id).execute())
    await look(node)
    expect(await held()).toEqual([])
    expect(gateways.asked).toEqual([])
  })

  test('none is held for longer than a week, also while the job is paused', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const JobId = await addRotation(world(), await devices(2))
    await world().store.write((tx) => tx.updateTable('job').set({ state: 'Paused' }).where('id', '=', JobId).execute())
    const sweep = () => endOldRotations(world().store, world().wallNow - passwordDays * dayMs)
    world().wallNow += passwordDays * dayMs
    await sweep()
    await look(node)
    expect(await held()).toHaveLength(2)
    world().wallNow += 1
    await sweep()
    await look(node)
    expect(await jobIn(world())).toMatchObject({
      state: 'Stopped',
      reason: 'PasswordsTooOld',
      items: ['Skipped PasswordsTooOld', 'Skipped PasswordsTooOld'],
    })
    expect(await held()).toEqual([])
  })

  test('after a restore nobody guesses about one that was on its way; the others wait until somebody resumes the job', async () => {
    const gateways = createGateways()
    gateways.answer = () => new Promise(() => {})
    const JobId = await addRotation(world(), await devices(2), { most_failures: 1 })
    void look(openNode(world(), gateways))
    await until('the first is asked', () => gateways.asked.length === 1)
    await markRestored(world().store, { at: world().wallNow, businessNow: world().now, aheadMs: 0 })
    expect(await jobIn(world())).toMatchObject({
      state: 'Paused',
      items: ['Unknown ServerRestored', 'ToDo'],
      waves: '[[0,0,0,0,1,0],[1,0,0,0,0,0]]',
    })
    expect(await held()).toEqual(['sag1'])
    gateways.answer = async () => 'done'
    const node = openNode(world(), gateways)
    await look(node)
    expect(gateways.asked).toHaveLength(1)
    await world().store.write((tx) => tx.updateTable('job').set({ state: 'Waiting' }).where('id', '=', JobId).execute())
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({ state: 'Done', items: ['Unknown ServerRestored', 'Done'] })
    expect(await held()).toEqual([])
  })
})
