import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../../testing/networks.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { downgradeSmartAccessGateway as operation } from './downgrade-smart-access-gateway.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, BandWidthSpec?: string, AutoPay = 'true') => ({
    RegionId: regionId,
    SmartAGId,
    AutoPay,
    ...(BandWidthSpec === undefined ? {} : { BandWidthSpec }),
  })
  const bandwidth = async (id: string) => (await world().fleet.instanceById(id))?.maxBandwidth

  test('the bandwidth is lower at once, or when the order is paid', async () => {
    const id = await world().addInstance()
    await world().call(operation, request(id, '40'))
    expect(await bandwidth(id)).toBe(40)
    const { OrderId } = await world().call(operation, request(id, '10', 'false'))
    expect(await bandwidth(id)).toBe(40)
    await change(world(), ({ sizeOrders }) => sizeOrders.pay(String(OrderId)))
    expect(await bandwidth(id)).toBe(10)
  })

  test('InvalidParameter: no bandwidth, less than the model has, or more than now', async () => {
    const id = await world().addInstance()
    for (const wrong of [undefined, '9', '51']) {
      expect(await world().refused(operation, request(id, wrong))).toBe('InvalidParameter')
    }
    expect(await bandwidth(id)).toBe(50)
  })

  test('SAG.InstanceNoFound: unknown, of another account, or an App', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['sag-none', foreign, await addApp(world())]) {
      expect(await world().refused(operation, request(id, '20'))).toBe('SAG.InstanceNoFound')
    }
  })
})
