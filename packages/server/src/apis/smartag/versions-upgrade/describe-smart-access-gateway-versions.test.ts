import { expect, test } from 'vitest'
import { addFirmware } from '../../../store/gateways/firmware.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSmartAccessGatewayVersions as operation } from './describe-smart-access-gateway-versions.ts'

testOperation(operation, (world) => {
  function refused(SmartAGId: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SmartAGId, ...more })
  }

  async function codes(SmartAGId: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
    const answer = await world().call(operation, { RegionId: regionId, SmartAGId, ...more })
    const versions = answer['SmartAGVersions'] as readonly { readonly VersionCode: string }[]
    return versions.map(({ VersionCode }) => VersionCode)
  }

  async function offer(model: 'sag-1000' | 'sag-100wm', ...versions: readonly string[]): Promise<void> {
    for (const version of versions) {
      const firmware = { model, version, name: `release ${version}`, type: 'release', createdAt: 7 } as const
      expect(await world().store.write((tx) => addFirmware(tx, firmware))).toBe(true)
    }
  }

  test('newer versions of the model of the device, newest first', async () => {
    const id = await world().addInstance()
    await world().addDevice(id, { version: '2.3.1.1' })
    await offer('sag-1000', '2.3.1.1', '2.4.0.0', '2.10.0.0')
    await offer('sag-100wm', '3.0.0.0')
    expect(await codes(id)).toEqual(['2.10.0.0', '2.4.0.0'])
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id })).toMatchObject({
      SmartAGVersions: [{ VersionName: 'release 2.10.0.0', Type: 'release', CreateTime: 7 }, {}],
    })
  })

  test('the named device decides; without one the active device; with none bound the ordered model', async () => {
    const id = await world().addInstance()
    await offer('sag-1000', '2.4.0.0')
    expect(await codes(id)).toEqual(['2.4.0.0'])
    await world().addDevice(id, { version: '2.4.0.0' })
    const standby = await world().addDevice(id, { version: '2.3.0.0' })
    expect(await codes(id)).toEqual([])
    expect(await codes(id, { SmartAGSn: standby })).toEqual(['2.4.0.0'])
  })

  test('there are no signatures of applications on offer', async () => {
    await offer('sag-1000', '2.4.0.0')
    expect(await codes(await world().addInstance(), { VersionType: 'Dpi' })).toEqual([])
  })

  test('VersionNotExist: a kind of versions that does not exist; before the instance', async () => {
    expect(await refused('sag-none', { VersionType: 'Bios' })).toBe('VersionNotExist')
  })

  test('SAG.InstanceNoFound: unknown, or in another region; before whose it is', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    expect(await refused('sag-none')).toBe('SAG.InstanceNoFound')
    expect(await refused(foreign, { RegionId: 'cn-hangzhou' })).toBe('SAG.InstanceNoFound')
  })

  test("Forbidden: another account's; before what it is", async () => {
    expect(await refused(await world().addInstance({ kind: 'app', accountId: otherAccountId }))).toBe('Forbidden')
  })

  test('SAG.SoftwareNotSupport: an App; before the device', async () => {
    const id = await world().addInstance({ kind: 'app' })
    expect(await refused(id, { SmartAGSn: 'sag1' })).toBe('SAG.SoftwareNotSupport')
  })

  test('Sag.DeviceNotExist: unknown, or of another instance', async () => {
    const id = await world().addInstance()
    const elsewhere = await world().addDevice(await world().addInstance())
    for (const SmartAGSn of ['sag1', elsewhere]) expect(await refused(id, { SmartAGSn })).toBe('Sag.DeviceNotExist')
  })
})
