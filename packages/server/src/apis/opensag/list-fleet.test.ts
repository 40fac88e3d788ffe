import { expect, test } from 'vitest'
import { accountId, otherAccountId, regionId, testOperation } from '../testing/harness.suite.ts'
import { listFleet as operation } from './list-fleet.ts'

interface Row {
  readonly SmartAGId: string
  readonly DefaultPasswordCount: number
  readonly OldPasswordCount?: number
}

testOperation(operation, (world) => {
  const rows = async (params: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> =>
    (await world().call(operation, params))['Instances'] as readonly Row[]

  test('a row tells state, devices, blocks and versions of an instance', async () => {
    const id = await world().addInstance({ name: 'branch-1' })
    const first = await world().addDevice(id)
    const second = await world().addDevice(id, { connected: false, synStatus: 'Unsynchronized' })
    const { Instances, TotalCount, NextToken } = await world().call(operation)
    expect({ TotalCount, NextToken }).toEqual({ TotalCount: 1, NextToken: undefined })
    expect(Instances).toEqual([
      expect.objectContaining({
        SmartAGId: id,
        RegionId: regionId,
        Name: 'branch-1',
        InstanceType: 'hardware',
        Status: 'Init',
        BusinessState: 'Normal',
        SerialNumber: `${first},${second}`,
        DeviceCount: 2,
        OnlineCount: 1,
        LockedCount: 0,
        SynStatus: 'Unsynchronized',
        SoftwareVersion: '2.3.1.1',
      }),
    ])
  })

  test('a device counts that has no password, or the one it enrolled with', async () => {
    const id = await world().addInstance()
    await world().addDevice(id, { sealKey: 'key', passwordSet: false })
    await world().addDevice(id, { sealKey: 'key', passwordSet: true, passwordChangedAt: 1 })
    const other = await world().addInstance()
    await world().addDevice(other, { sealKey: 'key' })
    const never = await world().addInstance()
    await world().addDevice(never)
    const counts = new Map((await rows()).map((row) => [row.SmartAGId, row.DefaultPasswordCount]))
    expect([id, other, never].map((one) => counts.get(one))).toEqual([1, 1, 0])
  })

  test('a password counts as old only where there is a maximum age, and only if it is older', async () => {
    const day = 86_400_000
    const id = await world().addInstance()
    const known = { sealKey: 'key', passwordSet: true }
    await world().addDevice(id, { ...known, passwordChangedAt: world().wallNow - 90 * day - 1 })
    await world().addDevice(id, { ...known, passwordChangedAt: world().wallNow - 90 * day })
    const other = await world().addInstance()
    await world().addDevice(other, { sealKey: 'key', passwordSet: false })
    expect((await rows()).map(({ OldPasswordCount }) => OldPasswordCount)).toEqual([undefined, undefined])
    world().adminPasswordMaxAgeMs = 90 * day
    const counts = new Map((await rows()).map((row) => [row.SmartAGId, row.OldPasswordCount]))
    expect([id, other].map((one) => counts.get(one))).toEqual([1, 0])
  })

  test('pages follow one another without a gap and without showing one twice', async () => {
    const ids = new Set<string>()
    for (let made = 0; made < 7; made += 1) ids.add(await world().addInstance())
    const seen: string[] = []
    let token: unknown
    do {
      const answer = await world().call(operation, {
        MaxResults: '3',
        ...(token === undefined ? {} : { NextToken: String(token) }),
      })
      expect(answer['TotalCount']).toBe(7)
      seen.push(...(answer['Instances'] as readonly Row[]).map(({ SmartAGId }) => SmartAGId))
      token = answer['NextToken']
    } while (token !== undefined)
    expect(seen).toEqual([...ids].sort())
  })

  test('asked for some, it tells of those only, and of none that is not the account’s own', async () => {
    const own = await world().addInstance()
    await world().addInstance()
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const asked = { 'SmartAGIds.1': own, 'SmartAGIds.2': foreign, 'SmartAGIds.3': 'sag-none' }
    expect((await rows(asked)).map(({ SmartAGId }) => SmartAGId)).toEqual([own])
    expect(await rows()).toHaveLength(2)
    expect(world().caller.accountId).toBe(accountId)
  })

  test('a region leaves out the others', async () => {
    await world().addInstance()
    const far = await world().addInstance({ regionId: 'cn-hangzhou' })
    expect((await rows({ RegionId: 'cn-hangzhou' })).map(({ SmartAGId }) => SmartAGId)).toEqual([far])
  })

  test.each([
    ['InvalidMaxResults', { MaxResults: '5001' }],
    ['InvalidNextToken', { NextToken: 'nonsense' }],
    ['InvalidSmartAGIds', { 'SmartAGIds.1': 'nonsense' }],
  ])('400/%s', async (code, params) => {
    expect(await world().refused(operation, params as Record<string, string>)).toBe(code)
  })
})
