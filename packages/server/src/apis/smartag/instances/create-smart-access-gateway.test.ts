import { expect, test } from 'vitest'
import { isInArrears } from '../../../model/activation.ts'
import { instanceLimit } from '../../../model/instance-limit.ts'
import { orderState } from '../../../model/order.ts'
import { fillAccount } from '../../testing/full-account.suite.ts'
import { accountId, day, regionId, testOperation } from '../../testing/harness.suite.ts'
import { activateSmartAccessGateway } from './activate-smart-access-gateway.ts'
import { createSmartAccessGateway as operation } from './create-smart-access-gateway.ts'

const order = {
  RegionId: regionId,
  HardWareSpec: 'sag-1000',
  HaType: 'no_backup',
  ChargeType: 'PREPAY',
  Period: '12',
  AutoPay: 'true',
  BuyerMessage: 'Message',
  ReceiverName: 'John Doe',
  ReceiverCountry: 'China',
  ReceiverState: 'Zhejiang',
  ReceiverCity: 'Hangzhou',
  ReceiverDistrict: 'West Lake',
  ReceiverTown: 'Zhuantang',
  ReceiverAddress: 'No. 1',
  ReceiverZip: '310000',
  ReceiverMobile: '18800000000',
  ReceiverEmail: 'john@example.com',
}
const vcpe = { ...order, HardWareSpec: 'sag-vcpe', HaType: 'warm_backup' }

