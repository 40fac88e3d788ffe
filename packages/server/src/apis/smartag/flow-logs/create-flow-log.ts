import { stringField } from '../../../declare/index.ts'
import { flowLogDefaults, flowLogLimit, lackOf } from '../../../model/flow-log.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import {
  activeAging,
  flowLogDescription,
  flowLogName,
  inactiveAging,
  logstoreName,
  mergedSettings,
  netflowServerIp,
  netflowServerPort,
  netflowVersion,
  outputType,
  projectName,
  regionOf,
  slsRegionId,
} from './flow-log-params.ts'

export const createFlowLog = operation({
  name: 'CreateFlowLog',
  family: 'flow-logs',
  about: {
    en: 'Add a flow log: how the connections of the branches it is associated with are recorded. It is active from the beginning.',
    zh: '新建流日志：定义所关联分支的连接如何记录。新建后即为启用状态。',
  },
  source: 'Smartag 2018-03-13, CreateFlowLog',
  access: { action: 'smartag:CreateFlowLog', level: 'Write', resource: 'flowlog/*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionOf.about('The region of the flow log.', '流日志所在的地域。'),
    Name: flowLogName,
    Description: flowLogDescription,
    OutputType: outputType,
    ActiveAging: activeAging.default(flowLogDefaults.activeAging),
    InactiveAging: inactiveAging.default(flowLogDefaults.inactiveAging),
    ProjectName: projectName,
    LogstoreName: logstoreName,
    SlsRegionId: slsRegionId,
    NetflowServerIp: netflowServerIp,
    NetflowServerPort: netflowServerPort.default(flowLogDefaults.serverPort),
    NetflowVersion: netflowVersion.default(flowLogDefaults.netflowVersion),
    ...ownerParams,
  },

  checks: [
    { param: 'OutputType', code: 'IllegalParam.OutputType', test: ({ OutputType }) => OutputType !== undefined },
  ],

  errors: {
    'IllegalParam.RegionId': [400, 'The specified RegionId is invalid.', '参数RegionId不合法'],
    'IllegalParam.OutputType': [400, 'The specified OutputType is invalid.', '参数OutputType不合法'],
    'IllegalParam.ActiveAging': [400, 'The specified ActiveAging is invalid.', '参数ActiveAging不合法'],
    'IllegalParam.InactiveAging': [400, 'The specified InactiveAging is invalid.', '参数InactiveAging不合法'],
    'MissingParam.ProjectName': [400, 'Specify the ProjectName parameter.', '缺少参数ProjectName'],
    'MissingParam.LogstoreName': [400, 'Specify the LogstoreName parameter.', '缺少参数LogstoreName'],
    'MissingParam.SlsRegionId': [400, 'Specify the SlsRegionId parameter.', '缺少参数SlsRegionId'],
    'IllegalParam.SlsRegionId': [400, 'The specified SlsRegionId is invalid.', '参数SlsRegionId不合法'],
    'MissingParam.NetflowServerIp': [400, 'Specify the NetflowServerIp parameter.', '缺少参数NetflowServerIp'],
    'IllegalParam.NetflowServerIp': [400, 'The specified NetflowServerIp is invalid.', '参数NetflowServerIp不合法'],
    'MissingParam.NetflowServerPort': [400, 'Specify the NetflowServerPort parameter.', '缺少参数NetflowServerPort'],
    'IllegalParam.NetflowServerPort': [
      400,
      'The specified NetflowServerPort is invalid.',
      '参数NetflowServerPort不合法',
    ],
    'MissingParam.NetflowVersion': [400, 'Specify the NetflowVersion parameter.', '缺少参数NetflowVersion'],
    'IllegalParam.NetflowVersion': [400, 'The specified NetflowVersion is invalid.', '参数NetflowVersion不合法'],
    'QuotaExceeded.Flowlog': [400, 'The maximum number of FlowLog instances is exceeded.', 'flowlog数量超过配额'],
    // Listed for all operations of the family; no state of this one leads to them.
    'DependencyViolation.FlowLog': [400, 'This FlowLog instance is bound to an SAG instance.', 'FlowLog存在资源依赖'],
    'IncorrectStatus.FlowLog': [
      400,
      'The current FlowLog instance status does not support this operation.',
      'FlowLog状态非法',
    ],
    'InvalidFlowLogId.NotFound': [400, 'The specified FlowLogId does not exist.', '根据FlowLogId未找到对应实例'],
    'MissingParam.FlowLogId': [400, 'Specify the FlowLogId parameter.', '缺少参数FlowLogId'],
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
    'IllegalParam.Status': [400, 'The specified Status parameter is invalid.', '参数Status不合法'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
  },

  result: { FlowLogId: stringField, ResourceGroupId: stringField },

  async run({ caller, flowLogs, ids, now, fail }, { RegionId, ...params }) {
    const { OutputType } = params
    if (OutputType === undefined) throw fail('IllegalParam.OutputType')
    const { settings, blank } = mergedSettings({ ...flowLogDefaults, outputType: OutputType }, params)
    const lack = lackOf(settings) ?? blank
    if (lack !== undefined) throw fail(`MissingParam.${lack}`)
    if ((await flowLogs.count(caller.accountId)) >= flowLogLimit) throw fail('QuotaExceeded.Flowlog')

    const id = ids.withPrefix('fl-')
    const own = { accountId: caller.accountId, regionId: RegionId, isActive: true, createdAt: now }
    await flowLogs.add({ id, ...own, ...settings })
    return { FlowLogId: id }
  },
})
