import { operation } from '../../operation.ts'
import { ownerParams, smartAgId } from '../common-params.ts'
import { flowLogId, regionOf } from './flow-log-params.ts'

export const disassociateFlowLog = operation({
  name: 'DisassociateFlowLog',
  family: 'flow-logs',
  about: { en: 'Record the connections of an instance no longer.', zh: '取消实例与流日志的关联。' },
  source: 'Smartag 2018-03-13, DisassociateFlowLog',
  access: {
    action: 'smartag:DisassociateFlowLog',
    level: 'Write',
    resource: ['flowlog/{FlowLogId}', 'smartag/{SmartAGId}'],
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: regionOf.about('The region of the flow log.', '流日志所在的地域。'),
    FlowLogId: flowLogId.required('MissingParam.FlowLogId'),
    // Absent it is answered after the flow log (D).
    SmartAGId: smartAgId.requiredInRun('InvalidSmartAGId.NotFound'),
    ...ownerParams,
  },

  errors: {
    'IllegalParam.RegionId': [400, 'The specified RegionId is invalid.', '参数RegionId不合法'],
    'MissingParam.FlowLogId': [400, 'Specify the FlowLogId parameter.', '缺少参数FlowLogId'],
    'InvalidFlowLogId.NotFound': [400, 'The specified FlowLogId does not exist.', '根据FlowLogId未找到对应实例'],
    'InvalidSmartAGId.NotFound': [400, 'The specified SmartAGId does not exist.', '根据SmartAGId未找到对应实例'],
    // Listed for all operations of the family; no state of this one leads to them.
    'DependencyViolation.FlowLog': [400, 'This FlowLog instance is bound to an SAG instance.', 'FlowLog存在资源依赖'],
    'IncorrectStatus.FlowLog': [
      400,
      'The current FlowLog instance status does not support this operation.',
      'FlowLog状态非法',
    ],
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
  },

  result: {},

  async run({ caller, fleet, flowLogs, fail }, { RegionId, FlowLogId, SmartAGId }) {
    const log = await flowLogs.find(caller.accountId, RegionId, FlowLogId)
    if (log === undefined) throw fail('InvalidFlowLogId.NotFound')
    const instance = SmartAGId && (await fleet.instance(caller.accountId, RegionId, SmartAGId))
    if (!instance || instance.flowLogId !== log.id) throw fail('InvalidSmartAGId.NotFound')
    await flowLogs.setOf(instance.id, undefined)
    return {}
  },
})
