import { booleanField, integerField, longField, objectField, stringField, wrapped } from '../../../declare/index.ts'
import { shownType } from '../../../model/binding.ts'
import type { Device } from '../../../model/device.ts'
import type { Instance } from '../../../model/instance.ts'
import { trafficMaster } from '../../../model/pair.ts'
import type { OperationContext } from '../../context.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { ccnIdsOf, shownCcn, shownInstance, shownVersion, storedFields } from '../instance-view.ts'

export const describeSmartAccessGatewayAttribute = operation({
  name: 'DescribeSmartAccessGatewayAttribute',
  family: 'instances',
  about: { en: 'Show one instance with its devices.', zh: '查询一个实例及其设备的详细信息。' },
  source: 'Smartag 2018-03-13, DescribeSmartAccessGatewayAttribute',
  access: { action: 'smartag:DescribeSmartAccessGatewayAttribute', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: { RegionId: regionId, SmartAGId: smartAgId.required(), ...ownerParams },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'No table is published for this operation; the service-wide list has this code for an instance that is not there.',
        zh: '该操作没有公开的错误码表，采用公共错误码列表中“实例不存在”的错误码。',
      },
    ],
  },

  result: {
    SmartAGId: stringField,
    ...storedFields,
    ResellerUid: stringField,
    ResellerInstanceId: stringField,
    InstanceType: stringField,
    Status: stringField,
    CreateTime: longField,
    EndTime: longField,
    MaxBandwidth: stringField,
    UpBandwidthWan: integerField,
    UpBandwidth4G: integerField,
    AccelerateBandwidth: longField,
    UserCount: integerField,
    DataPlan: longField,
    CidrBlock: stringField,
    RoutingStrategy: stringField,
    AccessPointId: stringField,
    SecurityLockThreshold: integerField,
    SerialNumber: stringField,
    TrafficMasterSn: stringField,
    BoxControllerIp: stringField,
    BackupBoxControllerIp: stringField,
    IpsecStatus: stringField,
    VpnStatus: stringField,
    AssociatedCcnId: stringField,
    AssociatedCcnName: stringField,
    EnableOptimization: booleanField,
    OptimizationType: booleanField,
    EnableSoftwareConnectionAudit: booleanField,
    ApplicationBandwidthPackageId: stringField,
    ApplicationBandwidthPackageName: stringField,
    ApplicationBandwidthPackageBussinessStatus: stringField,
    ApplicationBandwidthPackageOperationLocks: objectField({ LockType: stringField, LockReason: stringField }),
    AclIds: wrapped('AclId', stringField),
    QosIds: wrapped('QosId', stringField),
    FlowLogIds: wrapped('FlowLogId', stringField),
    IRIds: wrapped('IRId', stringField),
    Links: wrapped('Link', {
      Type: stringField,
      Status: stringField,
      Bandwidth: stringField,
      InstanceId: stringField,
      RelateInstanceId: stringField,
      RelateInstanceRegionId: stringField,
      CommodityType: stringField,
      HealthCheckTargetIp: stringField,
      EndTime: longField,
    }),
    Devices: wrapped('Device', {
      SerialNumber: stringField,
      HaState: stringField,
      HcState: stringField,
      SoftwareVersion: stringField,
      MonitorVersion: stringField,
      DpiSignatureDbVersion: stringField,
      SecretKey: stringField,
      DistributeSkStatus: integerField,
    }),
  },

  async run({ caller, fleet, addresses, applicationPackages, now, networks, fail }, { RegionId, SmartAGId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const master = trafficMaster(instance)
    return {
      ...shownInstance(instance, await addresses.cidrs(instance.id), now),
      ...shownCcn(instance, await networks.ccnNames(ccnIdsOf([instance]))),
      InstanceType: shownType(instance),
      TrafficMasterSn: master?.serial,
      ...(await shownPackage(applicationPackages, instance)),
      AclIds: instance.aclId === undefined ? [] : [instance.aclId],
      QosIds: instance.qosId === undefined ? [] : [instance.qosId],
      FlowLogIds: instance.flowLogId === undefined ? [] : [instance.flowLogId],
      Devices: await Promise.all(instance.devices.map((device) => shownDevice(fleet, device, device === master))),
    }
  },
})

async function shownPackage(packages: OperationContext['applicationPackages'], { applicationPackageId: id }: Instance) {
  const found = id === undefined ? undefined : await packages.byId(id)
  if (found === undefined) return {}
  return {
    ApplicationBandwidthPackageId: found.id,
    ApplicationBandwidthPackageName: found.name,
    ApplicationBandwidthPackageBussinessStatus: 'Normal',
  }
}

async function shownDevice(fleet: OperationContext['fleet'], device: Device, isMaster: boolean) {
  return {
    SerialNumber: device.serial,
    HaState: isMaster ? 'Active' : 'Standby',
    HcState: device.connected ? 'online' : 'offline',
    SoftwareVersion: shownVersion(device),
    DpiSignatureDbVersion: device.dpiEngine,
    ...(device.model === 'sag-vcpe' ? await joinSecret(fleet, device) : {}),
  }
}

/** Its owner gives serial number and key to the image at boot, so this answer has to show the key (D). */
async function joinSecret(fleet: OperationContext['fleet'], device: Device) {
  return {
    SecretKey: (await fleet.enrolmentKey(device.serial))?.reveal(),
    // 1 once an image has joined with it (C).
    DistributeSkStatus: device.sealKey === undefined ? 0 : 1,
  }
}
