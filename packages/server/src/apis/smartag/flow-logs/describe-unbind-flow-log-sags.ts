import { integerField, stringField, text, wrapped } from '../../../declare/index.ts'
import { flowFeatureLack, isRecordable } from '../../../model/flow-log.ts'
import { isRegion } from '../../../model/regions.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'

/** Instances in one answer, which has no pages; a server answers no list without a bound (C). */
const mostShown = 1000

export const describeUnbindFlowLogSags = operation({
  name: 'DescribeUnbindFlowLogSags',
  family: 'flow-logs',
  about: {
    en: 'List the instances that a flow log could be associated with: they have none, and their devices can record connections. At most 1,000 are shown; Count is of all.',
    zh: '查询可以关联流日志的实例：尚未关联流日志，且其设备支持记录连接。最多返回 1000 个，Count 为全部数量。',
  },
  source: 'Smartag 2018-03-13, DescribeUnbindFlowLogSags',
  access: { action: 'smartag:DescribeUnbindFlowLogSags', level: 'Read', resource: '*', dependent: [] },
  transaction: 'listing',

  params: {
    RegionId: text()
      .required('MissingParameter')
      .satisfies(isRegion, 'IllegalParam.RegionId')
      .example('cn-shanghai')
      .about('The region of the instances.', '实例所在的地域。'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
    ],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    'IllegalParam.RegionId': [400, 'The specified RegionId is invalid.', '参数RegionId不合法。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
    // Listed for all operations of the family; no state of this one leads to them.
    'DependencyViolation.FlowLog': [400, 'This FlowLog instance is bound to an SAG instance.', 'FlowLog存在资源依赖。'],
    'IncorrectStatus.FlowLog': [
      400,
      'The current FlowLog instance status does not support this operation.',
      'FlowLog状态非法。',
    ],
    'InvalidFlowLogId.NotFound': [400, 'The specified FlowLogId does not exist.', '根据FlowLogId未找到对应实例。'],
    'MissingParam.FlowLogId': [400, 'Specify the FlowLogId parameter.', '缺少参数FlowLogId。'],
    'OperationFailed.AssociateFlowLog': [
      400,
      'The operation failed. The specified SAG instance has already been associated with another FlowLog instance.',
      '由于智能接入网关实例已经关联其他FlowLog实例，操作失败。',
    ],
    'OperationUnsupported.AssociateFlowLog': [
      400,
      'You cannot bind the SAG device of the current version or model to a FlowLog instance.',
      '设备版本或者款型不支持关联FlowLog操作。',
    ],
    'QuotaExceeded.Flowlog': [400, 'The maximum number of FlowLog instances is exceeded.', 'flowlog数量超过配额。'],
    'IllegalParam.ActiveAging': [400, 'The specified ActiveAging is invalid.', '参数ActiveAging不合法。'],
    'IllegalParam.InactiveAging': [400, 'The specified InactiveAging is invalid.', '参数InactiveAging不合法。'],
    'IllegalParam.NetflowServerIp': [400, 'The specified NetflowServerIp is invalid.', '参数NetflowServerIp不合法。'],
    'IllegalParam.NetflowServerPort': [
      400,
      'The specified NetflowServerPort is invalid.',
      '参数NetflowServerPort不合法。',
    ],
    'IllegalParam.NetflowVersion': [400, 'The specified NetflowVersion is invalid.', '参数NetflowVersion不合法。'],
    'IllegalParam.OutputType': [400, 'The specified OutputType is invalid.', '参数OutputType不合法。'],
    'IllegalParam.SlsRegionId': [400, 'The specified SlsRegionId is invalid.', '参数SlsRegionId不合法。'],
    'IllegalParam.Status': [400, 'The specified Status parameter is invalid.', '参数Status不合法。'],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
  },

  result: {
    Count: integerField,
    Sags: wrapped('Sag', { SmartAGId: stringField, Name: stringField, Description: stringField }),
  },

  async run({ caller, fleet }, { RegionId }) {
    const { total, instances } = await fleet.instances(
      { accountId: caller.accountId, regionId: RegionId, kinds: ['hardware'] },
      { number: 1, size: mostShown },
      (one) => one.flowLogId === undefined && isRecordable(one) && flowFeatureLack(one) === undefined,
    )
    return {
      Count: total,
      Sags: instances.map(({ id, name, description }) => ({ SmartAGId: id, Name: name, Description: description })),
    }
  },
})
