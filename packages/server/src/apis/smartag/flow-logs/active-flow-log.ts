import { flowFeatureLack } from '../../../model/flow-log.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { flowLogId, regionOf } from './flow-log-params.ts'

export const activeFlowLog = operation({
  name: 'ActiveFlowLog',
  family: 'flow-logs',
  about: {
    en: 'Record the connections of the associated instances again. An active flow log stays active.',
    zh: '重新开始记录所关联实例的连接。已启用的流日志保持启用。',
  },
  source: 'Smartag 2018-03-13, ActiveFlowLog',
  access: { action: 'smartag:ActiveFlowLog', level: 'Write', resource: 'flowlog/{FlowLogId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionOf.about('The region of the flow log.', '流日志所在的地域。'),
    FlowLogId: flowLogId.required('MissingParam.FlowLogId'),
    ...ownerParams,
  },

  errors: {
    'IllegalParam.RegionId': [400, 'The specified RegionId is invalid.', '参数RegionId不合法'],
    'MissingParam.FlowLogId': [400, 'Specify the FlowLogId parameter.', '缺少参数FlowLogId'],
    'InvalidFlowLogId.NotFound': [400, 'The specified FlowLogId does not exist.', '根据FlowLogId未找到对应实例'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
    FeatureNotSupportForActiveSmartAG: [
      403,
      'The current edition of the active smart access gateway does not support this feature.',
      '主智能接入网关的当前版本不支持该功能特性',
    ],
    FeatureNotSupportForStandBySmartAG: [
      403,
      'The current edition of the standby smart access gateway does not support this feature.',
      '备智能接入网关的当前版本不支持该功能特性',
    ],
    // Listed for all operations of the family; no state of this one leads to them.
    'IllegalParam.ActiveAging': [400, 'The specified ActiveAging is invalid.', '参数ActiveAging不合法'],
    'IllegalParam.InactiveAging': [400, 'The specified InactiveAging is invalid.', '参数InactiveAging不合法'],
    'IllegalParam.NetflowServerIp': [400, 'The specified NetflowServerIp is invalid.', '参数NetflowServerIp不合法'],
    'IllegalParam.NetflowServerPort': [
      400,
      'The specified NetflowServerPort is invalid.',
      '参数NetflowServerPort不合法',
    ],
    'IllegalParam.NetflowVersion': [400, 'The specified NetflowVersion is invalid.', '参数NetflowVersion不合法'],
    'IllegalParam.OutputType': [400, 'The specified OutputType is invalid.', '参数OutputType不合法'],
    'IllegalParam.SlsRegionId': [400, 'The specified SlsRegionId is invalid.', '参数SlsRegionId不合法'],
    'IllegalParam.Status': [400, 'The specified Status parameter is invalid.', '参数Status不合法'],
    'IncorrectStatus.FlowLog': [
      400,
      'The current FlowLog instance status does not support this operation.',
      'FlowLog状态非法',
    ],
    'DependencyViolation.FlowLog': [400, 'This FlowLog instance is bound to an SAG instance.', 'FlowLog存在资源依赖'],
    'OperationFailed.AssociateFlowLog': [
      400,
      'The operation failed. The specified SAG instance has already been associated with another FlowLog instance.',
      '由于智能接入网关实例已经关联其他FlowLog实例，操作失败',
    ],
    'OperationUnsupported.AssociateFlowLog': [
      400,
      'You cannot bind the SAG device of the current version or model to a FlowLog instance.',
      '设备版本或者款型不支持关联FlowLog操作',
    ],
    'QuotaExceeded.Flowlog': [400, 'The maximum number of FlowLog instances is exceeded.', 'flowlog数量超过配额'],
  },

  result: {},

  async run({ caller, fleet, flowLogs, fail }, { RegionId, FlowLogId }) {
    const log = await flowLogs.find(caller.accountId, RegionId, FlowLogId)
    if (log === undefined) throw fail('InvalidFlowLogId.NotFound')
    // A device may have been exchanged since it was associated.
    for (const id of await flowLogs.instancesOf(log.id)) {
      const instance = await fleet.instanceById(id)
      const lack = instance && flowFeatureLack(instance)
      if (lack !== undefined) throw fail(lack)
    }
    await flowLogs.setActive(log.id, true)
    return {}
  },
})
