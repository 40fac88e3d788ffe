import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addSnatEntry } from './add-snat-entry.ts'
import { describeSnatEntries as operation } from './describe-snat-entries.ts'

testOperation(operation, (world) => {
  async function described(SmartAGId: string, more: Readonly<Record<string, string>> = {}) {
    return toWire(operation.result, await world().call(operation, { RegionId: regionId, SmartAGId, ...more }))
  }

  test('shows each entry of the instance, the oldest first, page by page', async () => {
    const id = await world().addInstance()
    const shown: unknown[] = []
    for (const third of [1, 2, 3]) {
      const entry = { CidrBlock: `192.168.${third}.0/24`, SnatIp: `10.255.0.${third}` }
      for (const SmartAGId of [id, await world().addInstance()]) {
        const { InstanceId } = await world().call(addSnatEntry, { RegionId: regionId, SmartAGId, ...entry })
        if (SmartAGId === id) shown.push({ InstanceId, ...entry, CreateTime: world().now })
      }
      world().now += 1
    }
    expect(await described(id)).toEqual({
      TotalCount: 3,
      PageNumber: 1,
      PageSize: 10,
      SnatEntries: { SnatEntry: shown },
    })
    expect(await described(id, { PageNumber: '2', PageSize: '2' })).toEqual({
      TotalCount: 3,
      PageNumber: 2,
      PageSize: 2,
      SnatEntries: { SnatEntry: shown.slice(2) },
    })
  })

  test('an empty list where there is none', async () => {
    expect(await described(await world().addInstance())).toMatchObject({
      TotalCount: 0,
      SnatEntries: { SnatEntry: [] },
    })
  })

  test('SAG.InstanceNoFound: unknown, in another region, or of another account', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const elsewhere = await world().addInstance({ regionId: 'cn-hangzhou' })
    for (const SmartAGId of ['sag-none', foreign, elsewhere]) {
      expect(await world().refused(operation, { RegionId: regionId, SmartAGId })).toBe('SAG.InstanceNoFound')
    }
  })

  test.each(['PageNumber', 'PageSize'])('Invalid%s from the front door: 0 and 51', async (name) => {
    for (const value of ['0', '51']) {
      const params = { RegionId: regionId, SmartAGId: 'sag-none', [name]: value }
      expect(await world().refused(operation, params)).toBe(`Invalid${name}`)
    }
  })
})
