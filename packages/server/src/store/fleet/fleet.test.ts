import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { day, type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { isInArrears } from '../../model/activation.ts'
import { createFleet } from './create-fleet.ts'
import { takeAwayEnds } from './perpetual.ts'

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

const months12 = Date.UTC(2025, 0, 31, 12)

describe('orders', () => {
  test('a step is taken in its turn only, and an unknown instance has none', async () => {
    const id = await world.addInstance({ state: 'unpaid' })
    expect(await world.fleet.advanceOrder('sag-none', 'pay', 1)).toBe('unknown')
    expect(await world.fleet.advanceOrder(id, 'arrive', 1)).toBe('notNow')
    expect(await world.fleet.advanceOrder(id, 'pay', 1)).toBe('done')
    expect(await world.fleet.advanceOrder(id, 'pay', 2)).toBe('notNow')
    expect((await world.fleet.instanceById(id))?.paidAt).toBe(1)
  })

  test('an order is found by its number', async () => {
    const id = await world.addInstance({ orderId: '123456789012345' })
    expect((await world.fleet.instanceByOrder('123456789012345'))?.id).toBe(id)
    expect(await world.fleet.instanceByOrder('1')).toBeUndefined()
  })

  test('a shipment brings its devices, the smaller serial number as the active one', async () => {
    const id = await world.addInstance({ state: 'ordered' })
    const [a, b] = [
      await world.addDevice(undefined, { serial: 'sagb' }),
      await world.addDevice(undefined, { serial: 'saga' }),
    ]
    expect(await world.fleet.ship(id, [a, b, a], 7)).toBe('done')
    const instance = await world.fleet.instanceById(id)
    expect(instance?.shippedAt).toBe(7)
    expect(instance?.devices.map(({ serial, role, boundAt }) => [serial, role, boundAt])).toEqual([
      ['saga', 'active', 7],
      ['sagb', 'standby', 7],
    ])
  })

  test('a shipment that cannot be is not made in part', async () => {
    const id = await world.addInstance({ state: 'ordered' })
    const free = await world.addDevice()
    const bound = await world.addDevice(await world.addInstance())
    expect(await world.fleet.ship('sag-none', [free], 1)).toBe('unknown')
    expect(await world.fleet.ship(id, [free, 'sag-unknown'], 1)).toBe('unknownSerial')
    expect(await world.fleet.ship(id, [free, bound], 1)).toBe('serialBound')
    expect(await world.fleet.ship(id, [free, 'x', 'y'], 1)).toBe('tooManySerials')
    const unpaid = await world.addInstance({ state: 'unpaid' })
    expect(await world.fleet.ship(unpaid, [free], 1)).toBe('notNow')
    expect((await world.fleet.device(free))?.instanceId).toBeUndefined()
    expect((await world.fleet.instanceById(id))?.shippedAt).toBeUndefined()
  })
})

describe('billing', () => {
  test('a renewal adds months to the present end and settles what is overdue', async () => {
    const id = await world.addInstance()
    await world.fleet.setOverdue(id, world.now)
    expect(await world.fleet.renew(id, 12, world.now)).toBe('done')
    expect(await world.fleet.instanceById(id)).toMatchObject({
      endsAt: Date.UTC(2026, 0, 31, 12),
      overdueSince: undefined,
    })
  })

  test('a renewal before service began adds to the bought months', async () => {
    const id = await world.addInstance({ state: 'received', periodMonths: 1 })
    await world.fleet.renew(id, 12, world.now)
    expect(await world.fleet.instanceById(id)).toMatchObject({ endsAt: undefined, periodMonths: 13 })
  })

  test('a subscription ends when it is told to, unless it has not begun', async () => {
    const id = await world.addInstance()
    expect(await world.fleet.expire(id, months12 - 1)).toBe('done')
    expect((await world.fleet.instanceById(id))?.endsAt).toBe(months12 - 1)
    expect(await world.fleet.expire(await world.addInstance({ state: 'received' }), world.now)).toBe('notNow')
  })

  test('a perpetual instance ends when it is told to, and a renewal takes that back', async () => {
    const id = await world.addInstance({ perpetual: true })
    expect(await world.fleet.expire(id, 5)).toBe('done')
    expect((await world.fleet.instanceById(id))?.endsAt).toBe(5)
    expect(await world.fleet.renew(id, 1, world.now)).toBe('done')
    expect(await world.fleet.instanceById(id)).toMatchObject({ endsAt: undefined, periodMonths: 12, perpetual: true })
  })

  test('without a shop everything runs on without an end, but for what the operator ended', async () => {
    const [lapsed, renewed, ended] = [await world.addInstance(), await world.addInstance(), await world.addInstance()]
    await world.fleet.renew(renewed, 12, world.now)
    await world.fleet.expire(ended, world.now)
    const later = months12 + day
    await takeAwayEnds(world.store, later)
    const inArrears = async (id: string) => {
      const instance = await world.fleet.instanceById(id)
      return instance && [instance.perpetual, isInArrears(instance, Date.UTC(2500, 0))]
    }
    expect(await inArrears(lapsed)).toEqual([true, false])
    expect(await inArrears(renewed)).toEqual([true, false])
    expect(await inArrears(ended)).toEqual([true, true])
  })

  test('a bill becomes overdue and is paid', async () => {
    const id = await world.addInstance()
    expect(await world.fleet.setOverdue(id, 5)).toBe('done')
    expect((await world.fleet.instanceById(id))?.overdueSince).toBe(5)
    await world.fleet.setOverdue(id, undefined)
    expect((await world.fleet.instanceById(id))?.overdueSince).toBeUndefined()
  })

  test('an unknown instance has no bills', async () => {
    const { fleet } = world
    const outcomes = [fleet.renew('sag-none', 1, 0), fleet.expire('sag-none', 0), fleet.setOverdue('sag-none', 0)]
    expect(await Promise.all(outcomes)).toEqual(['unknown', 'unknown', 'unknown'])
  })
})

describe('devices', () => {
  test('the inventory is listed by serial number, bound or not', async () => {
    const id = await world.addInstance()
    await world.addDevice(undefined, { serial: 'sagb' })
    await world.addDevice(id, { serial: 'saga' })
    expect((await world.fleet.devices()).map(({ serial, instanceId }) => [serial, instanceId])).toEqual([
      ['saga', id],
      ['sagb', undefined],
    ])
  })

  test('an edit changes what it names and nothing else', async () => {
    const serial = await world.addDevice()
    const before = await world.fleet.device(serial)
    await world.fleet.editDevice(serial, {})
    expect(await world.fleet.device(serial)).toEqual(before)
    await world.fleet.editDevice(serial, { version: '3.4.2.0', model: 'SCG5000', resettable: false })
    expect(await world.fleet.device(serial)).toEqual({
      ...before,
      version: '3.4.2.0',
      model: 'SCG5000',
      resettable: false,
    })
  })

  test('the enrolment key is sealed in its row and opens again', async () => {
    const serial = await world.addDevice(undefined, { enrolmentKey: Secret.of('a-key-to-join-with') })
    const row = await world.store.read((db) =>
      db.selectFrom('device').selectAll().where('serial', '=', serial).executeTakeFirstOrThrow(),
    )
    expect(JSON.stringify(row)).not.toContain('a-key-to-join-with')
    expect((await world.fleet.enrolmentKey(serial))?.reveal()).toBe('a-key-to-join-with')
    expect(await world.fleet.enrolmentKey('sag-none')).toBeUndefined()
  })

  test('a reset identity forgets the keys a gateway enrolled with', async () => {
    const id = await world.addInstance()
    const serial = await world.addDevice(id, { sealKey: 'old' })
    await world.fleet.resetIdentity(serial, Secret.of('a-new-key'))
    expect(await world.fleet.device(serial)).toMatchObject({ sealKey: undefined, instanceId: id, role: 'active' })
    expect((await world.fleet.enrolmentKey(serial))?.reveal()).toBe('a-new-key')
  })

  test('unbinding a free device changes nothing', async () => {
    const serial = await world.addDevice()
    const before = await world.fleet.device(serial)
    await world.fleet.unbind(serial)
    await world.fleet.unbind('sag-none')
    expect(await world.fleet.device(serial)).toEqual(before)
  })
})

describe('units of work', () => {
  test('a fleet without the master key neither stores nor opens a device key', async () => {
    const serial = await world.addDevice()
    const opened = world.store.read((db) => createFleet(db).enrolmentKey(serial))
    await expect(opened).rejects.toThrow('without the key')
    expect((await world.store.read((db) => createFleet(db).device(serial)))?.serial).toBe(serial)
  })

  test('a change inside a read is a defect and leaves nothing', async () => {
    const id = await world.addInstance()
    const serial = await world.addDevice()
    await expect(world.store.read((db) => createFleet(db).bind(serial, id, 'active', 1))).rejects.toThrow()
    expect((await world.fleet.device(serial))?.instanceId).toBeUndefined()
  })

  test('what a failed unit of work changed is gone', async () => {
    const id = await world.addInstance()
    const serial = await world.addDevice(id)
    const work = world.store.write(async (tx) => {
      await createFleet(tx).unbind(serial)
      throw new Error('on purpose')
    })
    await expect(work).rejects.toThrow('on purpose')
    expect((await world.fleet.device(serial))?.instanceId).toBe(id)
  })

  test('a listing of none of them is empty', async () => {
    await world.addInstance()
    expect(await world.fleet.instances({ ids: [] })).toEqual({ total: 0, instances: [] })
    expect(await world.fleet.instances({ kinds: [] }, { number: 1, size: 10 })).toEqual({ total: 0, instances: [] })
  })

  test('a listing without a page is all of them, whoever owns them', async () => {
    const ids = [await world.addInstance(), await world.addInstance({ regionId: 'eu-central-1' })]
    const { total, instances } = await world.fleet.instances({})
    expect(total).toBe(2)
    expect(instances.map(({ id }) => id).sort()).toEqual(ids.sort())
  })
})
