import type { FactsKind, FactsList } from '../store/audit/facts/subject.ts'

// Which parameter, or member of an answer, names which kind of thing. An operation that writes and whose entry would name
// nothing fails a test, which points here.

/** Things with stored facts, and things that only have a name. */
export type ThingKind = FactsKind | 'applicationPackage' | 'cen' | 'grant' | 'job' | 'session'

interface ThingName {
  readonly service: 'smartag' | 'ram' | 'sts' | 'opensag'
  /** As policies write it, where they name this kind: `smartag/sag-1`. */
  readonly type: string
}

export const thingNames: Readonly<Record<ThingKind, ThingName>> = {
  accessKey: { service: 'ram', type: 'accesskey' },
  account: { service: 'ram', type: 'account' },
  acl: { service: 'smartag', type: 'acl' },
  aclRule: { service: 'smartag', type: 'acr' },
  alert: { service: 'opensag', type: 'alert' },
  alertChannel: { service: 'opensag', type: 'alertchannel' },
  alertRule: { service: 'opensag', type: 'alertrule' },
  applicationPackage: { service: 'smartag', type: 'applicationbandwidthpackage' },
  ccn: { service: 'smartag', type: 'ccn' },
  cen: { service: 'smartag', type: 'cen' },
  clientUser: { service: 'smartag', type: 'clientuser' },
  device: { service: 'smartag', type: 'device' },
  dnatEntry: { service: 'smartag', type: 'dnat' },
  enterpriseCode: { service: 'smartag', type: 'enterprisecode' },
  flowLog: { service: 'smartag', type: 'flowlog' },
  grant: { service: 'smartag', type: 'grant' },
  group: { service: 'ram', type: 'group' },
  healthCheck: { service: 'smartag', type: 'healthcheck' },
  instance: { service: 'smartag', type: 'smartag' },
  job: { service: 'opensag', type: 'job' },
  // A user has at most one: it is named as its user is.
  loginProfile: { service: 'ram', type: 'user' },
  policy: { service: 'ram', type: 'policy' },
  probeTask: { service: 'smartag', type: 'probetask' },
  qos: { service: 'smartag', type: 'qos' },
  qosCar: { service: 'smartag', type: 'qoscar' },
  qosPolicy: { service: 'smartag', type: 'qospy' },
  role: { service: 'ram', type: 'role' },
  securityKey: { service: 'ram', type: 'securitykey' },
  session: { service: 'sts', type: 'session' },
  snatEntry: { service: 'smartag', type: 'snat' },
  user: { service: 'ram', type: 'user' },
  vbr: { service: 'smartag', type: 'vbr' },
}

export type ThingsByName = Readonly<Record<string, ThingKind>>

/** By parameter, in every operation of the product that has it. */
export const namedByProduct: Readonly<Record<string, ThingsByName>> = {
  Smartag: {
    SmartAGId: 'instance',
    SagId: 'instance',
    SagInsId: 'instance',
    TargetSmartAGId: 'instance',
    OriginSmartAGId: 'instance',
    CcnId: 'ccn',
    CcnInstanceId: 'ccn',
    VbrId: 'vbr',
    VbrInstanceId: 'vbr',
    CenId: 'cen',
    CenInstanceId: 'cen',
    SerialNumber: 'device',
    SmartAGSn: 'device',
    SagSn: 'device',
    Sn: 'device',
    SnNumber: 'device',
    UserName: 'clientUser',
    Username: 'clientUser',
    EnterpriseCode: 'enterpriseCode',
    DnatEntryId: 'dnatEntry',
    AclId: 'acl',
    AcrId: 'aclRule',
    QosId: 'qos',
    QosCarId: 'qosCar',
    QosPolicyId: 'qosPolicy',
    FlowLogId: 'flowLog',
    HcInstanceId: 'healthCheck',
    ProbeTaskId: 'probeTask',
    ApplicationBandwidthPackageId: 'applicationPackage',
  },
  OpenSAG: {
    SmartAGId: 'instance',
    CcnId: 'ccn',
    AlertId: 'alert',
    AlertChannelId: 'alertChannel',
    AlertRuleId: 'alertRule',
    JobId: 'job',
  },
  Ram: {
    UserName: 'user',
    GroupName: 'group',
    RoleName: 'role',
    PolicyName: 'policy',
    UserAccessKeyId: 'accessKey',
  },
}

/** No parameters but facts of the caller, for operations that are about the caller. */
export const ofCaller = { user: '(user)', account: '(account)', key: '(key)' } as const

/** By operation and parameter, where the parameter alone does not say it. */
export const namedByOperation: Readonly<Record<string, ThingsByName>> = {
  DeleteSmartAccessGateway: { InstanceId: 'instance' },
  DeleteSnatEntry: { InstanceId: 'snatEntry' },
  CreateLoginProfile: { UserName: 'loginProfile' },
  UpdateLoginProfile: { UserName: 'loginProfile' },
  DeleteLoginProfile: { UserName: 'loginProfile' },
  ChangePassword: { [ofCaller.user]: 'loginProfile' },
  SetAccountAlias: { [ofCaller.account]: 'account' },
  ClearAccountAlias: { [ofCaller.account]: 'account' },
  SetPasswordPolicy: { [ofCaller.account]: 'account' },
  SetSecurityPreference: { [ofCaller.account]: 'account' },
  EndConsoleSession: { [ofCaller.key]: 'session' },
  RevokeConsoleSession: { SessionId: 'session' },
  RunGatewayTool: { SmartAGId: 'instance', SerialNumber: 'device' },
  CreateSecurityKeyChallenge: { [ofCaller.user]: 'user' },
  DeleteSecurityKey: { SecurityKeyId: 'securityKey' },
}

