import type { Explanation } from './explanations.ts'

/** Gateway devices: which one is meant, what it can do, whether it is there; its administrator password. */
export const deviceCauses = {
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
  'InvalidId.SN': {
    en: ['The serial number is not a device of this instance.', 'Take it from DescribeSmartAccessGateways.'],
    zh: ['该序列号不是此实例的设备。', '从 DescribeSmartAccessGateways 获取。'],
  },
  'GATEWAY.InvalidSN': {
    en: [
      '`SagSn` was not sent, or no device of this server has that serial number.',
      '`opensag operator device list` shows those it knows.',
    ],
    zh: ['未传 `SagSn`，或服务器上没有该序列号的设备。', '`opensag operator device list` 列出已登记的设备。'],
  },
  DeviceNotExist: {
    en: [
      'The serial number is known, but is not a device of this instance.',
      'Bind it with BindSerialNumber, or name the instance it is bound to.',
    ],
    zh: ['序列号已登记，但不是此实例的设备。', '用 BindSerialNumber 绑定，或传入它所绑定的实例。'],
  },
  'Sag.DeviceNotExist': {
    en: [
      'The serial number is not a device of this instance.',
      'Take it from DescribeSmartAccessGateways, or leave it out to mean all its devices.',
    ],
    zh: ['该序列号不是此实例的设备。', '从 DescribeSmartAccessGateways 获取；不传则针对实例的全部设备。'],
  },
  'SAG.InvalidSerialNumber': {
    en: [
      'No device of this server has this serial number.',
      '`opensag operator device list` shows those it knows; `device add` adds one.',
    ],
    zh: ['服务器上没有该序列号的设备。', '`opensag operator device list` 列出已登记的设备，`device add` 登记新设备。'],
    in: {
      UnbindSerialNumber: {
        en: ['The serial number is not a device of this instance.', 'Take it from DescribeSmartAccessGateways.'],
        zh: ['该序列号不是此实例的设备。', '从 DescribeSmartAccessGateways 获取。'],
      },
    },
  },
  'SAG.SnConflict': {
    en: ['The device is bound to another instance.', 'Call UnbindSerialNumber there first.'],
    zh: ['设备已绑定其他实例。', '先在该实例上调用 UnbindSerialNumber。'],
  },
  'SAG.SnOverLimit': {
    en: [
      'Two devices are bound already; a SAG APP instance takes none at all.',
      'Call UnbindSerialNumber for one of them.',
    ],
    zh: ['已绑定两台设备；SAG APP 实例不能绑定设备。', '先用 UnbindSerialNumber 解绑一台。'],
  },
  FeatureNotSupport: {
    en: [
      'The model or the firmware of the device cannot do this.',
      'Upgrade it with UpdateSmartAccessGatewayVersion; a SAG APP has no device at all.',
    ],
    zh: ['设备的型号或固件版本不支持。', '用 UpdateSmartAccessGatewayVersion 升级；SAG APP 没有设备。'],
    in: {
      ModifySAGAdminPassword: {
        en: [
          'The device’s firmware is older than 2.0.0, or it is of the SCG5000 family.',
          'Upgrade it with UpdateSmartAccessGatewayVersion; for an SCG5000 call UpdateSmartAccessGatewayAdminPassword.',
        ],
        zh: [
          '设备固件低于 2.0.0，或属于 SCG5000 系列。',
          '用 UpdateSmartAccessGatewayVersion 升级；SCG5000 请调用 UpdateSmartAccessGatewayAdminPassword。',
        ],
      },
      UpdateSmartAccessGatewayAdminPassword: {
        en: ['The SCG5000’s firmware is older than 3.4.2.', 'Upgrade it with UpdateSmartAccessGatewayVersion.'],
        zh: ['SCG5000 固件低于 3.4.2。', '用 UpdateSmartAccessGatewayVersion 升级。'],
      },
      ModifySmartAccessGateway: {
        en: [
          'A bound SAG-100WM is older than 2.0.0, so it cannot route dynamically.',
          'Upgrade it, or stay with `RoutingStrategy=static`.',
        ],
        zh: ['绑定的 SAG-100WM 低于 2.0.0，不支持动态路由。', '升级设备，或使用 `RoutingStrategy=static`。'],
      },
      BindVbr: {
        en: ['The model has no port for a leased line.', 'Use an instance with an SAG-1000.'],
        zh: ['该型号没有专线接口。', '使用 SAG-1000 实例。'],
      },
      RebootSmartAccessGateway: {
        en: [
          'The agent on the gateway was started without a way to restart its machine.',
          'Restart it there, or start the agent with `--reboot-command` (docs/gateway.md).',
        ],
        zh: [
          '网关上的 agent 启动时未指定重启方式。',
          '在主机上重启，或以 `--reboot-command` 启动 agent（docs/gateway.md）。',
        ],
      },
      UpdateSmartAccessGatewayVersion: {
        en: [
          'The agent on the gateway cannot upgrade the machine it runs on.',
          'Upgrade it there; its next connection reports the new version.',
        ],
        zh: ['网关上的 agent 无法升级所在主机。', '在主机上升级；下次连接时会上报新版本。'],
      },
    },
  },
  FeatureNotSupportForActiveSmartAG: {
    en: [
      'Two devices are bound and the active one cannot do this.',
      'Upgrade the active device; both must be able to.',
    ],
    zh: ['绑定了两台设备，主设备不支持。', '升级主设备；两台都须支持。'],
  },
  FeatureNotSupportForStandBySmartAG: {
    en: [
      'Two devices are bound and the standby one cannot do this.',
      'Upgrade the standby device; both must be able to.',
    ],
    zh: ['绑定了两台设备，备设备不支持。', '升级备设备；两台都须支持。'],
  },
  'InvalidSpec.FeatureNotSupport': {
    en: ['The device is not of the SCG5000 family.', 'For an SAG-100WM or SAG-1000 call ModifySAGAdminPassword.'],
    zh: ['设备不属于 SCG5000 系列。', 'SAG-100WM 和 SAG-1000 请调用 ModifySAGAdminPassword。'],
  },
  'SAG.SoftwareNotSupport': {
    en: [
      'The instance is a SAG APP: it has no device. (The message speaks of ACLs; it is the published one.)',
      'Use the id of a gateway.',
    ],
    zh: ['该实例为 SAG APP，没有设备。（消息中的 ACL 为公开原文。）', '使用网关实例的 ID。'],
  },
  'SAG.SoftwareNotSupportFeature': {
    en: ['The instance is a vCPE: its images have no local console.', 'Use the id of a hardware instance.'],
    zh: ['该实例为 vCPE，其镜像没有本地控制台。', '使用硬件实例的 ID。'],
  },
  SmartAccessGatewayOffline: {
    en: [
      'None of the instance’s gateways is connected, or the connection broke during the change; the old password stays.',
      'Power it on or check its uplink; `opensag operator device list` shows its control channel.',
    ],
    zh: [
      '实例的网关均未连接，或修改期间连接中断；旧密码仍有效。',
      '给网关上电或检查其上行链路；`opensag operator device list` 显示控制通道状态。',
    ],
  },
  SmartAccessGatewayNotOnline: {
    en: [
      'The control channel of the device is down: off, without uplink, restarting, upgrading, or locked.',
      'Power it on or check its uplink; `opensag operator device list` shows it. A locked one needs UnlockSmartAccessGateway.',
    ],
    zh: [
      '设备的控制通道未连接：关机、无上行链路、正在重启或升级，或已锁定。',
      '给设备上电或检查上行链路；`opensag operator device list` 显示状态。已锁定的设备用 UnlockSmartAccessGateway 解锁。',
    ],
    in: {
      ModifySAGAdminPassword: {
        en: [
          'Another gateway of the instance is connected, the named one is not: a cold standby, restarting, upgrading, or locked.',
          'Connect it, or name the other one; `opensag operator device list` shows both.',
        ],
        zh: [
          '实例的另一台网关已连接，但指定的设备未连接：冷备、正在重启或升级，或已锁定。',
          '使其连接，或指定另一台；`opensag operator device list` 显示两台的状态。',
        ],
      },
    },
  },
  ConfigUnsynchronized: {
    en: [
      'Somebody changed the device at its local console, or it was bound with settings of its own.',
      'Call SynchronizeSmartAGWebConfig and wait until `SynStatus` in DescribeSAGDeviceInfo is `Synchronized`.',
    ],
    zh: [
      '有人在设备的本地控制台修改过配置，或绑定时设备已有自己的配置。',
      '调用 SynchronizeSmartAGWebConfig，等待 DescribeSAGDeviceInfo 的 `SynStatus` 变为 `Synchronized`。',
    ],
  },
  'IllegalParam.Password': {
    en: ['A password has 8–30 letters, digits and underscores.', 'Choose one like that.'],
    zh: ['密码为 8～30 个字母、数字或下划线。', '按规则设置。'],
  },
  'MissingParam.Password': {
    en: ['`Password` was not sent or is empty.', 'Send the new password.'],
    zh: ['未传 `Password` 或为空。', '传入新密码。'],
  },
  'InvalidParameter.Password': {
    en: [
      'A client password has 8–32 characters: first a letter, digit or Chinese character, then letters, digits, `_ @ . -`.',
      'Choose one like that.',
    ],
    zh: ['客户端密码为 8～32 个字符，以字母、数字或汉字开头，其余为字母、数字、`_ @ . -`。', '按规则设置。'],
    in: {
      CreateSmartAccessGatewayClientUser: {
        en: [
          '`UserName` was sent without `Password`, or the password is not of 8–32 characters: first a letter, digit or Chinese character, then letters, digits, `_ @ . -`.',
          'Send both, or neither to have them made.',
        ],
        zh: [
          '传了 `UserName` 但未传 `Password`，或密码不符合规则：8～32 个字符，以字母、数字或汉字开头，其余为字母、数字、`_ @ . -`。',
          '同时传入，或都不传由系统生成。',
        ],
      },
      UpdateSmartAccessGatewayAdminPassword: {
        en: ['A password has 8–30 letters, digits and underscores.', 'Choose one like that.'],
        zh: ['密码为 8～30 个字母、数字或下划线。', '按规则设置。'],
      },
    },
  },
  'MissParameter.GatewayId': {
    en: ['`SagInsId` was not sent or is blank.', 'Send the instance id; DescribeSmartAccessGateways lists yours.'],
    zh: ['未传 `SagInsId` 或为空。', '传入实例 ID；可通过 DescribeSmartAccessGateways 查询。'],
  },
  'MissParameter.Password': {
    en: ['`Password` was not sent or is blank.', 'Send the new password.'],
    zh: ['未传 `Password` 或为空。', '传入新密码。'],
  },
  'IllegalRemoteIp.Conflict': {
    en: ['The address is in use in the CCN, as a service address or by a SNAT entry.', 'Choose a free address.'],
    zh: ['该地址在云连接网中已被服务地址或 SNAT 条目使用。', '选择未使用的地址。'],
  },
  'IllegalRemoteIp.RouteTableEntryConflict': {
    en: ['The CCN routes the address to another instance.', 'Choose an address of this instance’s own blocks.'],
    zh: ['云连接网将该地址路由到其他实例。', '选择本实例网段内的地址。'],
  },
  ServiceAddressInUse: {
    en: ['The address is in use already.', 'Choose a free one.'],
    zh: ['该地址已被使用。', '选择未使用的地址。'],
    in: {
      DeleteServiceAddress: {
        en: [
          'Remote logon needs this address.',
          'Take it away with ModifySagRemoteAccess or ClearSagRouteableAddress.',
        ],
        zh: ['该地址正用于远程登录。', '通过 ModifySagRemoteAccess 或 ClearSagRouteableAddress 移除。'],
      },
    },
  },
  ServiceAddressOperationDenied: {
    en: ['The instance is not activated or in arrears.', 'Activate or renew it first.'],
    zh: ['实例未激活或已欠费。', '先激活或续费。'],
    in: {
      CreateServiceAddress: {
        en: [
          'The instance is not activated or in arrears, the address is for `RemoteWeb`, the device has as many as it may have, or the CCN routes the address elsewhere.',
          'Activate or renew the instance; set a `RemoteWeb` address with ModifySagRemoteAccess; delete one with DeleteServiceAddress; or choose another address.',
        ],
        zh: [
          '实例未激活或已欠费，地址用途为 `RemoteWeb`，设备的地址数达到上限，或云连接网将该地址路由到别处。',
          '激活或续费；`RemoteWeb` 地址用 ModifySagRemoteAccess 设置；用 DeleteServiceAddress 删除一个；或换一个地址。',
        ],
      },
    },
  },
  VersionNotExist: {
    en: ['`VersionType` is not a kind of version there is.', 'Send `Device` or `Dpi`.'],
    zh: ['`VersionType` 不是有效的版本类型。', '传入 `Device` 或 `Dpi`。'],
    in: {
      ModifySagRemoteAccess: {
        en: [
          'The serial number is not a device of this instance, so there is no version to look at.',
          'Take it from DescribeSmartAccessGateways.',
        ],
        zh: ['该序列号不是此实例的设备，没有可查的版本。', '从 DescribeSmartAccessGateways 获取。'],
      },
    },
  },
  VersionTooOld: {
    en: [
      'Every device that is meant runs this version or a newer one.',
      'Take a newer one from DescribeSmartAccessGatewayVersions.',
    ],
    zh: ['所有目标设备已运行该版本或更新的版本。', '从 DescribeSmartAccessGatewayVersions 选择更新的版本。'],
  },
  GetSmartAccessGatewayVersionError: {
    en: [
      'No such version is offered for the model.',
      'Take one from DescribeSmartAccessGatewayVersions; `opensag operator firmware add` offers one.',
    ],
    zh: [
      '该型号没有此版本。',
      '从 DescribeSmartAccessGatewayVersions 选择；`opensag operator firmware add` 可上架版本。',
    ],
  },
  GetSmartAccessGatewayStateError: {
    en: [
      'The device is connected and did not answer whether it can restart.',
      'Try again; if it stays, look at the agent’s log on the gateway.',
    ],
    zh: ['设备已连接，但未答复能否重启。', '重试；如持续出现，查看网关上 agent 的日志。'],
  },
} as const satisfies Record<string, Explanation>
