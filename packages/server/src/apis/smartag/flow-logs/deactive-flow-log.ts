import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { flowLogId } from './flow-log-params.ts'

export const deactiveFlowLog = operation({
  name: 'DeactiveFlowLog',
  family: 'flow-logs',
  about: { en: 'Stop recording the connections of the associated instances.', zh: '停止记录所关联实例的连接。' },
  source: 'Smartag 2018-03-13, DeactiveFlowLog',
  access: { action: 'smartag:DeactiveFlowLog', level: 'Write', resource: 'flowlog/{FlowLogId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId.about('The region of the flow log.', '流日志所在的地域。'),
    FlowLogId: flowLogId.required('MissingParam.FlowLogId'),
    ...ownerParams,
  },

  errors: {
    'MissingParam.FlowLogId': [400, 'Specify the FlowLogId parameter.', '缺少参数FlowLogId'],
    'InvalidFlowLogId.NotFound': [400, 'The specified FlowLogId does not exist.', '根据FlowLogId未找到对应实例'],
    'IncorrectStatus.FlowLog': [
      400,
      'The current FlowLog instance status does not support this operation.',
      'FlowLog状态非法',
    ],
    // Listed for all operations of the family; no state of this one leads to them.
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

  async run({ caller, flowLogs, fail }, { RegionId, FlowLogId }) {
    const log = await flowLogs.find(caller.accountId, RegionId, FlowLogId)
    if (log === undefined) throw fail('InvalidFlowLogId.NotFound')
    if (!log.isActive) throw fail('IncorrectStatus.FlowLog')
    await flowLogs.setActive(log.id, false)
    return {}
  },
})
