import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, putInto } from '../../testing/networks.suite.ts'
import { describeSmartAccessGatewayAttribute as operation } from './describe-smart-access-gateway-attribute.ts'
import { modifySmartAccessGateway } from './modify-smart-access-gateway.ts'

testOperation(operation, (world) => {
  async function described(SmartAGId: string): Promise<Readonly<Record<string, unknown>>> {
    return toWire(operation.result, await world().call(operation, { RegionId: regionId, SmartAGId }))
  }

  test('shows a pair with what is known of it, and empty lists for the rest', async () => {
    const id = await world().addInstance({ name: 'branch', description: 'of the branch', maxBandwidth: 50 })
    const active = await world().addDevice(id)
    const standby = await world().addDevice(id, { version: '2.3.0.0', connected: false })
    expect(await described(id)).toEqual({
      SmartAGId: id,
      Name: 'branch',
      Description: 'of the branch',
      InstanceType: 'sag-1000',
      Status: 'Init',
      CreateTime: Date.UTC(2024, 0, 31, 12),
      EndTime: Date.UTC(2025, 0, 31, 12),
      MaxBandwidth: '50 M',
      RoutingStrategy: 'static',
      SecurityLockThreshold: 0,
      SerialNumber: `${active},${standby}`,
      TrafficMasterSn: active,
      IpsecStatus: 'down',
      VpnStatus: 'down',
      AclIds: { AclId: [] },
      QosIds: { QosId: [] },
      FlowLogIds: { FlowLogId: [] },
      IRIds: { IRId: [] },
      Links: { Link: [] },
      Devices: {
        Device: [
          { SerialNumber: active, HaState: 'Active', HcState: 'online', SoftwareVersion: '2.3.1.1' },
          { SerialNumber: standby, HaState: 'Standby', HcState: 'offline', SoftwareVersion: '2.3.0.0' },
        ],
      },
    })
  })

  test('shows the network it is in; its tunnels are up while the active device is connected', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    const ccn = await addCcn(world(), { name: 'branches' })
    await putInto(world(), id, ccn)
    expect(await described(id)).toMatchObject({
      AssociatedCcnId: ccn,
      AssociatedCcnName: 'branches',
      Status: 'Active',
      IpsecStatus: 'up',
      VpnStatus: 'up',
    })
    await world().setDevice(serial, { connected: false })
    expect(await described(id)).toMatchObject({ AssociatedCcnId: ccn, Status: 'Offline', IpsecStatus: 'down' })
  })

  test('shows what its owner set', async () => {
    const id = await world().addInstance()
    const settings = {
      Name: 'branch',
      Position: '[ { "label":"1 Road" } ]',
      SecurityLockThreshold: '3600',
      CidrBlock: '192.168.20.0/24,10.0.0.0/16',
    }
    const request = { RegionId: regionId, SmartAGId: id }
    await world().call(modifySmartAccessGateway, { ...request, ...settings })
    await world().call(modifySmartAccessGateway, { ...request, RoutingStrategy: 'dynamic' })
    expect(await described(id)).toMatchObject({
      ...settings,
      SecurityLockThreshold: 3600,
      RoutingStrategy: 'dynamic',
    })
  })

  test('an App shows its size and whether connections are recorded', async () => {
    const id = await world().addInstance({ kind: 'app', userCount: 5, dataPlan: 5 })
    expect(await described(id)).toMatchObject({ UserCount: 5, DataPlan: 5, EnableSoftwareConnectionAudit: false })
    await world().fleet.configure(id, { connectionAudit: true })
    expect(await described(id)).toMatchObject({ EnableSoftwareConnectionAudit: true })
    expect(await described(await world().addInstance())).not.toHaveProperty('EnableSoftwareConnectionAudit')
  })

  test('an SCG5000 box in a hardware instance shows its model', async () => {
    const id = await world().addInstance()
    await world().addDevice(id, { model: 'SCG5000', version: '3.4.2.0' })
    expect((await described(id)).InstanceType).toBe('SCG5000')
  })

  test('a vCPE shows the keys its images join with, and which have been used', async () => {
    const id = await world().addInstance({ kind: 'vcpe' })
    const serial = await world().addDevice(id, { model: 'sag-vcpe', version: '0.0.0.0', connected: false })
    const device = { SerialNumber: serial, HaState: 'Active', HcState: 'offline', SecretKey: 'enrolment-key' }
    expect((await described(id)).Devices).toEqual({ Device: [{ ...device, DistributeSkStatus: 0 }] })
    await world().setDevice(serial, { sealKey: 'key' })
    expect((await described(id)).Devices).toEqual({ Device: [{ ...device, DistributeSkStatus: 1 }] })
  })

  test('an App has neither devices, bandwidth nor tunnels', async () => {
    const id = await world().addInstance({ kind: 'app' })
    const answer = await described(id)
    expect(answer).toMatchObject({ InstanceType: 'sag-software', Status: 'Active', Devices: { Device: [] } })
    for (const name of ['MaxBandwidth', 'IpsecStatus', 'VpnStatus', 'SerialNumber'])
      expect(answer).not.toHaveProperty(name)
  })

  test('no EndTime before service began', async () => {
    expect(await described(await world().addInstance({ state: 'received' }))).not.toHaveProperty('EndTime')
  })

  test('SAG.InstanceNoFound: unknown, in another region, or of another account', async () => {
    const id = await world().addInstance()
    for (const params of [
      { RegionId: regionId, SmartAGId: 'sag-none' },
      { RegionId: 'cn-hangzhou', SmartAGId: id },
      { RegionId: regionId, SmartAGId: await world().addInstance({ accountId: otherAccountId }) },
    ]) {
      expect(await world().refused(operation, params)).toBe('SAG.InstanceNoFound')
    }
  })

  test('MissingSmartAGId and MissingRegionId from the front door', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingSmartAGId')
    expect(await world().refused(operation, { SmartAGId: 'sag-1' })).toBe('MissingRegionId')
  })
})
