import { expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { accountId, testInWorld } from '../apis/testing/harness.suite.ts'
import { addJob } from '../apis/testing/jobs.suite.ts'
import { change } from '../apis/testing/networks.suite.ts'
import { proofMs } from '../model/job.ts'
import { leaseMs } from './engine.ts'
import { addGateways, addOperator, createGateways, jobIn, look, openNode } from './testing.suite.ts'

const mayRestart = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'smartag:RebootSmartAccessGateway', Resource: '*' }],
})

testInWorld('whose a job is, and which node works on it', (world) => {
  const restarts = (serial: string) => world().setDevice(serial, { startedAt: 2 })

  test('a policy taken away in the middle stops what it allowed', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const { id } = await addOperator(world(), mayRestart)
    await addJob(world(), await addGateways(world(), 3), { creator_user_id: id, creator: 'zhang' })
    await look(node)
    await restarts('sag0')
    await change(world(), ({ ram }) =>
      ram.attachments.detach(accountId, { type: 'Custom', name: 'restarts' }, { kind: 'user', id }),
    )
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({
      state: 'Failed',
      items: ['Done', 'Failed Forbidden.RAM', 'Skipped TooManyFailures'],
    })
    expect(gateways.asked).toEqual(['reboot sag0'])
  })

  test('when its creator is deleted it stops', async () => {
    const gateways = createGateways()
    const node = openNode(world(), gateways)
    const { id } = await addOperator(world(), mayRestart)
    await addJob(world(), await addGateways(world(), 2), { creator_user_id: id, creator: 'zhang' })
    await look(node)
    await restarts('sag0')
    await world().store.write((tx) => tx.deleteFrom('ram_user').where('id', '=', id).execute())
    await look(node)
    expect(await jobIn(world())).toMatchObject({
      state: 'Stopped',
      reason: 'CreatorGone',
      items: ['Done', 'Skipped CreatorGone'],
    })
  })

  test('each call is in the audit trail, with its creator and the job', async () => {
    const node = openNode(world(), createGateways())
    const { id } = await addOperator(world(), mayRestart)
    const JobId = await addJob(world(), await addGateways(world(), 1), { creator_user_id: id, creator: 'zhang' })
    await look(node)
    const entries = await world().store.read((db) => db.selectFrom('audit_event').selectAll().execute())
    expect(entries).toMatchObject([
      {
        action: 'RebootSmartAccessGateway',
        principal: `acs:ram::${accountId}:user/zhang`,
        principal_id: id,
        source: '192.0.2.1',
        outcome: null,
        through: 'job',
      },
    ])
    const resources = entries[0]?.resources.split(' ')
    expect(resources).toContain(`acs:opensag:*:${accountId}:job/${JobId}`)
    expect(resources?.some((one) => one.endsWith('smartag/sag-0'))).toBe(true)
  })

  test('a node that dies in the middle is replaced: the gateway tells whether it was done, and is never asked twice', async () => {
    const gateways = createGateways()
    const dying = openNode(world(), gateways, 'node-1')
    const other = openNode(world(), gateways, 'node-2')
    // It is killed while it waits for the answers.
    gateways.answer = () => new Promise(() => {})
    await addJob(world(), await addGateways(world(), 4), { first_wave: 2, largest_wave: 2, most_failures: 1 })
    void look(dying)
    await until('both are asked', () => gateways.asked.length === 2)
    gateways.answer = async () => 'done'
    await restarts('sag0')
    world().wallNow += leaseMs - 1
    await look(other)
    expect((await jobIn(world())).items).toEqual(['Running', 'Running', 'ToDo', 'ToDo'])
    world().wallNow += 1
    await look(other)
    expect((await jobIn(world())).items).toEqual(['Done', 'Running', 'ToDo', 'ToDo'])
    world().wallNow += proofMs.Restart
    await look(other)
    expect((await jobIn(world())).items).toEqual(['Done', 'Unknown NotAnswered', 'Running', 'Running'])
    expect(gateways.asked).toHaveLength(4)
    for (const serial of ['sag2', 'sag3']) await restarts(serial)
    await look(other)
    expect(await jobIn(world())).toMatchObject({ state: 'Done', node: null })
  })

  test('what a node that was replaced hears at last counts no more', async () => {
    const gateways = createGateways()
    const slow = openNode(world(), gateways, 'node-1')
    let answer = (): void => {}
    gateways.answer = () =>
      new Promise((resolve) => {
        answer = () => resolve('refused')
      })
    await addJob(world(), await addGateways(world(), 1))
    const looking = look(slow)
    await until('it is asked', () => gateways.asked.length === 1)
    world().wallNow += leaseMs
    await look(openNode(world(), gateways, 'node-2'))
    answer()
    await looking
    expect((await jobIn(world())).items).toEqual(['Running'])
  })

  test('two nodes that look at the same time ask each gateway once', async () => {
    const gateways = createGateways()
    const nodes = ['node-1', 'node-2'].map((id) => openNode(world(), gateways, id))
    await addJob(world(), await addGateways(world(), 6), { first_wave: 6, largest_wave: 6 })
    for (let time = 0; time < 3; time++) await Promise.all(nodes.map((node) => look(node)))
    expect([...gateways.asked].sort()).toEqual([0, 1, 2, 3, 4, 5].map((index) => `reboot sag${index}`))
  })
})
