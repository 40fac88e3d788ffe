import type { Explanations } from '../explanation.ts'

export const iToL = {
  IllegalParam: {
    en: [
      'An address no branch can have; ports that do not go together (`any` only with `any`, and a protocol of `any` only with those); an `ExternalIp` that is in use, in the instance or in its network; or too many entries. The message says which, where it needs the state to tell.',
      'Choose another address or pair of ports; DescribeSnatEntries, DescribeDnatEntries and the blocks of the instance show what is in use.',
    ],
    zh: [
      '地址不能用于分支；端口组合不成立（`any` 只能与 `any` 搭配，协议为 `any` 时端口必须为 `any`）；`ExternalIp` 已在实例或其云连接网中使用；或条目过多。与状态有关的原因见错误信息。',
      '更换地址或端口；已使用的地址见 DescribeSnatEntries、DescribeDnatEntries 和实例的网段。',
    ],
  },
  'IllegalParam.ActiveAging': {
    en: ['`ActiveAging` is no whole number from 60 to 6000.', 'Send seconds in that range, or leave it out for 300.'],
    zh: ['`ActiveAging` 不是 60～6000 的整数。', '传入该范围内的秒数，或不传以使用 300。'],
  },
  'IllegalParam.InactiveAging': {
    en: ['`InactiveAging` is no whole number from 10 to 600.', 'Send seconds in that range, or leave it out for 15.'],
    zh: ['`InactiveAging` 不是 10～600 的整数。', '传入该范围内的秒数，或不传以使用 15。'],
  },
  'IllegalParam.NetflowServerIp': {
    en: ['`NetflowServerIp` is no IPv4 address.', 'Send the address of the collector; host names are not looked up.'],
    zh: ['`NetflowServerIp` 不是 IPv4 地址。', '传入采集器的地址，不解析域名。'],
  },
  'IllegalParam.NetflowServerPort': {
    en: [
      '`NetflowServerPort` is no whole number from 1 to 65535.',
      'Send the UDP port of the collector, or leave it out for 9995.',
    ],
    zh: ['`NetflowServerPort` 不是 1～65535 的整数。', '传入采集器的 UDP 端口，或不传以使用 9995。'],
  },
  'IllegalParam.NetflowVersion': {
    en: ['`NetflowVersion` is none of `V5`, `V9` and `V10`.', 'Send one of them, or leave it out for `V9`.'],
    zh: ['`NetflowVersion` 不是 `V5`、`V9` 或 `V10`。', '传入其中之一，或不传以使用 `V9`。'],
  },
  'IllegalParam.OutputType': {
    en: [
      '`OutputType` is none of `sls`, `netflow` and `all`, or CreateFlowLog was called without it.',
      'Send one of them.',
    ],
    zh: ['`OutputType` 不是 `sls`、`netflow` 或 `all`，或调用 CreateFlowLog 时未传。', '传入其中之一。'],
  },
  'IllegalParam.Password': {
    en: ['A password has 8–30 letters, digits and underscores.', 'Choose one like that.'],
    zh: ['密码为 8～30 个字母、数字或下划线。', '按规则设置。'],
  },
  'IllegalParam.RegionId': {
    en: ['`RegionId` names no region, or is blank.', 'Take one from DescribeRegions.'],
    zh: ['`RegionId` 不是已有的地域，或为空。', '从 DescribeRegions 获取。'],
  },
  'IllegalParam.SlsRegionId': {
    en: ['`SlsRegionId` names no region.', 'Take one from DescribeRegions.'],
    zh: ['`SlsRegionId` 不是已有的地域。', '从 DescribeRegions 获取。'],
  },
  'IllegalParam.Status': {
    en: ['`Status` is neither `Active` nor `Inactive`.', 'Send one of them, or leave it out for both.'],
    zh: ['`Status` 不是 `Active` 或 `Inactive`。', '传入其中之一，或不传以查询两种状态。'],
  },
  'IllegalRemoteIp.Conflict': {
    en: [
      'The address is in use in the CCN, as a service address or by an SNAT or DNAT entry.',
      'Choose a free address.',
    ],
    zh: ['该地址在云连接网中已被服务地址、SNAT 或 DNAT 条目使用。', '选择未使用的地址。'],
  },
  'IllegalRemoteIp.RouteTableEntryConflict': {
    en: ['The CCN routes the address to another instance.', 'Choose an address of this instance’s own blocks.'],
    zh: ['云连接网将该地址路由到其他实例。', '选择本实例网段内的地址。'],
  },
  IncompleteSignature: {
    en: [
      'The `Authorization` header is missing or lacks a part: algorithm, `Credential`, `SignedHeaders` or `Signature`.',
      'Let an official SDK sign the request, or compare the header with docs/wire.md.',
    ],
    zh: [
      '缺少 `Authorization` 请求头，或其中缺少算法、`Credential`、`SignedHeaders`、`Signature` 之一。',
      '使用官方 SDK 签名，或对照 docs/wire.md 检查请求头。',
    ],
  },
  IncorrectStatus: {
    en: [
      'EnableSmartAGDpiMonitor: the applications of the instance are not recognised. DisableSmartAGDpiMonitor: nothing is recorded.',
      'Call UpdateSmartAGDpiAttribute with `DpiEnabled=true` before EnableSmartAGDpiMonitor; GetSmartAGDpiAttribute shows both.',
    ],
    zh: [
      'EnableSmartAGDpiMonitor：实例未开启应用识别。DisableSmartAGDpiMonitor：实例未在记录。',
      '先用 `DpiEnabled=true` 调用 UpdateSmartAGDpiAttribute，再调用 EnableSmartAGDpiMonitor；状态见 GetSmartAGDpiAttribute。',
    ],
  },
  'IncorrectStatus.Alert': {
    en: ['Somebody has acknowledged the alert, or it is closed.', 'Nothing is left to do: ListAlerts shows its state.'],
    zh: ['告警已被确认或已关闭。', '无需处理；状态见 ListAlerts。'],
  },
  'IncorrectStatus.FlowLog': {
    en: ['The flow log is inactive already.', 'There is nothing to do.'],
    zh: ['该流日志已处于停用状态。', '无需操作。'],
  },
  'IncorrectStatus.Job': {
    en: [
      'The job has ended, is about to end, or is already paused; only a paused one can be resumed.',
      'Look with DescribeJob what state it is in.',
    ],
    zh: ['任务已结束、正在结束或已暂停；只有已暂停的任务可以继续。', '用 DescribeJob 查看任务状态。'],
  },
  InnerServiceFailed: {
    en: ['A service behind the API failed.', 'Try again; look for the `RequestId` in the server’s log.'],
    zh: ['内部服务调用失败。', '重试；在服务端日志中按 `RequestId` 查找。'],
  },
  InstanceNotExit: {
    en: [
      'The serial number is not a device of this instance: unknown, unbound, or bound elsewhere.',
      'Take it from `SerialNumber` in DescribeSmartAccessGateways, or bind it with BindSerialNumber.',
    ],
    zh: [
      '该序列号不是此实例的设备：未知、未绑定或绑定在其他实例。',
      '从 DescribeSmartAccessGateways 的 `SerialNumber` 获取，或用 BindSerialNumber 绑定。',
    ],
    in: {
      ClearSagRouteableAddress: {
        en: [
          'Your account has no such instance in this region.',
          'Take id and region from DescribeSmartAccessGateways.',
        ],
        zh: ['该地域内您的账号没有此实例。', '从 DescribeSmartAccessGateways 获取实例 ID 与地域。'],
      },
      CreateServiceAddress: {
        en: [
          'The instance does not exist in the region, or the serial number is not a device of it.',
          'Take both from DescribeSmartAccessGateways.',
        ],
        zh: ['该地域内没有此实例，或序列号不是它的设备。', '从 DescribeSmartAccessGateways 获取。'],
      },
      DeleteServiceAddress: {
        en: [
          'The instance, the device or the address on it does not exist.',
          'Take it from ListAvailableServiceAddress.',
        ],
        zh: ['实例、设备或该服务地址不存在。', '从 ListAvailableServiceAddress 获取。'],
      },
      ListAvailableServiceAddress: {
        en: [
          'The instance does not exist in the region, or the serial number is not a device of it.',
          'Take both from DescribeSmartAccessGateways.',
        ],
        zh: ['该地域内没有此实例，或序列号不是它的设备。', '从 DescribeSmartAccessGateways 获取。'],
      },
    },
  },
  InternalError: {
    en: [
      'The server failed, for instance because its store could not be written. Nothing was left half done. On PostgreSQL also: the answer to a commit was lost and the database was not back in seven seconds; the change was then made whole or not at all.',
      'Read what the call would have changed, then try again if it is as before. If the error stays, look for the `RequestId` in the server’s log: the cause stands beside it.',
    ],
    zh: [
      '服务端自身故障，例如存储无法写入。不会留下部分完成的修改。使用 PostgreSQL 时还包括：提交的应答丢失，且数据库七秒内未恢复；此时修改要么全部完成，要么完全没有。',
      '先读取该调用要修改的内容，若仍为原样再重试；如错误持续出现，在服务端日志中按 `RequestId` 查找原因。',
    ],
  },
  LinkLevelBackupExists: {
    en: ['The instance backs this very line up already.', 'There is nothing to do.'],
    zh: ['该实例已是此专线的备份。', '无需操作。'],
  },
} as const satisfies Explanations<'I' | 'J' | 'K' | 'L'>
