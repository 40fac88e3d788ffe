import { integerField, stringField, text, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize } from '../common-params.ts'
import { flowLogId, outputType, regionOf } from './flow-log-params.ts'

const outside = {
  en: 'Nothing is published for this operation; its family has the code for the same.',
  zh: '该操作没有公开的错误表；同类操作对同样的问题使用该错误码。',
}

export const describeFlowLogs = operation({
  name: 'DescribeFlowLogs',
  family: 'flow-logs',
  about: { en: 'List flow logs, the oldest first.', zh: '查询流日志列表，旧的在前。' },
  source: 'Smartag 2018-03-13, DescribeFlowLogs',
  access: { action: 'smartag:DescribeFlowLogs', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionOf.about('The region of the flow logs.', '流日志所在的地域。'),
    FlowLogId: flowLogId,
    FlowLogName: text().example('sag-flowlog-1').about('A part of the name.', '名称的一部分。'),
    Description: text().example('branches').about('A part of the description.', '描述的一部分。'),
    OutputType: outputType,
    Status: text()
      .oneOf('Active', 'Inactive')
      .invalid('IllegalParam.Status')
      .example('Active')
      .about('Whether it records.', '流日志的状态。'),
    PageNumber: pageNumber,
    PageSize: pageSize('Flow logs'),
    ...ownerParams,
  },

  errors: {
    'IllegalParam.RegionId': [400, 'The specified RegionId is invalid.', '参数RegionId不合法', outside],
    'IllegalParam.OutputType': [400, 'The specified OutputType is invalid.', '参数OutputType不合法', outside],
    'IllegalParam.Status': [400, 'The specified Status parameter is invalid.', '参数Status不合法', outside],
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    FlowLogs: wrapped('FlowLogSetType', {
      FlowLogId: stringField,
      Name: stringField,
      Description: stringField,
      Status: stringField,
      OutputType: stringField,
      ProjectName: stringField,
      LogstoreName: stringField,
      SlsRegionId: stringField,
      NetflowServerIp: stringField,
      NetflowServerPort: stringField,
      NetflowVersion: stringField,
      ActiveAging: integerField,
      InactiveAging: integerField,
      TotalSagNum: integerField,
      ResourceGroupId: stringField,
    }),
  },

  async run({ caller, flowLogs }, { RegionId, Status, PageNumber, PageSize, ...params }) {
    const { total, logs } = await flowLogs.list(
      {
        accountId: caller.accountId,
        regionId: RegionId,
        id: params.FlowLogId,
        name: params.FlowLogName,
        description: params.Description,
        outputType: params.OutputType,
        isActive: Status === undefined ? undefined : Status === 'Active',
      },
      { number: PageNumber, size: PageSize },
    )
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      FlowLogs: logs.map((log) => ({
        FlowLogId: log.id,
        Name: log.name,
        Description: log.description,
        Status: log.isActive ? 'Active' : 'Inactive',
        OutputType: log.outputType,
        ProjectName: log.project,
        LogstoreName: log.logstore,
        SlsRegionId: log.slsRegion,
        NetflowServerIp: log.serverIp,
        NetflowServerPort: String(log.serverPort),
        NetflowVersion: log.netflowVersion,
        ActiveAging: log.activeAging,
        InactiveAging: log.inactiveAging,
        TotalSagNum: log.instances,
        ResourceGroupId: log.resourceGroupId,
      })),
    }
  },
})
