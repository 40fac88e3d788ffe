import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testChangedNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { updateSmartAccessGatewayBgpRoute as operation } from './update-smart-access-gateway-bgp-route.ts'

testOperation(operation, (world) => {
  const more = { RouterId: '10.1.0.9', LocalAs: '65536', KeepAlive: '3', HoldTime: '9' }
  testNewerBox(world, operation, more)
  testChangedNewerBox(world, operation, more)

  const onBox = async (given = {}) => {
    const id = await world().addInstance()
    const SagSn = await addBox(world(), id, { ...newerKind, ...given })
    return { RegionId: regionId, SagInsId: id, SagSn, ...more }
  }

  test('MissParameter and InvalidParameter, by the name of the parameter, before the instance', async () => {
    const request = { RegionId: regionId, SagInsId: 'sag-none', SagSn: 'sag1', ...more }
    for (const [name, code] of [
      ['RouterId', 'RouterId'],
      ['LocalAs', 'LocalAs'],
      ['KeepAlive', 'KeepAlive'],
      ['HoldTime', 'HoldTime'],
    ] as const)
      expect(await world().refused(operation, { ...request, [name]: '' })).toBe(`MissParameter.${code}`)
    for (const [name, value] of [
      ['RouterId', '0.0.0.0'],
      ['LocalAs', '0'],
      ['KeepAlive', '65536'],
      ['HoldTime', '2'],
    ] as const)
      expect(await world().refused(operation, { ...request, [name]: value })).toBe(`InvalidParameter.${name}`)
  })

  test('InvalidParameter.KeepAlive: above the hold time; then it is set', async () => {
    const request = await onBox()
    expect(await world().refused(operation, { ...request, KeepAlive: '10' })).toBe('InvalidParameter.KeepAlive')
    await world().call(operation, request)
    expect(await settingsOf(world(), request.SagSn)).toEqual({
      bgp: { routerId: '10.1.0.9', as: 65_536, keepAlive: 3, hold: 9 },
    })
  })
})