/** By operation and member of its answer: what only the answer names, since the call has made it. */
export const namedByAnswer: Readonly<Record<string, ThingsByName>> = {
  CreateSmartAccessGateway: { SmartAGId: 'instance' },
  CreateSmartAccessGatewaySoftware: { SmartAGId: 'instance' },
  CreateAlertChannel: { AlertChannelId: 'alertChannel' },
  CreateAlertRule: { AlertRuleId: 'alertRule', JobId: 'job' },
  CreateCloudConnectNetwork: { CcnId: 'ccn' },
  CreateFlowLog: { FlowLogId: 'flowLog' },
  CreateHealthCheck: { InstanceId: 'healthCheck' },
  CreateProbeTask: { Data: 'probeTask' },
  // Without a name the mail address is the name.
  CreateSmartAccessGatewayClientUser: { UserName: 'clientUser' },
  AddDnatEntry: { DnatEntryId: 'dnatEntry' },
  AddSnatEntry: { InstanceId: 'snatEntry' },
  CreateACL: { AclId: 'acl' },
  AddACLRule: { AcrId: 'aclRule' },
  CreateQos: { QosId: 'qos' },
  CreateQosCar: { QosCarId: 'qosCar' },
  CreateQosPolicy: { QosPolicyId: 'qosPolicy' },
  GrantSagInstanceToCcn: { InstanceId: 'grant' },
  GrantSagInstanceToVbr: { InstanceId: 'grant' },
  CreateJob: { JobId: 'job' },
  CreateServiceLinkedRole: { 'Role.RoleName': 'role' },
  CreateAccessKey: { 'AccessKey.AccessKeyId': 'accessKey' },
  AssumeRole: { 'Credentials.AccessKeyId': 'session' },
  CreateConsoleSession: { 'Credentials.AccessKeyId': 'session' },
  AddSecurityKey: { SecurityKeyId: 'securityKey' },
}

/** By operation: the parameter that names a thing whose kind `ResourceType` says. */
export const namedByType: Readonly<
  Record<string, { readonly parameter: string; readonly kinds: Readonly<Record<string, ThingKind>> }>
> = {
  MoveResourceGroup: {
    parameter: 'ResourceId',
    kinds: { smartag: 'instance', smartag_s: 'instance', flowlog: 'flowLog', qos: 'qos', ccn: 'ccn' },
  },
}

/** By parameter, in every operation of RAM that has it: lists of things whose kind `ResourceType` says. */
export const namedInLists: Readonly<Record<string, Readonly<Record<string, ThingKind>>>> = {
  ResourceNames: { role: 'role', policy: 'policy' },
}

/** By operation: the list of instances it is about, and what its members are called. */
export const instanceLists: Readonly<Record<string, { readonly parameter: string; readonly member: RegExp }>> = {
  AssociateSmartAGWithApplicationBandwidthPackage: { parameter: 'AssociateConfigs', member: /\.\d+\.SmartAGId$/ },
  DissociateSmartAGFromApplicationBandwidthPackage: { parameter: 'SmartAGIdList', member: /\.\d+$/ },
}

type Lists = Readonly<Partial<Record<ThingKind, readonly FactsList[]>>>

const addresses: Lists = { instance: ['addresses'] }
const routeStrategies: Lists = { instance: ['routeStrategies'] }
const groups: Lists = { user: ['groups'] }
const tags: Lists = { role: ['tags'], policy: ['tags'], instance: ['tags'] }
const policies: Lists = { user: ['policies'], group: ['policies'], role: ['policies'] }

/** Lists that an operation can change. */
export const listsByOperation: Readonly<Record<string, Lists>> = {
  CreateServiceAddress: addresses,
  DeleteServiceAddress: addresses,
  ModifySagRemoteAccess: addresses,
  ClearSagRouteableAddress: addresses,
  ModifyRouteDistributionStrategy: routeStrategies,
  DeleteRouteDistributionStrategy: routeStrategies,
  ModifyDeviceAutoUpgradePolicy: { device: ['upgradePolicies'] },
  UnlockSmartAccessGateway: { instance: ['locks'] },
  KickOutClients: { clientUser: ['sessions'] },
  DisableSmartAccessGatewayUser: { clientUser: ['sessions'] },
  AddUserToGroup: groups,
  RemoveUserFromGroup: groups,
  AttachPolicyToUser: policies,
  AttachPolicyToGroup: policies,
  AttachPolicyToRole: policies,
  DetachPolicyFromUser: policies,
  DetachPolicyFromGroup: policies,
  DetachPolicyFromRole: policies,
  CreateServiceLinkedRole: policies,
  DeleteServiceLinkedRole: policies,
  TagResources: tags,
  UntagResources: tags,
  TagGateway: tags,
  UntagGateway: tags,
}
