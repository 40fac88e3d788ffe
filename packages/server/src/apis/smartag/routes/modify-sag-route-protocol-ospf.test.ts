import { expect, test } from 'vitest'
import { addBox, saysBox, testChangedBox } from '../../testing/box.suite.ts'
import { settingsOf } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { openedFor, ownKeys } from '../../testing/routing.suite.ts'
import { describeSagRouteProtocolOspf } from './describe-sag-route-protocol-ospf.ts'
import { modifySagRouteProtocolOspf as operation } from './modify-sag-route-protocol-ospf.ts'

testOperation(operation, (world) => {
  const times = { RouterId: '10.1.0.9', AreaId: '87', HelloTime: '4', DeadTime: '12' }
  const none = { ...times, AuthenticationType: 'NONE' }
  const md5 = { ...times, AuthenticationType: 'MD5' }
  testChangedBox(world, { operation, more: none }, { noInstance: 'SAG.InstanceNoFound' })

  const onBox = async (given = ownKeys) => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, given && { sealKey: given.publicKey })
    return { RegionId: regionId, SmartAGId: id, SmartAGSn }
  }
  const plain = { routerId: '10.1.0.9', area: 87, hello: 4, dead: 12 }

  test('InvalidParameter: a value that none can have', async () => {
    const request = { RegionId: regionId, SmartAGId: 'sag-none', SmartAGSn: 'sag1', ...md5 }
    for (const [name, wrong = ''] of [
      ['RouterId', '0.0.0.0'],
      ['RouterId', '10.1.0'],
      ['AreaId', '0'],
      ['AreaId', '2147483648'],
      ['HelloTime', '0'],
      ['DeadTime', '65536'],
      ['AuthenticationType', 'SHA'],
      ['Md5KeyId', '0'],
      ['Md5Key', 'x'.repeat(48)],
      ['Md5Key', 'a key'],
      ['Password', 'x'.repeat(9)],
      ['Password', 'a$'],
    ] as const)
      expect([name, await world().refused(operation, { ...request, [name]: wrong })]).toEqual([
        name,
        'InvalidParameter',
      ])
  })

  test('a key and a password are stored so that only the device reads them, and nobody is told', async () => {
    const request = await onBox()
    await world().call(operation, { ...request, ...md5, Md5KeyId: '9', Md5Key: 'Very-"secret"' })
    const { ospf } = await settingsOf(world(), request.SmartAGSn)
    expect(ospf).toMatchObject({ ...plain, authentication: 'MD5', md5KeyId: 9 })
    expect(openedFor(request.SmartAGSn, 'md5Key', ospf?.md5Key)).toBe('Very-"secret"')
    await world().call(operation, { ...request, ...times, AuthenticationType: 'CLEARTEXT', Password: 'Clear-1' })
    const after = (await settingsOf(world(), request.SmartAGSn)).ospf
    expect(openedFor(request.SmartAGSn, 'password', after?.password)).toBe('Clear-1')
    const kept = JSON.stringify(await world().store.read((db) => db.selectFrom('gateway_config').selectAll().execute()))
    expect(kept).toContain('ciphertext')
    expect(kept + JSON.stringify(await world().call(describeSagRouteProtocolOspf, request))).not.toMatch(
      /Very-|Clear-1/,
    )
  })

  test('what is left out of the authentication stays, also while another one is set', async () => {
    const request = await onBox()
    for (const lacking of [{ Md5KeyId: '9' }, { Md5Key: 'A-key' }])
      expect(await world().refused(operation, { ...request, ...md5, ...lacking })).toBe('InvalidParameter')
    const clear = { ...request, ...times, AuthenticationType: 'CLEARTEXT' }
    expect(await world().refused(operation, clear)).toBe('InvalidParameter')
    await world().call(operation, { ...request, ...md5, Md5KeyId: '9', Md5Key: 'A-key' })
    const { ospf } = await settingsOf(world(), request.SmartAGSn)
    await world().call(operation, { ...request, ...none, Md5Key: 'not-looked-at', Password: 'nor-this' })
    await world().call(operation, { ...request, ...md5 })
    expect((await settingsOf(world(), request.SmartAGSn)).ospf).toEqual(ospf)
  })

  test('SmartAccessGatewayNotOnline: a device that is to enrol anew has no key to seal to', async () => {
    const id = await world().addInstance()
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn: await addBox(world(), id), ...md5, Md5KeyId: '1' }
    expect(await world().refused(operation, { ...request, Md5Key: 'A-key' })).toBe('SmartAccessGatewayNotOnline')
  })

  test('what no device can do is BuildRequestError, and what was set before goes on', async () => {
    const request = await onBox()
    await world().call(operation, { ...request, ...none })
    await saysBox(world(), request.SmartAGId, request.SmartAGSn, {})
    const before = await settingsOf(world(), request.SmartAGSn)
    const task = async () => (await world().call(describeSagRouteProtocolOspf, request)).TaskStates
    expect(await task()).toMatchObject([{ State: 'Succeed' }])
    for (const unable of [
      { ...md5, Md5KeyId: '256', Md5Key: 'A-key' },
      { ...none, DeadTime: '1' },
    ]) {
      await world().call(operation, { ...request, ...unable })
      expect(await task()).toMatchObject([{ State: 'BuildRequestError', ErrorCode: 'InternalError' }])
      expect(await settingsOf(world(), request.SmartAGSn)).toEqual(before)
    }
    // Until the next time it is set, though that changes nothing.
    await world().call(operation, { ...request, ...none })
    await saysBox(world(), request.SmartAGId, request.SmartAGSn, {})
    expect(await task()).toMatchObject([{ State: 'Succeed' }])
  })
})
