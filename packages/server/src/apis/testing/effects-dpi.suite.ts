// A call of each operation on applications, and other values of its parameters.
import { addPackage } from './dpi.suite.ts'
import type { Row } from './effects.suite.ts'
import { inRegion } from './effects-world.suite.ts'
import { change } from './networks.suite.ts'

const main = { SmartAGId: 'sag-main' }
const onBare = { SmartAGId: 'sag-bare' }
const monitoring = { SlsProjectName: 'project', SlsLogStore: 'store' }
const inspecting: Partial<Row> = {
  prepare: async (world) => {
    for (const id of ['sag-main', 'sag-bare']) {
      await change(world, async ({ inspections }) => {
        await inspections.setEnabled(id, true)
        await inspections.setLog(id, { project: 'before', logstore: 'before' })
      })
    }
  },
}

const accelerating: Partial<Row> = {
  prepare: async (world) => {
    await change(world, ({ inspections }) => inspections.setEnabled('sag-main', true))
    for (const id of ['abwp-main', 'abwp-other']) await addPackage(world, { id })
  },
}
const accelerated: Partial<Row> = {
  prepare: async (world) => {
    await accelerating.prepare?.(world)
    for (const id of ['sag-main', 'sag-bare']) {
      await change(world, ({ applicationPackages }) => applicationPackages.join(id, 'abwp-main', 1))
    }
  },
}
const share = { 'AssociateConfigs.1.SmartAGId': 'sag-main', 'AssociateConfigs.1.Bandwidth': '2' }

export const dpiRows: readonly Row[] = [
  inRegion(
    'AssociateSmartAGWithApplicationBandwidthPackage',
    { ApplicationBandwidthPackageId: 'abwp-main', ...share },
    {
      ApplicationBandwidthPackageId: 'abwp-other',
      AssociateConfigs: { to: { 'AssociateConfigs.1.Bandwidth': '3' } },
      DryRun: 'true',
    },
    accelerating,
  ),
  inRegion(
    'DissociateSmartAGFromApplicationBandwidthPackage',
    { ApplicationBandwidthPackageId: 'abwp-main', ...main },
    {
      ApplicationBandwidthPackageId: 'abwp-other',
      ...onBare,
      SmartAGIdList: { to: { 'SmartAGIdList.1': 'sag-bare' } },
      DryRun: 'true',
    },
    accelerated,
  ),
  inRegion('DisableSmartAGDpiMonitor', main, { ...onBare, DryRun: 'true' }, inspecting),
  inRegion(
    'EnableSmartAGDpiMonitor',
    { ...main, ...monitoring },
    { ...onBare, SlsProjectName: 'another', SlsLogStore: 'another', DryRun: 'true' },
    inspecting,
  ),
  inRegion('GetSmartAGDpiAttribute', main),
  inRegion(
    'ListDpiConfigError',
    { DpiConfigType: 'acl' },
    {
      DpiConfigType: 'qos',
      SmartAGId: 'sag-bare',
      RuleInstanceId: 'acl-free',
      MaxResults: '1',
      NextToken: { follow: 'NextToken', by: { MaxResults: '1' } },
    },
    {
      prepare: (world) =>
        change(world, async ({ acls }) => {
          const [rule] = await acls.rules('acl-main')
          if (rule !== undefined) await acls.changeRule({ ...rule, applications: { groups: [5], signatures: [] } })
        }),
    },
  ),
  inRegion(
    'ListDpiGroups',
    {},
    {
      DpiGroupIds: { to: { 'DpiGroupIds.1': '1' } },
      DpiGroupNames: { to: { 'DpiGroupNames.1': 'VPN' } },
      MaxResults: '1',
      NextToken: { follow: 'NextToken', by: { MaxResults: '1' } },
    },
  ),
  inRegion(
    'ListDpiSignatures',
    {},
    {
      DpiGroupId: '2',
      DpiSignatureIds: { to: { 'DpiSignatureIds.1': '1' } },
      DpiSignatureNames: { to: { 'DpiSignatureNames.1': 'TLS' } },
      MaxResults: '1',
      NextToken: { follow: 'NextToken', by: { MaxResults: '1' } },
    },
  ),
  inRegion(
    'UpdateSmartAGDpiAttribute',
    { ...main, DpiEnabled: 'true' },
    { ...onBare, DpiEnabled: 'false', DryRun: 'true' },
  ),
]