testOperation(operation, (world) => {
  async function created(params: Readonly<Record<string, string>>) {
    const answer = await world().call(operation, params)
    const instance = await world().fleet.instance(accountId, regionId, String(answer.SmartAGId))
    if (instance === undefined) throw new Error('The created instance is not there.')
    return { answer, instance }
  }

  test('answers the id of the instance and of its order, and what it was called', async () => {
    const { answer } = await created({ ...order, Name: 'branch-hangzhou', Description: '网关 of the branch' })
    expect(answer).toEqual({
      SmartAGId: expect.stringMatching(/^sag-[a-z0-9]{18}$/),
      OrderId: expect.stringMatching(/^[1-9]\d{14}$/),
      Name: 'branch-hangzhou',
      Description: '网关 of the branch',
    })
  })

  test.each([
    ['hardware', order],
    ['a box its owner has', { ...order, AlreadyHaveSag: 'true' }],
  ])(
    'without a shop %s has arrived at once and never expires, whether it is paid at once or not',
    async (_, params) => {
      world().shop = false
      for (const AutoPay of ['true', 'false']) {
        const { instance } = await created({ ...params, Period: '1', AutoPay })
        expect(orderState(instance, world().now)).toBe('received')
        await world().call(activateSmartAccessGateway, { RegionId: regionId, SmartAGId: instance.id })
        world().now += 400 * day
        const later = await world().fleet.instanceById(instance.id)
        expect(later && orderState(later, world().now)).toBe('activated')
        expect(later && isInArrears(later, world().now)).toBe(false)
      }
    },
  )

  test('without a shop a vCPE serves at once', async () => {
    world().shop = false
    const { instance } = await created({ ...vcpe, AutoPay: 'false' })
    expect(orderState(instance, world().now)).toBe('activated')
  })

  test('keeps what was ordered', async () => {
    const { instance } = await created({ ...order, MaxBandWidth: '200', Period: '36', HaType: 'cold_backup' })
    expect(instance).toMatchObject({
      kind: 'hardware',
      spec: 'sag-1000',
      haType: 'cold_backup',
      maxBandwidth: 200,
      periodMonths: 36,
      createdAt: world().now,
      devices: [],
    })
    const row = await world().store.read((db) =>
      db.selectFrom('instance').select('receiver').where('id', '=', instance.id).executeTakeFirstOrThrow(),
    )
    expect(JSON.parse(row.receiver ?? '')).toMatchObject({ ReceiverTown: 'Zhuantang', ReceiverZip: '310000' })
  })

  test('paid at once, hardware waits for its shipment', async () => {
    const { instance } = await created(order)
    expect(instance).toMatchObject({ paidAt: world().now, arrivedAt: undefined })
  })

  test('not paid, the id is reserved and the order waits', async () => {
    const { instance } = await created({ ...order, AutoPay: 'false' })
    expect(instance.paidAt).toBeUndefined()
  })

  test('a box the buyer owns has arrived once the order is paid', async () => {
    const { instance } = await created({ ...order, AlreadyHaveSag: 'true' })
    expect(instance.arrivedAt).toBe(world().now)
    const { instance: unpaid } = await created({ ...order, AlreadyHaveSag: 'true', AutoPay: 'False' })
    expect(unpaid.arrivedAt).toBeUndefined()
    await world().fleet.advanceOrder(unpaid.id, 'pay', world().now + 1)
    expect((await world().fleet.instanceById(unpaid.id))?.arrivedAt).toBe(world().now + 1)
  })

  test('a vCPE comes with two serial numbers and a key for each', async () => {
    const { instance } = await created(vcpe)
    expect(instance).toMatchObject({ kind: 'vcpe', paidAt: world().now })
    expect(instance.devices.map(({ role, model, connected }) => ({ role, model, connected }))).toEqual([
      { role: 'active', model: 'sag-vcpe', connected: false },
      { role: 'standby', model: 'sag-vcpe', connected: false },
    ])
    const [active, standby] = instance.devices.map(({ serial }) => serial)
    expect([active, standby].sort()).toEqual([active, standby])
    const keys = await Promise.all([active, standby].map((serial) => world().fleet.enrolmentKey(String(serial))))
    expect(keys.map((key) => /^[a-z0-9]{32}$/.test(key?.reveal() ?? ''))).toEqual([true, true])
    expect(keys[0]?.reveal() === keys[1]?.reveal()).toBe(false)
  })

  test('without a bandwidth it is the smallest of its specification', async () => {
    expect((await created({ ...order, HardWareSpec: 'sag-100wm' })).instance.maxBandwidth).toBe(2)
    expect((await created(order)).instance.maxBandwidth).toBe(10)
  })

  test.each([
    ['sag-100wm', 2, 50],
    ['sag-1000', 10, 500],
    ['sag-vcpe', 10, 1000],
  ])('%s has bandwidths from %i to %i', async (HardWareSpec, min, max) => {
    const base = HardWareSpec === 'sag-vcpe' ? vcpe : { ...order, HardWareSpec }
    for (const MaxBandWidth of [min, max]) {
      expect((await created({ ...base, MaxBandWidth: `${MaxBandWidth}` })).instance.maxBandwidth).toBe(MaxBandWidth)
    }
    for (const MaxBandWidth of [min - 1, max + 1]) {
      expect(await world().refused(operation, { ...base, MaxBandWidth: `${MaxBandWidth}` })).toBe('InvalidMaxBandWidth')
    }
  })

  test.each(Object.keys(order))('Missing%s when it is absent or blank', async (name) => {
    const { [name as keyof typeof order]: _left, ...rest } = order
    expect(await world().refused(operation, rest)).toBe(`Missing${name}`)
    expect(await world().refused(operation, { ...order, [name]: ' ' })).toBe(`Missing${name}`)
  })

  test.each([
    ['HardWareSpec', 'sag-2000'],
    ['HaType', 'hot_backup'],
    ['ChargeType', 'PayOnDemand'],
    ['Period', '0'],
    ['Period', '10'],
    ['Period', '48'],
    ['Period', 'a year'],
    ['AutoPay', 'yes'],
    ['AlreadyHaveSag', '1'],
    ['Name', 'x'],
    ['Name', '1st-branch'],
    ['Description', 'http://example.com'],
  ])('Invalid%s: %s', async (name, value) => {
    expect(await world().refused(operation, { ...order, [name]: value })).toBe(`Invalid${name}`)
  })

  test('InvalidHaType: a vCPE without warm backup', async () => {
    expect(await world().refused(operation, { ...vcpe, HaType: 'cold_backup' })).toBe('InvalidHaType')
  })

  test('a refused order leaves no instance', async () => {
    await world().refused(operation, { ...order, Period: '10' })
    expect((await world().fleet.instances({})).total).toBe(0)
  })

  test('SAG.AmountLimit: the account has as many as are sold to one; without a shop it may have more', async () => {
    await fillAccount(world(), instanceLimit(true))
    expect(await world().refused(operation, order)).toBe('SAG.AmountLimit')
    world().shop = false
    expect(await world().call(operation, order)).toHaveProperty('SmartAGId')
  })
})
