import { integerField, stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize } from '../common-params.ts'
import { flowLogId, regionOf } from './flow-log-params.ts'

export const describeFlowLogSags = operation({
  name: 'DescribeFlowLogSags',
  family: 'flow-logs',
  about: {
    en: 'List the instances that a flow log is associated with, the oldest first.',
    zh: '查询流日志关联的实例，旧的在前。',
  },
  source: 'Smartag 2018-03-13, DescribeFlowLogSags',
  access: {
    action: 'smartag:DescribeFlowLogSags',
    level: 'Read',
    printed: 'get',
    resource: 'flowlog/{FlowLogId}',
    dependent: [],
  },
  transaction: 'read',

  params: {
    RegionId: regionOf.about('The region of the flow log.', '流日志所在的地域。'),
    FlowLogId: flowLogId.required('MissingParam.FlowLogId'),
    PageNumber: pageNumber,
    PageSize: pageSize('Instances'),
    ...ownerParams,
  },

  errors: {
    'IllegalParam.RegionId': [400, 'The specified RegionId is invalid.', '参数RegionId不合法'],
    'MissingParam.FlowLogId': [400, 'Specify the FlowLogId parameter.', '缺少参数FlowLogId'],
    'InvalidFlowLogId.NotFound': [400, 'The specified FlowLogId does not exist.', '根据FlowLogId未找到对应实例'],
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
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    Sags: wrapped('Sag', { SmartAGId: stringField, Name: stringField, Description: stringField }),
  },

  async run({ caller, fleet, flowLogs, fail }, { RegionId, FlowLogId, PageNumber, PageSize }) {
    const log = await flowLogs.find(caller.accountId, RegionId, FlowLogId)
    if (log === undefined) throw fail('InvalidFlowLogId.NotFound')
    const ids = await flowLogs.instancesOf(log.id)
    const first = (PageNumber - 1) * PageSize
    const found = await Promise.all(ids.slice(first, first + PageSize).map((id) => fleet.instanceById(id)))
    const instances = found.filter((one) => one !== undefined)
    return {
      TotalCount: ids.length,
      PageNumber,
      PageSize,
      Sags: instances.map(({ id, name, description }) => ({ SmartAGId: id, Name: name, Description: description })),
    }
  },
})
