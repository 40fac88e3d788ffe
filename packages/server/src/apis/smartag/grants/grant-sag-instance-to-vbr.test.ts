import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addVbr } from '../../testing/networks.suite.ts'
import { grantSagInstanceToVbr as operation } from './grant-sag-instance-to-vbr.ts'

testOperation(operation, (world) => {
  function params(SmartAGId: string, VbrInstanceId: string, more: Readonly<Record<string, string>> = {}) {
    return { RegionId: regionId, SmartAGId, VbrInstanceId, VbrRegionId: regionId, VbrUid: otherAccountId, ...more }
  }

  test('lets the line be backed up; granted again it is the same grant', async () => {
    const id = await world().addInstance()
    const vbr = await addVbr(world(), { accountId: otherAccountId })
    const answer = await world().call(operation, params(id, vbr))
    expect(answer).toEqual({ InstanceId: expect.stringMatching(/^sgv-[a-z0-9]{18}$/) })
    expect(await world().call(operation, params(id, vbr))).toEqual(answer)
    const exists = (account: string) =>
      world().store.read((db) => createRepositories(db).networks.vbrGrantExists(id, vbr, account))
    expect([await exists(otherAccountId), await exists('1210123456000000')]).toEqual([true, false])
  })

  test('answers the same whether the other account has such a VBR or not', async () => {
    const id = await world().addInstance()
    const answer = await world().call(operation, params(id, 'vbr-none'))
    expect(answer).toEqual({ InstanceId: expect.stringMatching(/^sgv-/) })
  })

  test.each(['RegionId', 'SmartAGId', 'VbrInstanceId', 'VbrRegionId', 'VbrUid'])(
    'Missing%s from the front door',
    async (name) => {
      expect(await world().refused(operation, params('sag-1', 'vbr-1', { [name]: '' }))).toBe(`Missing${name}`)
    },
  )

  test('SAG.InstanceNoFound: unknown, of another account, in another region', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const elsewhere = await world().addInstance({ regionId: 'cn-hangzhou' })
    for (const id of ['sag-none', foreign, elsewhere]) {
      expect(await world().refused(operation, params(id, 'vbr-1'))).toBe('SAG.InstanceNoFound')
    }
  })
})
