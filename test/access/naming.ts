import { exampleName } from '../../packages/server/src/apis/testing/examples.suite.ts'
import { regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import type { Api, Operation } from '../../packages/server/src/declare/index.ts'
import type { Kind, Things } from './household.ts'

/** Parameters that name a thing of an account. */
const smartagKinds: Readonly<Record<string, Kind>> = {
  SmartAGId: 'instance',
  SmartAGIds: 'instance',
  SagId: 'instance',
  SagInsId: 'instance',
  InstanceId: 'instance',
  OriginSmartAGId: 'app',
  TargetSmartAGId: 'app',
  SerialNumber: 'device',
  SmartAGSn: 'device',
  SagSn: 'device',
  Sn: 'device',
  SnNumber: 'device',
  CcnId: 'ccn',
  CcnInstanceId: 'ccn',
  AssociatedCcnId: 'ccn',
  CenId: 'cen',
  VbrId: 'vbr',
  VbrInstanceIds: 'vbr',
  VbrInstanceId: 'vbr',
  CenInstanceId: 'cen',
  DnatEntryId: 'dnat',
  FlowLogId: 'flowLog',
  AlertId: 'alert',
  AlertChannelId: 'alertChannel',
  ChannelIds: 'alertChannel',
  AlertRuleId: 'alertRule',
  HcInstanceId: 'healthCheck',
  ProbeTaskId: 'probeTask',
  ApplicationBandwidthPackageId: 'applicationPackage',
  UserName: 'clientUser',
  Username: 'clientUser',
  SmartAGUid: 'account',
  AclId: 'acl',
  // With the DpiConfigType of its example.
  RuleInstanceId: 'acl',
  AclIds: 'acl',
  UnboundAclIds: 'acl',
  AcrId: 'aclRule',
  QosId: 'qos',
  QosIds: 'qos',
  QosCarId: 'qosCar',
  QosPolicyId: 'qosPolicy',
  // With the ResourceType of its example.
  ResourceId: 'instance',
  CcnUid: 'account',
  CenUid: 'account',
  VbrUid: 'account',
  ResourceUid: 'account',
  JobId: 'job',
}

const ramKinds: Readonly<Record<string, Kind>> = {
  SessionId: 'consoleSession',
  SecurityKeyId: 'securityKey',
  UserName: 'user',
  GroupName: 'group',
  RoleName: 'role',
  RoleArn: 'roleArn',
  PolicyName: 'policy',
  // With the ResourceType of its example.
  ResourceNames: 'role',
  UserAccessKeyId: 'accessKey',
}

/** Parameters that look as if they named a thing, and do not. */
const otherNames = new Set([
  'RegionId',
  'OriginRegionId',
  'VbrRegionId',
  'OwnerId',
  'ResourceOwnerId',
  'ResourceGroupId',
  'NewResourceGroupId',
  'OpenApiName',
  // Points of presence belong to no account.
  'AccessPointId',
  'AccessPointIds',
  'Id',
  'Name',
  'ReceiverName',
  'FlowLogName',
  'SagName',
  'TaskName',
  'LogstoreName',
  'ProjectName',
  'SlsRegionId',
  'VersionId',
  'RoleSessionName',
  'ExternalId',
  'ActionName',
  'ResourceName',
  'ServiceName',
  'DisplayName',
  'NewDisplayName',
  // New names, which are taken or free in the caller's own account.
  'NewUserName',
  'NewGroupName',
  'VirtualMFADeviceName',
  'AssociatedCcnName',
  'QosName',
  // Of the device.
  'PortName',
  'InterfaceName',
  'AreaId',
  'Md5KeyId',
  'RouterId',
  'OutboundPortName',
  // Of applications: nobody has any.
  'DpiGroupIds',
  'DpiSignatureIds',
  'DpiGroupId',
  'SlsProjectName',
])

/** What a parameter names; undefined when it names nothing of an account. */
export function kindOf({ product }: Api, operation: Operation, param: string): Kind | undefined {
  const { name, family } = operation
  if (isOfDevice(operation, param)) return undefined
  if (name === 'DeleteSnatEntry' && param === 'InstanceId') return 'snat'
  if (product === 'Ram' && param === 'SerialNumber') return 'mfaDevice'
  const isOfUsers = family === 'client-users' || /^DescribeUser(OnlineClient|Flow)Statistics$/.test(name)
  const isApp = isOfUsers && smartagKinds[param] === 'instance'
  const kind = product === 'Smartag' ? smartagKinds[param] : (ramKinds[param] ?? smartagKinds[param])
  return isApp ? 'app' : kind
}

/** It is looked for in the device that is named beside it, and nowhere else. */
function isOfDevice({ name }: Operation, param: string): boolean {
  return /DnsForward$/.test(name) && param === 'InstanceId'
}

/** Parameters nobody has said anything about, although their names sound like things. */
export function unexplained(api: Api, operation: Operation): readonly string[] {
  return Object.keys(operation.params).filter(
    (param) =>
      /(Id|Ids|Sn|Uid|Arn|Name|SerialNumber)$/.test(param) &&
      kindOf(api, operation, param) === undefined &&
      !isOfDevice(operation, param) &&
      !otherNames.has(param),
  )
}

/** The name of a parameter as a request has it: of a list the first entry, of one of objects the whole as JSON. */
export function wireName({ params }: Operation, param: string): string {
  const { type } = params[param]?.state ?? {}
  return type === undefined ? param : exampleName(param, type)
}

/** Parameters that are needed with what their operation does by default, and not with everything it can do. */
const neededTogether: Readonly<Record<string, readonly string[]>> = {
  AddDnatEntry: ['ExternalIp'],
  CreateFlowLog: ['OutputType', 'NetflowServerIp'],
  CreateAlertChannel: ['Address'],
}

/** A request about these things that passes every check of its parameters. */
export function requestAbout(
  api: Api,
  operation: Operation,
  things: Things,
  more: readonly string[] = [],
): Readonly<Record<string, string>> {
  const inTemplates = [operation.access.resource].flat().flatMap((template) => [...template.matchAll(/\{(\w+)\}/g)])
  const named = new Set([
    ...inTemplates.map(([, name]) => name ?? ''),
    ...(neededTogether[operation.name] ?? []),
    ...more,
  ])
  const entries = Object.entries(operation.params).flatMap(([param, { state }]) => {
    if (!state.required && !named.has(param)) return []
    const kind = kindOf(api, operation, param)
    const value = /RegionId$/.test(param) ? regionId : kind === undefined ? state.exampleText : things[kind]
    return value === undefined ? [] : [[wireName(operation, param), value] as const]
  })
  return Object.fromEntries(entries)
}
