import type { Texts } from '../declare/index.ts'
import { flowLogsUnreached } from './unreached-flow-logs.ts'

const ownFault = {
  en: 'Answered for a failure of the server itself only, such as a full disk.',
  zh: '仅在服务器自身发生故障（例如磁盘写满）时返回。',
}

const noTunnelNumbers = {
  en: 'A tunnel is known by the gateway it ends at; there are no numbers of tunnels that could run out or be given twice.',
  zh: '隧道以所属网关标识，不存在会耗尽或重复分配的隧道编号。',
}

const oneUnitOfWork = {
  en: 'The change is one unit of work on the store: it is made whole, or its failure is an InternalError.',
  zh: '修改在存储中以单个事务完成：要么全部生效，失败时返回 InternalError。',
}

const ofNoParameter = {
  en: 'It speaks of a parameter that this operation does not have.',
  zh: '针对该操作没有的参数。',
}

const nothingNeeded = {
  en: 'A gateway that a list is taken off needs no feature for it: so one that cannot filter is freed of its list.',
  zh: '解除关联不要求网关具备任何功能，不支持过滤的网关正是以此解除关联。',
}

const nothingToStop = {
  en: 'To record no more needs nothing of a gateway: so one that cannot is freed of it.',
  zh: '停止记录不要求网关具备任何功能，不支持的网关也可停止。',
}

const namesNoPort = {
  en: 'The query names no port; a device without a line answers an empty list.',
  zh: '该查询不指定端口；没有 WAN 口的设备返回空列表。',
}

/**
 * By operation: declared errors that no state of the system leads to, each with its reason. A test of the operation
 * reaches everything else in its table of errors; a code that is reached must not be here.
 */
export const unreached: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  AddACLRule: { InternalError: ownFault },
  AddDnatEntry: { InternalError: ownFault },
  AddSnatEntry: {
    InternalError: ownFault,
  },
  AssociateACL: { InternalError: ownFault },
  AssociateQos: { InternalError: ownFault },
  AssumeRole: { InternalError: ownFault },
  BindSmartAccessGateway: {
    TunnelIdDistributeError: noTunnelNumbers,
    TunnelIdNotEnough: noTunnelNumbers,
    'UpdateError.SMARTAG': oneUnitOfWork,
  },
  BindVbr: {
    InternalError: ownFault,
  },
  CreateACL: { InternalError: ownFault },
  CreateQos: { InternalError: ownFault },
  CreateQosPolicy: {
    'MissParameter.QosPolicyId': {
      en: 'It speaks of a parameter that this operation does not have.',
      zh: '针对 QosPolicyId，而该操作没有这一参数。',
    },
    InternalError: ownFault,
  },
  DeleteACL: { InternalError: ownFault },
  DeleteACLRule: { InternalError: ownFault },
  DeleteDnatEntry: { InternalError: ownFault },
  DeleteProbeTask: {
    SagConfiguring: {
      en: 'A deletion is one unit of work on the store; what the gateway is told follows, and never blocks it.',
      zh: '删除在存储中以单个事务完成，随后才通知网关，不会因配置下发而被拒绝。',
    },
  },
  DeleteQos: { InternalError: ownFault },
  DeleteQosCar: { InternalError: ownFault },
  DeleteQosPolicy: { InternalError: ownFault },
  DescribeACLAttribute: { InternalError: ownFault },
  DescribeACLs: { InternalError: ownFault },
  DescribeCloudConnectNetworks: {
    'SizeLimitExceeded.ResourceId': {
      en: 'It speaks of a list of ids that this operation does not have.',
      zh: '针对资源 ID 列表，而该操作没有这一参数。',
    },
  },
  DescribeDnatEntries: { InternalError: ownFault },
  DescribeQosPolicies: { InternalError: ownFault },
  DescribeQoses: { InternalError: ownFault },
  DescribeRegions: {
    InnerServiceFailed: {
      en: 'The list of regions is part of the program; there is no inner service that could fail.',
      zh: '地域列表内置于程序，不存在可能失败的内部服务。',
    },
  },
  DescribeSagVbrRelations: {
    'Param.InvalidVersionComparator': {
      en: 'It speaks of a version comparison that this operation does not have.',
      zh: '针对版本比较操作，而该操作没有这一参数。',
    },
  },
  DisableSmartAGDpiMonitor: {
    FeatureNotSupport: nothingToStop,
    FeatureNotSupportForActiveSmartAG: nothingToStop,
    FeatureNotSupportForStandBySmartAG: nothingToStop,
  },
  DisassociateACL: {
    FeatureNotSupport: nothingNeeded,
    FeatureNotSupportForActiveSmartAG: nothingNeeded,
    FeatureNotSupportForStandBySmartAG: nothingNeeded,
    InternalError: ownFault,
  },
  DowngradeSmartAccessGateway: { 'SAG.InvalidDataPlan': ofNoParameter, 'SAG.InvalidUserCount': ofNoParameter },
  ...flowLogsUnreached,
  UpdateSmartAccessGatewayDns: { InternalError: ownFault },
  DescribeSagWanList: { 'Sag.PortRoleInvalid': namesNoPort, 'Sag.PortMgtError': namesNoPort },
  DescribeUnbindFlowLogSags: { ...flowLogsUnreached['DescribeUnbindFlowLogSags'], InternalError: ownFault },
  ModifyACL: { InternalError: ownFault },
  ModifyACLRule: { InternalError: ownFault },
  ModifyCloudConnectNetwork: {
    'UpdateError.CCN': oneUnitOfWork,
  },
  ModifyQos: { InternalError: ownFault },
  ModifyQosPolicy: { InternalError: ownFault },
  ModifySmartAccessGatewayUpBandwidth: {
    InvalidCidr: ofNoParameter,
    InvalidDescription: ofNoParameter,
    InvalidName: ofNoParameter,
    'SAG.InvalidRoutingStrategy': ofNoParameter,
    'SAG.NotAllowConfigCidr': ofNoParameter,
  },
  RoamClientUser: {
    'ClientUser.BandwidthInvalid': {
      en: 'The bandwidth is that of the account that roams, and was checked when the account got it.',
      zh: '带宽取自漫游的账号，在为该账号设置时已经校验。',
    },
  },
  DescribeSagRemoteAccess: {
    InternalError: ownFault,
  },
  ModifySmartAccessGateway: {
    InternalError: {
      en: `${ownFault.en} A test of the whole system fills one.`,
      zh: `${ownFault.zh}整体测试会写满磁盘来触发它。`,
    },
  },
  UpdateSmartAccessGatewayPortRouteProtocol: { InternalError: ownFault },
  UpdateSmartAGEnterpriseCode: {
    InternalError: {
      en: 'It answers a fault of the server itself, such as a store that cannot be written; no state leads to it.',
      zh: '仅在服务端自身故障（如存储无法写入）时返回，没有业务状态会触发。',
    },
  },
}
