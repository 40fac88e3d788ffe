import type { Explanations } from '../explanation.ts'

export const missing = {
  MissingParam: {
    en: [
      'The entry lacks a protocol, an address or a port; `ExternalIp` is needed unless `Type` is `Internet`.',
      'Send it.',
    ],
    zh: ['缺少条目的协议、地址或端口；`Type` 不是 `Internet` 时必须传入 `ExternalIp`。', '传入该参数。'],
  },
  'MissingParam.FlowLogId': {
    en: ['`FlowLogId` was not sent or is blank.', 'Take it from DescribeFlowLogs.'],
    zh: ['未传 `FlowLogId` 或为空。', '从 DescribeFlowLogs 获取。'],
  },
  'MissingParam.LogstoreName': {
    en: [
      'The output is `sls` or `all`, and `LogstoreName` was never sent or is blank.',
      'Send the name that records are to have, or choose `netflow`.',
    ],
    zh: ['输出类型为 `sls` 或 `all`，但 `LogstoreName` 未传或为空。', '传入记录中的日志库名称，或改用 `netflow`。'],
  },
  'MissingParam.NetflowServerIp': {
    en: [
      'The output is `netflow` or `all`, and `NetflowServerIp` was never sent or is blank.',
      'Send the address of the collector.',
    ],
    zh: ['输出类型为 `netflow` 或 `all`，但 `NetflowServerIp` 未传或为空。', '传入采集器的地址。'],
  },
  'MissingParam.NetflowServerPort': {
    en: [
      'The output is `netflow` or `all`, and `NetflowServerPort` was sent blank.',
      'Send a port, or leave it out for 9995.',
    ],
    zh: ['输出类型为 `netflow` 或 `all`，但 `NetflowServerPort` 传入的是空值。', '传入端口；不传该参数则使用 9995。'],
  },
  'MissingParam.NetflowVersion': {
    en: [
      'The output is `netflow` or `all`, and `NetflowVersion` was sent blank.',
      'Send a version, or leave it out for `V9`.',
    ],
    zh: ['输出类型为 `netflow` 或 `all`，但 `NetflowVersion` 传入的是空值。', '传入版本；不传该参数则使用 `V9`。'],
  },
  'MissingParam.Password': {
    en: ['`Password` was not sent or is empty.', 'Send the new password.'],
    zh: ['未传 `Password` 或为空。', '传入新密码。'],
  },
  'MissingParam.ProjectName': {
    en: [
      'The output is `sls` or `all`, and `ProjectName` was never sent or is blank.',
      'Send the name that records are to have, or choose `netflow`.',
    ],
    zh: ['输出类型为 `sls` 或 `all`，但 `ProjectName` 未传或为空。', '传入记录中的项目名称，或改用 `netflow`。'],
  },
  'MissingParam.SlsRegionId': {
    en: [
      'The output is `sls` or `all`, and `SlsRegionId` was never sent or is blank.',
      'Send a region, or choose `netflow`.',
    ],
    zh: ['输出类型为 `sls` 或 `all`，但 `SlsRegionId` 未传或为空。', '传入地域，或改用 `netflow`。'],
  },
  MissingParameter: {
    en: ['A parameter the operation needs was not sent.', 'Send it; docs/operations.md marks the required ones.'],
    zh: ['未传入该操作所需的参数。', '传入必填参数，见 docs/operations.zh-CN.md。'],
  },
  MissingSecurityToken: {
    en: [
      'The access key is a temporary one (`STS.…`) and the `SecurityToken` was not sent.',
      'Send the token with it.',
    ],
    zh: ['使用临时 AccessKey（`STS.…`）但未传 `SecurityToken`。', '同时传入令牌。'],
  },
  'Missing{Name}': {
    en: ['This parameter is required and was not sent.', 'Send it; docs/operations.md says what it means.'],
    zh: ['该参数为必填，但未传入。', '传入该参数；含义见 docs/operations.zh-CN.md。'],
  },
} as const satisfies Explanations<'Missing'>
