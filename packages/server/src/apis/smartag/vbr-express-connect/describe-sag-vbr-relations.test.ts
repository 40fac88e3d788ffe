import { expect, test } from 'vitest'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addVbr } from '../../testing/networks.suite.ts'
import { describeSagVbrRelations as operation } from './describe-sag-vbr-relations.ts'

testOperation(operation, (world) => {
  async function relations(...vbrs: readonly string[]): Promise<unknown> {
    const ids = Object.fromEntries(vbrs.map((id, index) => [`VbrInstanceIds.${index + 1}`, id]))
    return (await world().call(operation, { VbrRegionId: regionId, ...ids })).SagVbrRelations
  }

  test('shows who backs up which line; lines without a backup, unknown and in other regions are left out', async () => {
    const [a, b] = [await world().addInstance(), await world().addInstance()]
    const first = await addVbr(world(), { instanceId: a })
    const free = await addVbr(world())
    const away = await addVbr(world(), { instanceId: b, regionId: 'cn-hangzhou' })
    expect(await relations(free, first, away, 'vbr-none')).toEqual([
      { SagInstanceId: a, SagUid: accountId, VbrInstanceId: first },
    ])
    expect(await relations(free)).toEqual([])
  })

  test('only those where the line or the instance is the caller’s own', async () => {
    const [own, foreign] = [await world().addInstance(), await world().addInstance({ accountId: otherAccountId })]
    const [ownLine, foreignLine] = [
      await addVbr(world(), { instanceId: foreign }),
      await addVbr(world(), { instanceId: own, accountId: otherAccountId }),
    ]
    const theirs = await world().addInstance({ accountId: otherAccountId })
    const hidden = await addVbr(world(), { instanceId: theirs, accountId: otherAccountId })
    expect(await relations(ownLine, foreignLine, hidden)).toEqual([
      { SagInstanceId: foreign, SagUid: otherAccountId, VbrInstanceId: ownLine },
      { SagInstanceId: own, SagUid: accountId, VbrInstanceId: foreignLine },
    ])
  })

  test('InvalidRegionID: of either region', async () => {
    const ids = { 'VbrInstanceIds.1': 'vbr-1' }
    expect(await world().refused(operation, { ...ids, VbrRegionId: 'cn-nowhere' })).toBe('InvalidRegionID')
    expect(await world().refused(operation, { ...ids, VbrRegionId: regionId, RegionId: 'cn-nowhere' })).toBe(
      'InvalidRegionID',
    )
  })

  test('MissingVbrRegionId and MissingVbrInstanceIds from the front door', async () => {
    expect(await world().refused(operation, { 'VbrInstanceIds.1': 'vbr-1' })).toBe('MissingVbrRegionId')
    expect(await world().refused(operation, { VbrRegionId: regionId })).toBe('MissingVbrInstanceIds')
  })
})
