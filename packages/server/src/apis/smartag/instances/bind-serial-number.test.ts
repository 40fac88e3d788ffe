import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { bindSerialNumber as operation } from './bind-serial-number.ts'

testOperation(operation, (world) => {
  function refused(SmartAGId: string, SerialNumber: string): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SmartAGId, SerialNumber })
  }

  async function bind(SmartAGId: string, SerialNumber: string): Promise<void> {
    expect(await world().call(operation, { RegionId: regionId, SmartAGId, SerialNumber })).toEqual({})
  }

  async function startChange(serial: string): Promise<void> {
    await world().store.write((tx) =>
      tx
        .insertInto('password_change')
        .values({
          id: 'change-1',
          serial,
          instance_id: 'sag-any',
          account_id: 'any',
          principal: 'any',
          request_id: 'any',
          requested_at: 0,
          outcome: 'requested',
        })
        .execute(),
    )
  }

  test('the first device is the active one, the second the standby', async () => {
    const id = await world().addInstance()
    const [first, second] = [await world().addDevice(), await world().addDevice()]
    await bind(id, second)
    await bind(id, first)
    const devices = (await world().fleet.instanceById(id))?.devices ?? []
    expect(devices.map(({ serial, role, boundAt }) => ({ serial, role, boundAt }))).toEqual([
      { serial: second, role: 'active', boundAt: world().now },
      { serial: first, role: 'standby', boundAt: world().now },
    ])
  })

  test('binds whatever state the order is in, because no code says otherwise', async () => {
    const id = await world().addInstance({ state: 'unpaid' })
    await bind(id, await world().addDevice())
  })

  test('keeps the configuration state the device last reported', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(undefined, { synStatus: 'Unsynchronized' })
    await bind(id, serial)
    expect((await world().fleet.device(serial))?.synStatus).toBe('Unsynchronized')
  })

  test('succeeds without a change when it is bound to this instance already', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    await world().addDevice(id)
    const before = await world().fleet.instanceById(id)
    world().now += 1
    await bind(id, serial)
    expect(await world().fleet.instanceById(id)).toEqual(before)
  })

  test('SAG.InstanceIdEmpty: absent or blank', async () => {
    expect(await refused(' ', 'sag1')).toBe('SAG.InstanceIdEmpty')
    expect(await world().refused(operation, { RegionId: regionId, SerialNumber: 'sag1' })).toBe('SAG.InstanceIdEmpty')
  })

  test('SAG.InstanceNoFound: unknown, or of another account', async () => {
    const serial = await world().addDevice()
    expect(await refused('sag-none', serial)).toBe('SAG.InstanceNoFound')
    expect(await refused(await world().addInstance({ accountId: otherAccountId }), serial)).toBe('SAG.InstanceNoFound')
  })

  test('SAG.InvalidSerialNumber: not in the inventory', async () => {
    expect(await refused(await world().addInstance(), 'sag-unknown')).toBe('SAG.InvalidSerialNumber')
  })

  test.each(['no_backup', 'cold_backup', 'warm_backup'] as const)(
    'SAG.SnOverLimit: a third device, %s',
    async (haType) => {
      const id = await world().addInstance({ haType })
      await world().addDevice(id)
      await world().addDevice(id)
      expect(await refused(id, await world().addDevice())).toBe('SAG.SnOverLimit')
    },
  )

  test('SAG.SnOverLimit: an App has no device at all', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }), await world().addDevice())).toBe('SAG.SnOverLimit')
  })

  test('SAG.SnConflict: bound to another instance, whoever owns it', async () => {
    const id = await world().addInstance()
    for (const accountId of [undefined, otherAccountId]) {
      const other = await world().addInstance(accountId === undefined ? {} : { accountId })
      expect(await refused(id, await world().addDevice(other))).toBe('SAG.SnConflict')
    }
  })

  test('ResourceInOperating: unbound while a password was on its way to it', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice()
    await startChange(serial)
    expect(await refused(id, serial)).toBe('ResourceInOperating')
    await world().store.write((tx) => tx.updateTable('password_change').set({ outcome: 'failed' }).execute())
    await bind(id, serial)
  })

  test('SAG.InstanceNoFound comes before SAG.InvalidSerialNumber', async () => {
    expect(await refused('sag-none', 'sag-unknown')).toBe('SAG.InstanceNoFound')
  })

  test('SAG.InvalidSerialNumber comes before SAG.SnOverLimit', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }), 'sag-unknown')).toBe('SAG.InvalidSerialNumber')
  })

  test('SAG.SnOverLimit comes before SAG.SnConflict', async () => {
    const bound = await world().addDevice(await world().addInstance())
    expect(await refused(await world().addInstance({ kind: 'app' }), bound)).toBe('SAG.SnOverLimit')
  })

  test('SAG.SnConflict comes before ResourceInOperating', async () => {
    const bound = await world().addDevice(await world().addInstance())
    await startChange(bound)
    expect(await refused(await world().addInstance(), bound)).toBe('SAG.SnConflict')
  })

  test('MissingSerialNumber from the front door, before every code of the table', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingSerialNumber')
  })

  test('two calls for the last free place: one gets it', async () => {
    const id = await world().addInstance()
    await world().addDevice(id)
    const serials = [await world().addDevice(), await world().addDevice()]
    const outcomes = await Promise.allSettled(serials.map((serial) => bind(id, serial)))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await world().fleet.instanceById(id))?.devices).toHaveLength(2)
  })
})
