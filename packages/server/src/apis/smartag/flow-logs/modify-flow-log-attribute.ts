import { flowFeatureLack, lackOf } from '../../../model/flow-log.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import {
  activeAging,
  flowLogDescription,
  flowLogId,
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

const asCreated = {
  en: 'The table lacks it; CreateFlowLog answers it for the same.',
  zh: '错误表中没有该错误码；与 CreateFlowLog 的处理一致。',
}

export const modifyFlowLogAttribute = operation({
  name: 'ModifyFlowLogAttribute',
  family: 'flow-logs',
  about: {
    en: 'Change a flow log. What is not sent stays as it is; a blank text is cleared, and a blank port or version is the default again.',
    zh: '修改流日志。未传入的参数保持不变；传空的文本会被清除，传空的端口或版本恢复为默认值。',
  },
  source: 'Smartag 2018-03-13, ModifyFlowLogAttribute',
  access: { action: 'smartag:ModifyFlowLogAttribute', level: 'Write', resource: 'flowlog/{FlowLogId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionOf.about('The region of the flow log.', '流日志所在的地域。'),
    FlowLogId: flowLogId.required('MissingParam.FlowLogId'),
    Name: flowLogName,
    Description: flowLogDescription,
    OutputType: outputType,
    ActiveAging: activeAging,
    InactiveAging: inactiveAging,
    ProjectName: projectName,
    LogstoreName: logstoreName,
    SlsRegionId: slsRegionId,
    NetflowServerIp: netflowServerIp,
    NetflowServerPort: netflowServerPort,
    NetflowVersion: netflowVersion,
    ...ownerParams,
  },

  errors: {
    'IllegalParam.RegionId': [400, 'The specified RegionId is invalid.', '参数RegionId不合法'],
    'MissingParam.FlowLogId': [400, 'Specify the FlowLogId parameter.', '缺少参数FlowLogId'],
    'IllegalParam.OutputType': [400, 'The specified OutputType is invalid.', '参数OutputType不合法'],
    'IllegalParam.ActiveAging': [400, 'The specified ActiveAging is invalid.', '参数ActiveAging不合法'],
    'IllegalParam.InactiveAging': [400, 'The specified InactiveAging is invalid.', '参数InactiveAging不合法'],
    'MissingParam.ProjectName': [400, 'Specify the ProjectName parameter.', '缺少参数ProjectName', asCreated],
    'MissingParam.LogstoreName': [400, 'Specify the LogstoreName parameter.', '缺少参数LogstoreName', asCreated],
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
    'InvalidFlowLogId.NotFound': [400, 'The specified FlowLogId does not exist.', '根据FlowLogId未找到对应实例'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
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
    'IllegalParam.Status': [400, 'The specified Status parameter is invalid.', '参数Status不合法'],
    'InvalidSmartAGId.NotFound': [400, 'The specified SmartAGId does not exist.', '根据SmartAGId未找到对应实例'],
  },

  result: {},

  async run({ caller, fleet, flowLogs, fail }, { RegionId, FlowLogId, ...params }) {
    const log = await flowLogs.find(caller.accountId, RegionId, FlowLogId)
    if (log === undefined) throw fail('InvalidFlowLogId.NotFound')
    const { settings, blank } = mergedSettings(log, params)
    const lack = lackOf(settings) ?? blank
    if (lack !== undefined) throw fail(`MissingParam.${lack}`)
    for (const id of await flowLogs.instancesOf(log.id)) {
      const instance = await fleet.instanceById(id)
      if (instance !== undefined && flowFeatureLack(instance) !== undefined) throw fail('FeatureNotSupport')
    }

    await flowLogs.edit(log.id, settings)
    return {}
  },
})
