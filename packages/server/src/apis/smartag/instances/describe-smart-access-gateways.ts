import { compareVersions, isName, isVersion } from '@opensag/rules'
import {
  boolean,
  booleanField,
  integerField,
  list,
  longField,
  stringField,
  text,
  wrapped,
} from '../../../declare/index.ts'
import type { Instance } from '../../../model/instance.ts'
import { businessStateOf, statusOf } from '../../../model/status.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize, smartAgId, smartAgSn } from '../common-params.ts'
import { shownDpi } from '../dpi/shown-dpi.ts'
import {
  ccnIdsOf,
  hardwareVersion,
  shownCcn,
  shownInstance,
  shownUid,
  softwareVersions,
  storedFields,
} from '../instance-view.ts'

export const describeSmartAccessGateways = operation({
  name: 'DescribeSmartAccessGateways',
  family: 'instances',
  about: {
    en: 'List instances, the newest first. Without a region: those of every region.',
    zh: '查询实例列表，新的在前。不指定地域时查询所有地域。',
  },
  source: 'Smartag 2018-03-13, DescribeSmartAccessGateways',
  access: {
    action: 'smartag:DescribeSmartAccessGateways',
    level: 'Read',
    resource: 'smartag/*',
    dependent: [],
    lists: 'smartag',
  },
  transaction: 'listing',

  params: {
    RegionId: text().example('cn-shanghai').about('The region of the instances.', '实例所在的地域。'),
    SmartAGId: smartAgId,
    SmartAGIds: list(text()).example('sag-tq3sazs17smldn0000').about('Any of these instances.', '实例 ID 列表。'),
    Name: text().satisfies(isName).example('branch-hangzhou').about('The name, exactly.', '实例名称，精确匹配。'),
    Status: text()
      .oneOfIgnoringCase('Ordered', 'Delivered', 'Received', 'Returning', 'Active', 'init', 'Offline')
      .example('Active')
      .about('The status.', '实例状态。'),
    BusinessState: text()
      .oneOf('Normal', 'Arrearage')
      .example('Normal')
      .about('Paid for, or overdue or expired.', '业务状态：正常，或欠费、到期。'),
    InstanceType: text()
      .oneOf('software', 'hardware')
      .example('hardware')
      .about('Remote-access service, or gateway (vCPE included).', '软件版，或硬件版（包括 vCPE）。'),
    HardwareType: text()
      .oneOf('sag-1000', 'sag-100wm')
      .example('sag-1000')
      .about('The specification that was ordered.', '硬件规格。'),
    SerialNumber: smartAgSn,
    SoftwareVersion: text()
      .satisfies(isVersion)
      .example('2.3.0.0')
      .about(
        'The version of the active device, compared as `VersionComparator` says.',
        '主用设备的软件版本，按 `VersionComparator` 比较。',
      ),
    VersionComparator: text()
      .oneOf('greater', 'less', 'equals')
      .default('equals')
      .example('equals')
      .about('How `SoftwareVersion` is compared, number by number.', '`SoftwareVersion` 的比较方式，逐段按数字比较。'),
    ResourceGroupId: text().example('rg-acfm2iu4fnc0000').about('The resource group.', '资源组 ID。'),
    AssociatedCcnId: text()
      .example('ccn-bxuau4ezctt0000')
      .about('The cloud connect network it is in.', '关联的云连接网 ID。'),
    AssociatedCcnName: text().example('ccn').about('The name of that network.', '关联的云连接网名称。'),
    AclIds: text()
      .example('acl-xhwhyuo43l0n0000')
      .about('It has one of these access control lists; separated by commas.', '已关联的访问控制列表 ID，以逗号分隔。'),
    UnboundAclIds: text()
      .example('acl-sjfbgngj0000')
      .about(
        'It has none of these access control lists; separated by commas.',
        '未关联的访问控制列表 ID，以逗号分隔。',
      ),
    CanAssociateQos: boolean()
      .example('false')
      .about(
        'A QoS can be associated: it has none, and is no SAG APP instance.',
        '是否可以关联 QoS 策略：未关联且不是 APP 实例。',
      ),
    PageNumber: pageNumber,
    PageSize: pageSize('Instances'),
    ...ownerParams,
  },

  errors: {
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    SmartAccessGateways: wrapped('SmartAccessGateway', {
      SmartAGId: stringField,
      SmartAGUid: longField,
      ...storedFields,
      ResellerUid: stringField,
      ResellerInstanceId: stringField,
      Status: stringField,
      HardwareVersion: stringField,
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
      SoftwareVersion: stringField,
      BackupSoftwareVersion: stringField,
      BackupStatus: stringField,
      IpsecStatus: stringField,
      VpnStatus: stringField,
      AssociatedCcnId: stringField,
      AssociatedCcnName: stringField,
      AclIds: stringField,
      QosIds: stringField,
      IRIds: stringField,
      DpiStatus: stringField,
      DpiMonitorStatus: stringField,
      EnableAdvancedMonitor: booleanField,
      EnableSoftwareConnectionAudit: booleanField,
      EnterpriseCode: stringField,
      IdaasId: stringField,
      IdaasApplicationId: stringField,
      Isp: stringField,
      ApplicationBandwidthPackageId: stringField,
      Links: wrapped('Link', {
        Type: stringField,
        Status: stringField,
        Bandwidth: stringField,
        InstanceId: stringField,
        RelateInstanceId: stringField,
        RelateInstanceRegionId: stringField,
        CommodityType: stringField,
        EndTime: longField,
      }),
    }),
  },

  async run({ caller, fleet, scope, now, unit }, params) {
    const { PageNumber, PageSize, Status, BusinessState, SoftwareVersion, VersionComparator } = params
    const derived: ((instance: Instance) => boolean)[] = []
    if (Status !== undefined) {
      derived.push((instance) => statusOf(instance, now).toLowerCase() === Status.toLowerCase())
    }
    if (BusinessState !== undefined) derived.push((instance) => businessStateOf(instance, now) === BusinessState)
    if (SoftwareVersion !== undefined) {
      derived.push((instance) => versionMatches(instance, SoftwareVersion, VersionComparator))
    }

    const { AclIds, UnboundAclIds } = params
    if (AclIds !== undefined) derived.push(({ aclId }) => aclId !== undefined && AclIds.split(',').includes(aclId))
    if (UnboundAclIds !== undefined) {
      derived.push(({ aclId }) => aclId === undefined || !UnboundAclIds.split(',').includes(aclId))
    }
    if (params.CanAssociateQos !== undefined) {
      derived.push(({ kind, qosId }) => (kind !== 'app' && qosId === undefined) === params.CanAssociateQos)
    }

    const { total, instances } = await fleet.instances(
      {
        accountId: caller.accountId,
        scope,
        regionId: params.RegionId,
        ids: wantedIds(params.SmartAGId, params.SmartAGIds),
        name: params.Name,
        resourceGroupId: params.ResourceGroupId,
        kinds: kindsOf(params.InstanceType),
        spec: params.HardwareType,
        serial: params.SerialNumber,
        ccnId: params.AssociatedCcnId,
        ccnName: params.AssociatedCcnName,
      },
      { number: PageNumber, size: PageSize },
      derived.length === 0 ? undefined : (instance) => derived.every((holds) => holds(instance)),
    )
    const { names, codes, blocks } = await unit.read(async ({ networks, enterpriseCodes, addresses }) => ({
      names: await networks.ccnNames(ccnIdsOf(instances)),
      codes: await enterpriseCodes.spellings(codesOf(instances)),
      blocks: await addresses.cidrsOf(instances.map(({ id }) => id)),
    }))
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      SmartAccessGateways: instances.map((instance) => ({
        ...shownInstance(instance, blocks.get(instance.id) ?? [], now),
        ...softwareVersions(instance),
        ...shownCcn(instance, names),
        SmartAGUid: shownUid(instance.accountId),
        HardwareVersion: hardwareVersion(instance),
        AclIds: instance.aclId,
        QosIds: instance.qosId,
        ...shownDpi(instance),
        ApplicationBandwidthPackageId: instance.applicationPackageId,
        EnableAdvancedMonitor: instance.kind === 'app' ? undefined : instance.advancedMonitor,
        EnterpriseCode: codes.get(instance.enterpriseCode ?? ''),
      })),
    }
  },
})

function codesOf(instances: readonly Instance[]): readonly string[] {
  const codes = instances.flatMap(({ enterpriseCode }) => (enterpriseCode === undefined ? [] : [enterpriseCode]))
  return [...new Set(codes)]
}

function wantedIds(id: string | undefined, ids: readonly string[] | undefined): readonly string[] | undefined {
  if (id === undefined) return ids
  return ids === undefined || ids.includes(id) ? [id] : []
}

/** A vCPE counts as hardware (C). */
function kindsOf(type: 'software' | 'hardware' | undefined): readonly Instance['kind'][] | undefined {
  if (type === undefined) return undefined
  return type === 'software' ? ['app'] : ['hardware', 'vcpe']
}

function versionMatches(instance: Instance, wanted: string, comparator: 'greater' | 'less' | 'equals'): boolean {
  const { SoftwareVersion } = softwareVersions(instance)
  const order = SoftwareVersion === undefined ? undefined : compareVersions(SoftwareVersion, wanted)
  if (order === undefined) return false
  return comparator === 'greater' ? order > 0 : comparator === 'less' ? order < 0 : order === 0
}
