import { expect, test } from 'vitest'
import { addBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { modifySagRouteProtocolBgp as operation } from './modify-sag-route-protocol-bgp.ts'

testOperation(operation, (world) => {
  const more = { RouterId: '10.1.0.9', LocalAs: '4294967295', KeepAlive: '0', HoldTime: '3' }
  testChangedBox(world, { operation, more }, { noInstance: 'SAG.InstanceNoFound', noDevice: 'InstanceNotExit' })

  test('InvalidParameter: a value that none can have', async () => {
    const request = { RegionId: regionId, SmartAGId: 'sag-none', SmartAGSn: 'sag1', ...more }
    for (const [name, wrong = ''] of [
      ['RouterId', '0.0.0.0'],
      ['LocalAs', '0'],
      ['LocalAs', '4294967296'],
      ['KeepAlive', '65536'],
      ['HoldTime', '2'],
    ])
      expect(await world().refused(operation, { ...request, [name ?? '']: wrong })).toBe('InvalidParameter')
  })

  test('InvalidParameter: keepalives that are further apart than the hold time; then it is set', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id)
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn, ...more }
    expect(await world().refused(operation, { ...request, KeepAlive: '4' })).toBe('InvalidParameter')
    await world().call(operation, { ...request, KeepAlive: '3' })
    expect(await settingsOf(world(), SmartAGSn)).toEqual({
      bgp: { routerId: '10.1.0.9', as: 4_294_967_295, keepAlive: 3, hold: 3 },
    })
  })
})
