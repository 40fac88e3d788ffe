// A call of each operation that has gateways watched or asked, and other values of its parameters.
import type { Row } from './effects.suite.ts'
import { inRegion } from './effects-world.suite.ts'
import { diagnosed, measures } from './monitoring.suite.ts'
import { addPop } from './pops.suite.ts'

const watched = { SagId: 'sag-main' }

const withPoints: Partial<Row> = {
  prepare: async (world) => {
    for (const serial of ['pop1', 'pop-22']) await addPop(world, serial)
    await measures(world, 'sagmain1', { address: '203.0.113.4', at: 1, sent: 10, answered: 9, ms: 4.98 })
  },
}

const device = { SmartAGId: 'sag-main', SmartAGSn: 'sagmain1' }

const withDiagnosis: Partial<Row> = {
  prepare: (world) => diagnosed(world, 'sagmain1', { check: 'wanPort', outcome: 'noCable', values: ['5'] }),
}

export const monitoringRows: readonly Row[] = [
  inRegion('DiagnoseSmartAccessGateway', device),
  inRegion('DiscribeSmartAccessGatewayDiagnosisReport', device, {}, withDiagnosis),
  inRegion('GetAdvancedMonitorState', watched),
  inRegion('ListAccessPointNetworkQualities', { SmartAGId: 'sag-main' }, {}, withPoints),
  inRegion(
    'ProbeAccessPointNetworkQuality',
    { SmartAGId: 'sag-main', 'AccessPointIds.1': '1' },
    { AccessPointIds: { to: { 'AccessPointIds.1': '2' } } },
    withPoints,
  ),
  inRegion('SetAdvancedMonitorState', { ...watched, Enable: 'true' }, { Enable: 'false' }),
]
