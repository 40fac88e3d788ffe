import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addVbr, grantToVbr } from '../../testing/networks.suite.ts'
import { revokeInstanceFromVbr as operation } from './revoke-instance-from-vbr.ts'

testOperation(operation, (world) => {
  function params(SmartAGId: string, VbrInstanceId: string) {
    return { RegionId: regionId, SmartAGId, VbrInstanceId }
  }

  test('takes the grant back; a backup that exists stays', async () => {
    const id = await world().addInstance()
    const vbr = await addVbr(world(), { accountId: otherAccountId, instanceId: id })
    await grantToVbr(world(), id, vbr, otherAccountId)
    expect(await world().call(operation, params(id, vbr))).toEqual({})
    await world().store.read(async (db) => {
      const { networks } = createRepositories(db)
      expect(await networks.vbrGrantExists(id, vbr, otherAccountId)).toBe(false)
      expect((await networks.vbrOf(id))?.id).toBe(vbr)
    })
  })

  test.each(['RegionId', 'SmartAGId', 'VbrInstanceId'])('Missing%s from the front door', async (name) => {
    expect(await world().refused(operation, { ...params('sag-1', 'vbr-1'), [name]: '' })).toBe(`Missing${name}`)
  })

  test("InvalidInstanceId.NotFound: taken back already, never given, or another account's instance", async () => {
    const [id, foreign] = [await world().addInstance(), await world().addInstance({ accountId: otherAccountId })]
    await grantToVbr(world(), id, 'vbr-1', otherAccountId)
    await grantToVbr(world(), foreign, 'vbr-1', accountId)
    await world().call(operation, params(id, 'vbr-1'))
    for (const [sag, vbr] of [
      [id, 'vbr-1'],
      [id, 'vbr-2'],
      [foreign, 'vbr-1'],
      ['sag-none', 'vbr-1'],
    ] as const) {
      expect(await world().refused(operation, params(sag, vbr))).toBe('InvalidInstanceId.NotFound')
    }
  })
})
