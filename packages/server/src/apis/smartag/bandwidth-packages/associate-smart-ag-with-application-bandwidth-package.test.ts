import { expect, test } from 'vitest'
import { addInspector, addPackage, withoutEngine } from '../../testing/dpi.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, change } from '../../testing/networks.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { toldConfig } from '../../testing/told.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { describeSmartAccessGateways } from '../instances/describe-smart-access-gateways.ts'
import { associateSmartAgWithApplicationBandwidthPackage as operation } from './associate-smart-ag-with-application-bandwidth-package.ts'

testOperation(operation, (world) => {
  const applications = { groups: [1], signatures: [7] }
  const request = (id: string, shares: readonly (readonly [string, string])[], more = {}) => ({
    ...{ RegionId: regionId, ApplicationBandwidthPackageId: id, ...more },
    ...Object.fromEntries(
      shares.flatMap(([SmartAGId, Bandwidth], index) => [
        [`AssociateConfigs.${index + 1}.SmartAGId`, SmartAGId],
        [`AssociateConfigs.${index + 1}.Bandwidth`, Bandwidth],
      ]),
    ),
  })
  const inspect = (id: string) => change(world(), ({ inspections }) => inspections.setEnabled(id, true))

  async function able(device: Parameters<typeof addInspector>[2] = {}, given = {}): Promise<string> {
    const id = await world().addInstance(given)
    await addInspector(world(), id, device)
    await addCcn(world(), {}, id)
    await inspect(id)
    return id
  }

  test('gateways of each instance are told its part and the applications, and the instance shows the package', async () => {
    const id = await addPackage(world(), { name: 'video', bandwidth: 10, applications })
    const [one, other] = [await able(), await able()]
    await world().call(
      operation,
      request(
        id,
        [
          [one, '4'],
          [other, '6'],
        ],
        { DryRun: 'true' },
      ),
    )
    expect((await toldConfig(world(), one))?.dpi).toEqual({})
    expect(
      await world().call(
        operation,
        request(id, [
          [one, '4'],
          [other, '6'],
        ]),
      ),
    ).toEqual({})
    expect((await toldConfig(world(), one))?.dpi).toEqual({ accelerated: { megabits: 4, applications } })
    expect((await toldConfig(world(), other))?.dpi).toEqual({ accelerated: { megabits: 6, applications } })
    const shown = { RegionId: regionId, SmartAGId: one }
    expect(await world().call(describeSmartAccessGatewayAttribute, shown)).toMatchObject({
      ...{ ApplicationBandwidthPackageId: id, ApplicationBandwidthPackageName: 'video' },
      ApplicationBandwidthPackageBussinessStatus: 'Normal',
    })
    const { SmartAccessGateways } = await world().call(describeSmartAccessGateways, shown)
    expect(SmartAccessGateways).toMatchObject([{ ApplicationBandwidthPackageId: id }])
  })

  test('InvalidParameter: together they have more than the package; another part of the same instance takes the place of the one before', async () => {
    const id = await addPackage(world(), { bandwidth: 10 })
    const [one, other] = [await able(), await able()]
    await world().call(operation, request(id, [[one, '8']]))
    expect(await world().refused(operation, request(id, [[other, '3']]))).toBe('InvalidParameter')
    await world().call(operation, request(id, [[one, '7']]))
    await world().call(operation, request(id, [[other, '3']]))
    for (const shares of [
      [[one, '0']],
      [
        [one, '1'],
        [one, '1'],
      ],
      [['', '1']],
    ] as const) {
      expect(await world().refused(operation, request(id, shares))).toBe('InvalidParameter')
    }
  })

  test('InvalidParameter: more than 100 instances', async () => {
    const id = await addPackage(world(), { bandwidth: 200 })
    const shares = Array.from({ length: 101 }, (_, index) => [`sag-none${index}`, '1'] as const)
    expect(await world().refused(operation, request(id, shares))).toBe('InvalidParameter')
    expect(await world().refused(operation, request(id, shares.slice(1)))).toBe('SAG.InstanceNoFound')
  })

  test('of several instances the first that cannot join decides the answer', async () => {
    const id = await addPackage(world())
    const [bare, one] = [await world().addInstance(), await able()]
    const answer = (...ids: readonly string[]) =>
      world().refused(
        operation,
        request(
          id,
          ids.map((each) => [each, '1']),
        ),
      )
    expect(await answer(one, bare, 'sag-none')).toBe('UnsupportedFeature.ApplicationAccelerate')
    expect(await answer(one, 'sag-none', bare)).toBe('SAG.InstanceNoFound')
  })

  test('ResourceNotFound.ApplicationBandwidthPackage: not there, of another account or region', async () => {
    const one = await able()
    const theirs = await addPackage(world(), { accountId: otherAccountId })
    for (const id of ['abwp-none', theirs, await addPackage(world(), { regionId: 'cn-hangzhou' })]) {
      expect(await world().refused(operation, request(id, [[one, '1']]))).toBe(
        'ResourceNotFound.ApplicationBandwidthPackage',
      )
    }
  })

  test('SAG.InstanceNoFound: not there, of another account; and none of the others joins', async () => {
    const id = await addPackage(world())
    const one = await able()
    for (const missing of ['sag-none', await world().addInstance({ accountId: otherAccountId })]) {
      expect(
        await world().refused(
          operation,
          request(id, [
            [one, '1'],
            [missing, '1'],
          ]),
        ),
      ).toBe('SAG.InstanceNoFound')
    }
    expect((await toldConfig(world(), one))?.dpi).toEqual({})
  })

  test('UnsupportedFeature.ApplicationAccelerate: nothing is recognised, or cannot be', async () => {
    const id = await addPackage(world())
    const bare = await world().addInstance()
    for (const one of [bare, await able(withoutEngine), await addApp(world())]) {
      expect(await world().refused(operation, request(id, [[one, '1']]))).toBe(
        'UnsupportedFeature.ApplicationAccelerate',
      )
    }
  })

  test('OperationDenied.NoBindCcn, OperationDenied.Arrearage', async () => {
    const id = await addPackage(world())
    const alone = await world().addInstance()
    await inspect(alone)
    expect(await world().refused(operation, request(id, [[alone, '1']]))).toBe('OperationDenied.NoBindCcn')
    const overdue = await able({}, { overdueSince: world().now })
    expect(await world().refused(operation, request(id, [[overdue, '1']]))).toBe('OperationDenied.Arrearage')
  })
})
