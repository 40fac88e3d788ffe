import { expect, test } from 'vitest'
import { Diagnoses } from '../../../store/probes/diagnoses.ts'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { diagnosed, older, watchable } from '../../testing/monitoring.suite.ts'
import { addPop } from '../../testing/pops.suite.ts'
import { diagnoseSmartAccessGateway as operation } from './diagnose-smart-access-gateway.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, SmartAGSn: string, RegionId?: string) => ({
    SmartAGId,
    SmartAGSn,
    ...(RegionId === undefined ? {} : { RegionId }),
  })
  const refused = (id: string, serial: string, region?: string) =>
    world().refused(operation, request(id, serial, region))

  test('the device is asked, with the points it is to measure, and its answer belongs to that', async () => {
    await addPop(world(), 'pop1')
    const id = await world().addInstance()
    await world().addDevice(id, watchable)
    const serial = await world().addDevice(id, watchable)
    expect(await world().call(operation, request(id, serial))).toEqual({})
    const stored = await world().store.read((db) => new Diagnoses(db).of(serial))
    expect(stored).toMatchObject({ askedAt: world().wallNow, told: undefined })
    const message = { kind: 'diagnose', id: stored?.id, addresses: ['203.0.113.4'] }
    expect(world().gateways.requests).toEqual([`ask ${serial} ${JSON.stringify(message)}`])
  })

  test('MissingParameter: either of the two', async () => {
    expect(await world().refused(operation, { SmartAGId: 'sag-none' })).toBe('MissingParameter')
    expect(await world().refused(operation, { SmartAGSn: 'sag1' })).toBe('MissingParameter')
  })

  test('SAG.InstanceNoFound: unknown, of another account, or not in the region that is named', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['sag-none', foreign]) expect(await refused(id, 'sag1')).toBe('SAG.InstanceNoFound')
    const id = await world().addInstance()
    expect(await refused(id, await world().addDevice(id, watchable), 'cn-hangzhou')).toBe('SAG.InstanceNoFound')
  })

  test('Sag.DeviceNotExist: not a device of it', async () => {
    const other = await world().addInstance()
    const serial = await world().addDevice(other, watchable)
    expect(await refused(await world().addInstance(), serial)).toBe('Sag.DeviceNotExist')
  })

  test('SmartAccessGatewayNotOnline: it is away, or goes before it is told', async () => {
    const id = await world().addInstance()
    const away = await world().addDevice(id, { ...watchable, connected: false })
    expect(await refused(id, away)).toBe('SmartAccessGatewayNotOnline')
    const going = await world().addDevice(id, watchable)
    world().gateways.outcome = 'unreachable'
    expect(await refused(id, going)).toBe('SmartAccessGatewayNotOnline')
  })

  test('a device that cannot be asked keeps the report before, or none, unless another diagnosis has begun', async () => {
    const id = await world().addInstance()
    const [told, untold, asked] = [
      await world().addDevice(id, watchable),
      await world().addDevice(id, watchable),
      await world().addDevice(id, watchable),
    ]
    await diagnosed(world(), told, { check: 'wanPort', outcome: 'noCable', values: ['5'] })
    await world().call(operation, request(id, asked))
    const of = (serial: string) => world().store.read((db) => new Diagnoses(db).of(serial))
    const before = [await of(told), await of(untold), await of(asked)]
    expect(before).toMatchObject([{ id: 'dia-one', told: {} }, undefined, { told: undefined }])
    world().gateways.outcome = 'unreachable'
    for (const serial of [told, untold, asked]) expect(await refused(id, serial)).toBe('SmartAccessGatewayNotOnline')
    expect([await of(told), await of(untold), await of(asked)]).toEqual(before)

    for (const serial of [told, untold]) {
      world().gateways.meanwhile = () =>
        world().store.write((tx) => new Diagnoses(tx).begin(serial, 'dia-other', world().wallNow))
      await refused(id, serial)
      expect(await of(serial)).toMatchObject({ id: 'dia-other', told: undefined })
    }
  })

  test('FeatureNotSupport: its program is older', async () => {
    const id = await world().addInstance()
    expect(await refused(id, await world().addDevice(id, older))).toBe('FeatureNotSupport')
  })
})
