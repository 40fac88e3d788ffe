import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { clearSagCipher as operation } from './clear-sag-cipher.ts'

testOperation(operation, (world) => {
  const request = (SagId: string, SnNumber: string) => ({ RegionId: regionId, SagId, SnNumber })

  async function shown(id: string) {
    const { Devices } = await world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId: id })
    return (Devices as readonly Readonly<Record<string, unknown>>[])[0]
  }

  test('the image has a new key, the old one serves nobody, and the identity it joined with is forgotten', async () => {
    const id = await world().addInstance({ kind: 'vcpe' })
    const serial = await world().addDevice(id, { model: 'sag-vcpe', sealKey: 'enrolled' })
    expect(await shown(id)).toMatchObject({ SecretKey: 'enrolment-key', DistributeSkStatus: 1, HcState: 'online' })
    await world().call(operation, request(id, serial))
    const after = await shown(id)
    expect(after).toMatchObject({ DistributeSkStatus: 0, HcState: 'offline' })
    expect(after?.['SecretKey']).toMatch(/^\S{16,}$/)
    expect(after?.['SecretKey']).not.toBe('enrolment-key')
    expect(world().told).toContain(serial)
  })

  test('MissingParameter: any of the three', async () => {
    for (const name of ['RegionId', 'SagId', 'SnNumber']) {
      expect(await world().refused(operation, { ...request('sag-none', 'sag1'), [name]: '' })).toBe('MissingParameter')
    }
  })

  test('SAG.InstanceNoFound: unknown, or of another account', async () => {
    const foreign = await world().addInstance({ kind: 'vcpe', accountId: otherAccountId })
    const serial = await world().addDevice(foreign, { model: 'sag-vcpe' })
    for (const id of ['sag-none', foreign]) {
      expect(await world().refused(operation, request(id, serial))).toBe('SAG.InstanceNoFound')
    }
  })

  test('Sag.DeviceNotExist: not a device of the instance', async () => {
    const id = await world().addInstance({ kind: 'vcpe' })
    expect(await world().refused(operation, request(id, 'sag1'))).toBe('Sag.DeviceNotExist')
  })

  test('FeatureNotSupport: a box, whose key is its maker’s', async () => {
    const id = await world().addInstance()
    expect(await world().refused(operation, request(id, await world().addDevice(id)))).toBe('FeatureNotSupport')
  })
})
