import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addFlowLog } from '../../testing/networks.suite.ts'
import { addQos } from '../../testing/qos.suite.ts'
import { associateFlowLog } from '../flow-logs/associate-flow-log.ts'
import { addDnatEntry } from '../nat/add-dnat-entry.ts'
import { listSmartAgApiUnsupportedFeature as operation } from './list-smart-ag-api-unsupported-feature.ts'
import { modifySmartAccessGateway } from './modify-smart-access-gateway.ts'

testOperation(operation, (world) => {
  async function features(SmartAGId: string, SerialNumber: string, OpenApiName: string): Promise<readonly unknown[]> {
    const request = { RegionId: regionId, SmartAGId, SerialNumber, OpenApiName }
    const { Features } = await world().call(operation, request)
    return (Features as readonly { readonly Feature: string }[]).map(({ Feature }) => Feature)
  }

  test('a small box with old firmware lacks what the operations themselves refuse it', async () => {
    const id = await world().addInstance({ spec: 'sag-100wm' })
    const serial = await world().addDevice(id, { model: 'sag-100wm', version: '1.9.0.0' })
    expect(await features(id, serial, 'AddDnatEntry')).toEqual(['Dnat'])
    const entry = { IpProtocol: 'TCP', ExternalPort: '80', InternalIp: '10.0.0.1', InternalPort: '80' }
    expect(await world().refused(addDnatEntry, { RegionId: regionId, SagId: id, ...entry, Type: 'Internet' })).toBe(
      'FeatureNotSupport',
    )
    expect(await features(id, serial, 'ModifySmartAccessGateway')).toEqual(['RoutingStrategy'])
    const dynamic = { RegionId: regionId, SmartAGId: id, RoutingStrategy: 'dynamic' }
    expect(await world().refused(modifySmartAccessGateway, dynamic)).toBe('FeatureNotSupport')
    expect(await features(id, serial, 'AssociateFlowLog')).toEqual(['FlowLog'])
    const log = await addFlowLog(world(), {})
    const logged = { RegionId: regionId, FlowLogId: log, SmartAGId: id }
    expect(await world().refused(associateFlowLog, logged)).toBe('OperationUnsupported.AssociateFlowLog')
  })

  test('a device that can do all of it lacks nothing, and no device has an uplink of 4G', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    for (const name of ['AddDnatEntry', 'AddSnatEntry', 'AssociateQos', 'ModifySAGAdminPassword', 'DescribeRegions']) {
      expect(await features(id, serial, name)).toEqual([])
    }
    expect(await features(id, serial, 'ModifySmartAccessGatewayUpBandwidth')).toEqual(['UpBandwidth4G'])
    expect(await features(id, serial, 'UpdateSmartAccessGatewayAdminPassword')).toEqual(['Password'])
  })

  test('a gateway whose program is older than a part of the configuration lacks that part', async () => {
    const id = await world().addInstance()
    await addQos(world())
    const serial = await world().addDevice(id, { sealKey: 'enrolled', capabilities: 'config-trial dnat' })
    expect(await features(id, serial, 'AssociateQos')).toEqual(['Qos'])
    expect(await features(id, serial, 'AddDnatEntry')).toEqual([])
  })

  test('InvalidSmartAGId.NotFound: unknown, or of another account', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const serial = await world().addDevice(foreign)
    for (const SmartAGId of ['sag-none', foreign]) {
      const request = { RegionId: regionId, SmartAGId, SerialNumber: serial, OpenApiName: 'AssociateQos' }
      expect(await world().refused(operation, request)).toBe('InvalidSmartAGId.NotFound')
    }
  })

  test('Sag.DeviceNotExist: not a device of the instance', async () => {
    const request = { RegionId: regionId, SmartAGId: await world().addInstance(), OpenApiName: 'AssociateQos' }
    const elsewhere = await world().addDevice(await world().addInstance())
    expect(await world().refused(operation, { ...request, SerialNumber: elsewhere })).toBe('Sag.DeviceNotExist')
  })
})
