import type { Explanations } from '../explanation.ts'

export const aToD = {
  'ACL.InvalidType': {
    en: [
      'The type of the rule is neither `LAN` nor `WAN`; or it is `WAN` in a list for SAG APP instances, whose users have their own way to the Internet.',
      'Send `LAN` or `WAN`; for SAG APP instances `LAN`.',
    ],
    zh: [
      '规则类型不是 `LAN` 或 `WAN`；或在用于 SAG APP 实例的列表中使用 `WAN`，而其用户自行访问公网。',
      '使用 `LAN` 或 `WAN`；SAG APP 实例只能使用 `LAN`。',
    ],
  },
  'ACL.NoSupportWanType': {
    en: [
      'An instance of the list has an SAG-1000 older than 2.0.0, which filters in the network only.',
      'Upgrade it with UpdateSmartAccessGatewayVersion, or use `Type=LAN`.',
    ],
    zh: [
      '关联实例的 SAG-1000 低于 2.0.0，只能过滤私网流量。',
      '用 UpdateSmartAccessGatewayVersion 升级，或使用 `Type=LAN`。',
    ],
  },
  AclAmountLimit: {
    en: [
      'The account has 10 access control lists already, in all its regions.',
      'Delete one that no instance has; one serves many instances.',
    ],
    zh: ['账号在所有地域已有 10 个访问控制列表。', '删除未关联实例的列表；一个列表可以关联多个实例。'],
  },
  AclPerSmartagAmountLimit: {
    en: [
      'The instance has another access control list, and it can have one.',
      'Call DisassociateACL with that one first.',
    ],
    zh: ['实例已关联其他访问控制列表，每个实例只能关联一个。', '先用 DisassociateACL 解除关联。'],
  },
  AcrPerAclAmountLimit: {
    en: ['The access control list has 50 rules already.', 'Delete one, or let one rule match a larger network.'],
    zh: ['该访问控制列表已有 50 条规则。', '删除其中一条，或用更大的网段合并规则。'],
  },
  ActionNotSupport: {
    en: ['This kind of instance has no such setting.', 'Leave the parameter out.'],
    zh: ['该类实例没有此项设置。', '不传该参数。'],
    in: {
      ModifySmartAccessGateway: {
        en: [
          'The connection audit exists on SAG APP instances only; `RoutingStrategy`, `SecurityLockThreshold` and `SnatEntries` on all others only.',
          'Leave out what this kind of instance does not have.',
        ],
        zh: [
          '连接审计仅适用于 SAG APP 实例；`RoutingStrategy`、`SecurityLockThreshold`、`SnatEntries` 仅适用于其他实例。',
          '不传该类实例没有的设置。',
        ],
      },
      DeleteSmartAccessGateway: {
        en: [
          'Only hardware can be deleted, and only when it has been overdue for 7 days; App and vCPE are released by the system.',
          'Let the subscription end and wait. (Sandbox: `opensag operator billing expire`, then `opensag operator clock advance`.)',
        ],
        zh: [
          '仅硬件实例可删除，且须欠费满 7 天；App 和 vCPE 由系统释放。',
          '等待到期满 7 天。（沙箱：`opensag operator billing expire`，再 `opensag operator clock advance`。）',
        ],
      },
    },
  },
  'AlreadyBound.CEN': {
    en: ['The CCN is attached to a CEN.', 'Call DetachCcnInstanceFromCen first.'],
    zh: ['云连接网已加载到云企业网。', '先调用 DetachCcnInstanceFromCen。'],
    in: {
      AttachCcnInstanceToCen: {
        en: ['The CCN is attached to another CEN; it can be in one.', 'Call DetachCcnInstanceFromCen first.'],
        zh: ['云连接网已加载到另一个云企业网，只能加载到一个。', '先调用 DetachCcnInstanceFromCen。'],
      },
      UnbindSmartAccessGateway: {
        en: ['A leased line (VBR) backs the instance up, which ties it to the CEN.', 'Call UnbindVbr first.'],
        zh: ['实例有专线（VBR）备份关系，与云企业网关联。', '先调用 UnbindVbr。'],
      },
    },
  },
  'AlreadyBound.SMARTAG': {
    en: [
      'The CCN has members.',
      'Call UnbindSmartAccessGateway for each; DescribeSmartAccessGateways with `AssociatedCcnId` lists them.',
    ],
    zh: [
      '云连接网内仍有实例。',
      '逐个调用 UnbindSmartAccessGateway；DescribeSmartAccessGateways 按 `AssociatedCcnId` 查询。',
    ],
  },
  CheckAuthenticationCodeFail: {
    en: [
      'The two codes are not two that the device shows one after the other now, or one of them was used before.',
      'Wait for the next code, send it with the one before it, and check the clocks of server and device.',
    ],
    zh: [
      '两个验证码不是设备当前连续显示的，或其中一个已使用过。',
      '等待下一个验证码，与前一个一起提交，并检查服务器和设备的时间。',
    ],
  },
  CidrConflict: {
    en: ['Two blocks of the request overlap or repeat.', 'Send blocks that are apart from each other.'],
    zh: ['请求中的两个网段重叠或重复。', '传入互不重叠的网段。'],
    in: {
      BindSmartAccessGateway: {
        en: [
          'A block of the instance overlaps one of a member of the CCN, lies outside its range or in its SNAT range, or a member uses an address of one of its SNAT or DNAT entries.',
          'Change the blocks with ModifySmartAccessGateway, or the range with ModifyCloudConnectNetwork.',
        ],
        zh: [
          '实例的网段与云连接网成员重叠、不在云连接网网段内或位于其 SNAT 网段内，或其 SNAT、DNAT 条目的地址已被成员使用。',
          '用 ModifySmartAccessGateway 修改网段，或用 ModifyCloudConnectNetwork 修改云连接网网段。',
        ],
      },
    },
  },
  ConfigSynchronizing: {
    en: [
      'SynchronizeSmartAGWebConfig was called for the device, and what was set at its local console is being taken over.',
      'Wait until `SynStatus` in DescribeSAGDeviceInfo is `Synchronized`.',
    ],
    zh: [
      '已对设备调用 SynchronizeSmartAGWebConfig，本地控制台上的配置正在同步。',
      '等待 DescribeSAGDeviceInfo 的 `SynStatus` 变为 `Synchronized`。',
    ],
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
  CreateProjectFailed: {
    en: [
      'No project or log store can have this name.',
      'Use 3–63 lower-case letters, digits and `-` (a log store also `_`), a letter or digit first and last.',
    ],
    zh: [
      '项目或日志库的名称不合法。',
      '使用 3～63 个小写字母、数字和 `-`（日志库还可用 `_`），以字母或数字开头和结尾。',
    ],
  },
  'DependencyViolation.AlertChannel': {
    en: ['A rule still tells this channel.', 'Take it out of its rules first; ListAlertRules shows which have it.'],
    zh: ['仍有规则使用该渠道。', '先将其从规则中移除；使用它的规则见 ListAlertRules。'],
  },
  'DependencyViolation.FlowLog': {
    en: [
      'Instances have the flow log; or, for AssociateFlowLog, the instance has it already.',
      'Before deleting it, call DisassociateFlowLog for each of DescribeFlowLogSags.',
    ],
    zh: [
      '有实例关联了该流日志；AssociateFlowLog 时表示该实例已关联此流日志。',
      '删除前，对 DescribeFlowLogSags 中的每个实例调用 DisassociateFlowLog。',
    ],
  },
  DeviceNotExist: {
    en: [
      'The serial number is known, but is not a device of this instance.',
      'Bind it with BindSerialNumber, or name the instance it is bound to.',
    ],
    zh: ['序列号已登记，但不是此实例的设备。', '用 BindSerialNumber 绑定，或传入它所绑定的实例。'],
  },
  DuplicatedDnatEntry: {
    en: [
      'The instance has a DNAT entry of this type, external address, protocol and external port, wherever it leads.',
      'Delete that one first (DescribeDnatEntries shows it), or choose another port.',
    ],
    zh: [
      '实例已有类型、外部地址、协议和外部端口都相同的 DNAT 条目，与其内部地址无关。',
      '先删除该条目（见 DescribeDnatEntries），或更换端口。',
    ],
  },
} as const satisfies Explanations<'A' | 'B' | 'C' | 'D'>
