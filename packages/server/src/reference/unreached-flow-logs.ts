import type { Texts } from '../declare/index.ts'

const ofFamily = {
  en: 'The table lists the codes of all operations on flow logs; this one has no parameter, or no state, that leads to it.',
  zh: '错误表列出了流日志所有操作的错误码；该操作没有会导致此错误的参数或状态。',
}

function listed(...codes: readonly string[]): Readonly<Record<string, Texts>> {
  return Object.fromEntries(codes.map((code) => [code, ofFamily]))
}

/** Those about parameters that only the operations that make or change a flow log have. */
const ofSettings = [
  'IllegalParam.ActiveAging',
  'IllegalParam.InactiveAging',
  'IllegalParam.NetflowServerIp',
  'IllegalParam.NetflowServerPort',
  'IllegalParam.NetflowVersion',
  'IllegalParam.OutputType',
  'IllegalParam.SlsRegionId',
]

/** Codes of the tables of flow logs that no state leads to, by operation. */
export const flowLogsUnreached: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  ActiveFlowLog: listed(
    ...ofSettings,
    'IllegalParam.Status',
    'IncorrectStatus.FlowLog',
    'DependencyViolation.FlowLog',
    'OperationFailed.AssociateFlowLog',
    'OperationUnsupported.AssociateFlowLog',
    'QuotaExceeded.Flowlog',
  ),
  AssociateFlowLog: listed('IncorrectStatus.FlowLog', 'QuotaExceeded.Flowlog', ...ofSettings, 'IllegalParam.Status'),
  CreateFlowLog: listed(
    'DependencyViolation.FlowLog',
    'IncorrectStatus.FlowLog',
    'InvalidFlowLogId.NotFound',
    'MissingParam.FlowLogId',
    'OperationFailed.AssociateFlowLog',
    'OperationUnsupported.AssociateFlowLog',
    'IllegalParam.Status',
    'FeatureNotSupport',
  ),
  DeactiveFlowLog: listed(
    'DependencyViolation.FlowLog',
    'OperationFailed.AssociateFlowLog',
    'OperationUnsupported.AssociateFlowLog',
    'QuotaExceeded.Flowlog',
  ),
  DeleteFlowLog: listed(
    'IncorrectStatus.FlowLog',
    'OperationFailed.AssociateFlowLog',
    'OperationUnsupported.AssociateFlowLog',
    'QuotaExceeded.Flowlog',
    'MissingParam.LogstoreName',
    'MissingParam.NetflowServerIp',
    'MissingParam.NetflowServerPort',
    'MissingParam.NetflowVersion',
    'MissingParam.ProjectName',
    'MissingParam.SlsRegionId',
    ...ofSettings,
    'IllegalParam.Status',
  ),
  DescribeFlowLogSags: listed(
    ...ofSettings,
    'IllegalParam.Status',
    'DependencyViolation.FlowLog',
    'IncorrectStatus.FlowLog',
    'OperationFailed.AssociateFlowLog',
    'OperationUnsupported.AssociateFlowLog',
    'QuotaExceeded.Flowlog',
  ),
  DescribeUnbindFlowLogSags: listed(
    'DependencyViolation.FlowLog',
    'IncorrectStatus.FlowLog',
    'InvalidFlowLogId.NotFound',
    'MissingParam.FlowLogId',
    'OperationFailed.AssociateFlowLog',
    'OperationUnsupported.AssociateFlowLog',
    'QuotaExceeded.Flowlog',
    ...ofSettings,
    'IllegalParam.Status',
    'InvalidParameter',
  ),
  DisassociateFlowLog: listed(
    'DependencyViolation.FlowLog',
    'IncorrectStatus.FlowLog',
    'OperationFailed.AssociateFlowLog',
    'OperationUnsupported.AssociateFlowLog',
    'QuotaExceeded.Flowlog',
    ...ofSettings,
    'IllegalParam.Status',
  ),
  ModifyFlowLogAttribute: listed(
    'DependencyViolation.FlowLog',
    'IncorrectStatus.FlowLog',
    'OperationFailed.AssociateFlowLog',
    'OperationUnsupported.AssociateFlowLog',
    'QuotaExceeded.Flowlog',
    'IllegalParam.Status',
    'InvalidSmartAGId.NotFound',
  ),
}
