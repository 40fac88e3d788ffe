import { expect, test } from 'vitest'
import { addPackage } from '../../testing/dpi.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { change } from '../../testing/networks.suite.ts'
import { toldConfig } from '../../testing/told.suite.ts'
import { dissociateSmartAgFromApplicationBandwidthPackage as operation } from './dissociate-smart-ag-from-application-bandwidth-package.ts'

testOperation(operation, (world) => {
  const request = (ApplicationBandwidthPackageId: string, more: Readonly<Record<string, string>>) => ({
    ...{ RegionId: regionId, ApplicationBandwidthPackageId, ...more },
  })

  async function member(id: string): Promise<string> {
    const instance = await world().addInstance()
    await change(world(), async ({ inspections, applicationPackages }) => {
      await inspections.setEnabled(instance, true)
      await applicationPackages.join(instance, id, 1)
    })
    return instance
  }

  test('one and a list of them leave, and their gateways are told; others stay', async () => {
    const id = await addPackage(world())
    const [one, other, third, stays] = [await member(id), await member(id), await member(id), await member(id)]
    const leaving = { SmartAGId: one, 'SmartAGIdList.1': other, 'SmartAGIdList.2': third }
    await world().call(operation, request(id, { ...leaving, DryRun: 'true' }))
    expect((await toldConfig(world(), one))?.dpi).toHaveProperty('accelerated')
    expect(await world().call(operation, request(id, leaving))).toEqual({})
    for (const gone of [one, other, third]) expect((await toldConfig(world(), gone))?.dpi).toEqual({})
    expect((await toldConfig(world(), stays))?.dpi).toHaveProperty('accelerated')
    expect(await world().refused(operation, request(id, { SmartAGId: one }))).toBe('SAG.InstanceNoFound')
  })

  test('InvalidParameter: none is named, or more than 100', async () => {
    const id = await addPackage(world())
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`SmartAGIdList.${index + 1}`, 'sag-x']))
    for (const more of [{}, many]) expect(await world().refused(operation, request(id, more))).toBe('InvalidParameter')
  })

  test('ResourceNotFound.ApplicationBandwidthPackage: not there, of another account', async () => {
    for (const id of ['abwp-none', await addPackage(world(), { accountId: otherAccountId })]) {
      expect(await world().refused(operation, request(id, { SmartAGId: 'sag-x' }))).toBe(
        'ResourceNotFound.ApplicationBandwidthPackage',
      )
    }
  })
})
