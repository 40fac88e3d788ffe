import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testChangedNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { openedFor, ownKeys } from '../../testing/routing.suite.ts'
import { updateSmartAccessGatewayOspfRoute as operation } from './update-smart-access-gateway-ospf-route.ts'

testOperation(operation, (world) => {
  const more = { RouterId: '10.1.0.9', AreaId: '87', HelloTime: '4', DeadTime: '12', AuthenticationType: 'NONE' }
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
      ['AreaId', 'AreaId'],
      ['HelloTime', 'HelloTime'],
      ['DeadTime', 'DeadTime'],
      ['AuthenticationType', 'AuthenticationType'],
    ] as const)
      expect(await world().refused(operation, { ...request, [name]: '' })).toBe(`MissParameter.${code}`)
    for (const [name, value] of [
      ['RouterId', '0.0.0.0'],
      ['AreaId', '0'],
      ['HelloTime', '0'],
      ['DeadTime', '65536'],
      ['AuthenticationType', 'SHA'],
      ['Md5KeyId', '0'],
      ['Md5Key', 'a key'],
      ['Password', 'a$'],
    ] as const)
      expect(await world().refused(operation, { ...request, [name]: value })).toBe(`InvalidParameter.${name}`)
  })

  test('a value that the authentication lacks is named; with a key it is set, readable for the device alone', async () => {
    const request = await onBox({ sealKey: ownKeys.publicKey })
    const md5 = { ...request, AuthenticationType: 'MD5' }
    expect(await world().refused(operation, md5)).toBe('InvalidParameter.Md5KeyId')
    expect(await world().refused(operation, { ...md5, Md5KeyId: '9' })).toBe('InvalidParameter.Md5Key')
    expect(await world().refused(operation, { ...request, AuthenticationType: 'CLEARTEXT' })).toBe(
      'InvalidParameter.Password',
    )
    await world().call(operation, { ...md5, Md5KeyId: '9', Md5Key: 'A-key', OspfCost: 'anything' })
    const { ospf } = await settingsOf(world(), request.SagSn)
    expect(ospf).toMatchObject({ routerId: '10.1.0.9', area: 87, authentication: 'MD5', md5KeyId: 9 })
    expect(openedFor(request.SagSn, 'md5Key', ospf?.md5Key)).toBe('A-key')
  })
})
