import { expect, test } from 'vitest'
import { createSmartAccessGateway } from '../apis/smartag/instances/create-smart-access-gateway.ts'
import { examplesOf, testInWorld } from '../apis/testing/harness.suite.ts'
import type { OperatorContext } from './command.ts'
import { orderShow } from './orders.ts'

testInWorld('orders, for the operator', (world) => {
  function show(id: string): Promise<unknown> {
    return orderShow.run({ store: world().store } as OperatorContext, { id })
  }

  test('an order is shown with its receiver, by its id or that of its instance', async () => {
    const { OrderId, SmartAGId } = await world().call(createSmartAccessGateway, examplesOf(createSmartAccessGateway))
    const shown = await show(String(OrderId))
    expect(shown).toEqual({
      orderId: OrderId,
      instanceId: SmartAGId,
      spec: 'sag-1000',
      haType: 'no_backup',
      months: 12,
      cpeVersion: 'basic',
      buyerMessage: 'Message',
      receiver: {
        ReceiverName: 'John Doe',
        ReceiverCountry: 'China',
        ReceiverState: 'Zhejiang',
        ReceiverCity: 'Hangzhou',
        ReceiverDistrict: 'West Lake',
        ReceiverTown: 'Zhuantang',
        ReceiverAddress: 'No. 1',
        ReceiverZip: '310000',
        ReceiverMobile: '18800000000',
        ReceiverPhone: '85850000',
        ReceiverEmail: 'john@example.com',
      },
    })
    expect(await show(String(SmartAGId))).toEqual(shown)
  })

  test('an order without a receiver is shown too', async () => {
    const id = await world().addInstance()
    expect(await show(id)).toMatchObject({ instanceId: id, buyerMessage: null, receiver: {} })
  })

  test('what does not exist is not shown', async () => {
    await expect(show('sag-nothing')).rejects.toThrow('The instance or order does not exist.')
  })
})
