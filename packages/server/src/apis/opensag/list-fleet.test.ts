import { describe, expect, test } from 'vitest'
import { modifySmartAccessGateway } from '../smartag/instances/modify-smart-access-gateway.ts'
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

  test('a row tells state, place, devices, blocks and versions of an instance', async () => {
    const id = await world().addInstance({ name: 'branch-1' })
    await world().call(modifySmartAccessGateway, { RegionId: regionId, SmartAGId: id, Position: 'Hangzhou' })
    const first = await world().addDevice(id)
    const second = await world().addDevice(id, { connected: false, synStatus: 'Unsynchronized' })
    const { Instances, TotalCount, NextToken } = await world().call(operation)
    expect({ TotalCount, NextToken }).toEqual({ TotalCount: 1, NextToken: undefined })
    expect(Instances).toEqual([
      expect.objectContaining({
        SmartAGId: id,
        RegionId: regionId,
        Name: 'branch-1',
        Position: 'Hangzhou',
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

  describe('since the last answer', () => {
    interface Answer {
      readonly Instances: readonly Row[]
      readonly Ranges: readonly { readonly After?: string; readonly UpTo?: string }[]
      readonly Since: string
      readonly More: boolean
    }
    const since = async (token: string, params: Readonly<Record<string, string>> = {}): Promise<Answer> =>
      (await world().call(operation, { Since: token, ...params })) as unknown as Answer
    const idsIn = ({ Instances }: Answer): readonly string[] => Instances.map(({ SmartAGId }) => SmartAGId)

    test('everything is told first, then nothing, then what has changed and what is gone', async () => {
      const [first, second] = [await world().addInstance({ name: 'one' }), await world().addInstance()].sort()
      const all = await since('0')
      expect(idsIn(all)).toEqual([first, second])
      expect({ ...all, Instances: [], Since: '' }).toMatchObject({ Ranges: [{}], More: false, TotalCount: 2 })
      const same = await since(all.Since)
      expect(same).toMatchObject({ Instances: [], Ranges: [], TotalCount: 2, Since: all.Since })
      await world().addDevice(first ?? '')
      const changed = await since(same.Since)
      expect(changed.Instances).toContainEqual(expect.objectContaining({ SmartAGId: first, DeviceCount: 1 }))
      await world().store.write((tx) =>
        tx
          .deleteFrom('instance')
          .where('id', '=', second ?? '')
          .execute(),
      )
      const gone = await since(changed.Since)
      expect({ ids: idsIn(gone), ranges: gone.Ranges }).toEqual({ ids: [first], ranges: [{}] })
    })

    test('an instance that expires is told of, though nothing has written anything', async () => {
      const id = await world().addInstance({ endsAt: world().now + 1000 })
      const before = await since('0')
      expect(before.Instances).toEqual([expect.objectContaining({ SmartAGId: id, BusinessState: 'Normal' })])
      world().now += 1000
      expect((await since(before.Since)).Instances).toEqual([
        expect.objectContaining({ SmartAGId: id, BusinessState: 'Arrearage' }),
      ])
    })

    test('an answer is no larger than was asked for, and the next one goes on', async () => {
      for (let made = 0; made < 5; made += 1) await world().addInstance()
      const first = await since('0', { MaxResults: '3' })
      expect([first.Instances.length, first.More, first.Ranges]).toEqual([3, true, [{ UpTo: idsIn(first)[2] }]])
      const rest = await since(first.Since, { MaxResults: '3' })
      expect([rest.Instances.length, rest.More, rest.Ranges]).toEqual([2, false, [{ After: idsIn(first)[2] }]])
    })

    test('asked for some, it is about those only', async () => {
      const [own, other] = [await world().addInstance(), await world().addInstance()]
      const asked = { 'SmartAGIds.1': own }
      const { Since } = await since('0', asked)
      await world().addDevice(other)
      expect(await since(Since, asked)).toMatchObject({ Instances: [], Ranges: [] })
      await world().addDevice(own)
      expect(idsIn(await since(Since, asked))).toEqual([own])
    })
  })

  test.each([
    ['InvalidSince', { Since: 'nonsense' }],
    ['InvalidMaxResults', { MaxResults: '5001' }],
    ['InvalidNextToken', { NextToken: 'nonsense' }],
    ['InvalidSmartAGIds', { 'SmartAGIds.1': 'nonsense' }],
  ])('400/%s', async (code, params) => {
    expect(await world().refused(operation, params as Record<string, string>)).toBe(code)
  })
})
