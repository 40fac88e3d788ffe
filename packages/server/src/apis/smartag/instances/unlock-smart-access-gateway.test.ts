import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { unlockSmartAccessGateway as operation } from './unlock-smart-access-gateway.ts'

testOperation(operation, (world) => {
  function refused(params: Readonly<Record<string, string>>): Promise<string> {
    return world().refused(operation, params)
  }

  async function lock(serial: string): Promise<void> {
    await world().store.write((tx) =>
      tx.updateTable('device').set({ locked_since: 1 }).where('serial', '=', serial).execute(),
    )
  }

  test('a locked device that is connected is online again', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    await lock(serial)
    expect((await world().fleet.device(serial))?.connected).toBe(false)
    expect(await world().call(operation, { SmartAGId: id })).toEqual({})
    expect(await world().fleet.device(serial)).toMatchObject({ connected: true, lockedSince: undefined })
    expect(world().told).toEqual([serial])
  })

  test('the lock of a device that is away is open when it comes back', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { connected: false })
    await world().call(operation, { RegionId: regionId, SmartAGId: id })
    expect((await world().fleet.device(serial))?.unlockedAt).toBe(world().now)
  })

  test('both devices of a pair are unlocked, those of other instances are not', async () => {
    const id = await world().addInstance()
    const all = [await world().addDevice(id), await world().addDevice(id)]
    const other = await world().addDevice(await world().addInstance())
    for (const serial of [...all, other]) await lock(serial)
    await world().call(operation, { SmartAGId: id })
    const online = await Promise.all([...all, other].map((serial) => world().fleet.device(serial)))
    expect(online.map((device) => device?.connected)).toEqual([true, true, false])
  })

  test('a threshold of 0 opens the locks too, another one does not', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    await lock(serial)
    const online = async () => (await world().fleet.device(serial))?.connected
    await world().fleet.configure(id, { securityLockThreshold: 60 })
    expect(await online()).toBe(false)
    await world().fleet.configure(id, { securityLockThreshold: 0 })
    expect(await online()).toBe(true)
  })

  test('what is not locked, or has no device, stays as it is', async () => {
    expect(await world().call(operation, { SmartAGId: await world().addInstance() })).toEqual({})
    expect(await world().call(operation, { SmartAGId: await world().addInstance({ kind: 'app' }) })).toEqual({})
  })

  test('MissingParameter: absent or blank', async () => {
    expect(await refused({})).toBe('MissingParameter')
    expect(await refused({ SmartAGId: ' ' })).toBe('MissingParameter')
  })

  test('InvalidId.SMARTAG: malformed, unknown, or in another region; before whose it is', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    expect(await refused({ SmartAGId: 'gateway' })).toBe('InvalidId.SMARTAG')
    expect(await refused({ SmartAGId: 'sag-none' })).toBe('InvalidId.SMARTAG')
    expect(await refused({ SmartAGId: foreign, RegionId: 'cn-hangzhou' })).toBe('InvalidId.SMARTAG')
  })

  test("Forbidden: another account's", async () => {
    expect(await refused({ SmartAGId: await world().addInstance({ accountId: otherAccountId }) })).toBe('Forbidden')
  })
})
