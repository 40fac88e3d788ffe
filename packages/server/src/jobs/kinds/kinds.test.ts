import { expect, test } from 'vitest'
import { accountId, testInWorld } from '../../apis/testing/harness.suite.ts'
import { addJob } from '../../apis/testing/jobs.suite.ts'
import { addCcn } from '../../apis/testing/networks.suite.ts'
import { addGateways, addOperator, createGateways, jobIn, look, openNode } from '../testing.suite.ts'

testInWorld('kinds of jobs that no gateway has to prove', (world) => {
  const atOnce = { first_wave: 3, largest_wave: 3 }
  const tagsIn = async () => {
    const rows = await world().store.read((db) => db.selectFrom('instance').select('tags').orderBy('id').execute())
    return rows.map(({ tags }) => tags && JSON.parse(tags))
  }

  test('gateways get the tags of the job, offline or not, and lose those of another', async () => {
    const node = openNode(world(), createGateways())
    const ids = await addGateways(world(), 2)
    await world().setDevice('sag1', { connected: false })
    const tags = [
      ['critical', ''],
      ['env', 'prod'],
    ] as const
    await addJob(world(), ids, { kind: 'Tag', params: { tags }, ...atOnce })
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({ state: 'Done', items: ['Done', 'Done'] })
    expect(await tagsIn()).toEqual([tags, tags])
    await world().store.write((tx) => tx.deleteFrom('job').execute())
    await addJob(world(), ids, { kind: 'Untag', params: { tagKeys: ['env', 'none'] }, ...atOnce })
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({ state: 'Done', items: ['Done', 'Done'] })
    expect(await tagsIn()).toEqual([[['critical', '']], [['critical', '']]])
  })

  test('a gateway gets into the network; one that is in it is left out, one of another network has failed', async () => {
    const node = openNode(world(), createGateways())
    const ids = await addGateways(world(), 3)
    const ccnId = await addCcn(world(), {}, 'sag-1')
    await addCcn(world(), {}, 'sag-2')
    await addJob(world(), ids, { kind: 'AddToNetwork', params: { ccnId }, most_failures: 1, ...atOnce })
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({
      state: 'Done',
      items: ['Done', 'Skipped SmartAccessGatewayAlreadyBound', 'Failed SmartAccessGatewayAlreadyBound'],
    })
    const { ccn_id } = await world().store.read((db) =>
      db.selectFrom('instance').select('ccn_id').where('id', '=', 'sag-0').executeTakeFirstOrThrow(),
    )
    expect(ccn_id).toBe(ccnId)
  })

  test('each is tagged with the rights of the creator of that moment, and so it stands in the audit trail', async () => {
    const node = openNode(world(), createGateways())
    const ids = await addGateways(world(), 2)
    const may = { Effect: 'Allow', Action: 'opensag:TagGateway', Resource: `acs:smartag:*:*:smartag/${ids[0]}` }
    const { id } = await addOperator(world(), JSON.stringify({ Version: '1', Statement: [may] }))
    const params = { tags: [['env', 'prod']] as const }
    await addJob(world(), ids, { kind: 'Tag', params, creator_user_id: id, creator: 'zhang', ...atOnce })
    await look(node, 2)
    expect(await jobIn(world())).toMatchObject({ items: ['Done', 'Failed Forbidden.RAM'] })
    const rows = await world().store.read((db) => db.selectFrom('audit_event').selectAll().orderBy('id').execute())
    expect(rows.map(({ action, outcome }) => [action, outcome])).toEqual(
      expect.arrayContaining([
        ['TagGateway', null],
        ['TagGateway', 'Forbidden.RAM'],
      ]),
    )
    const done = rows.find(({ outcome }) => outcome === null)
    expect(done).toMatchObject({ account_id: accountId, through: 'job' })
    expect(JSON.parse(done?.details ?? '{}')).toMatchObject({ changes: [{ field: 'Tags', after: 'env=prod' }] })
  })
})
