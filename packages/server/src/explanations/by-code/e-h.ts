import type { Explanations } from '../explanation.ts'

const ofAclRule = {
  en: [
    'The rule is for applications and the list for SAG APP instances; or an instance of the list has an SAG-100WM older than 2.0.0.',
    'Leave `DpiGroupIds` and `DpiSignatureIds` out, or upgrade the device, or take the list off with DisassociateACL.',
  ],
  zh: [
    '规则按应用匹配，而该列表用于 SAG APP 实例；或关联实例的 SAG-100WM 低于 2.0.0。',
    '不传 `DpiGroupIds` 和 `DpiSignatureIds`，或升级设备，或用 DisassociateACL 解除关联。',
  ],
} as const

const ofDpi = {
  en: [
    'It is a SAG APP instance; or the machine of its gateway has no nDPI 4.2, or the program there is too old.',
    'Install the package `libndpi-bin` on the gateway and start the agent anew, or upgrade the agent.',
  ],
  zh: [
    '该实例为 SAG APP 实例；或其网关所在主机没有 nDPI 4.2，或网关程序版本过低。',
    '在网关上安装软件包 `libndpi-bin` 并重启 agent，或升级 agent。',
  ],
} as const

const ofAcl = {
  en: [
    'The list is for SAG APP instances; or the device is an SAG-100WM older than 2.0.0, or an SAG-1000 older than 2.0.0 and a rule is of the Internet.',
    'Use a list of the type `acl-hardware`, or upgrade the device.',
  ],
  zh: [
    '该列表用于 SAG APP 实例；或设备为低于 2.0.0 的 SAG-100WM，或为低于 2.0.0 的 SAG-1000 而列表含公网规则。',
    '使用 `acl-hardware` 类型的列表，或升级设备。',
  ],
} as const

export const eToH = {
  'EnterpriseCode.BeenOccupied': {
    en: ['Another account has this code; upper and lower case do not count.', 'Choose another one.'],
    zh: ['该企业码已被其他账号使用（不区分大小写）。', '换一个企业码。'],
  },
  'EnterpriseCode.BeingUsed': {
    en: [
      'A SAG APP instance of the account has this code, in whatever region.',
      'Give the instance another code with UpdateSmartAGEnterpriseCode first.',
    ],
    zh: [
      '账号的某个 SAG APP 实例（任意地域）正在使用该企业码。',
      '先用 UpdateSmartAGEnterpriseCode 为该实例更换企业码。',
    ],
  },
  'EnterpriseCode.DeleteLimit': {
    en: [
      'It is the default code, which new SAG APP instances get.',
      'Make another one the default with UpdateEnterpriseCode first.',
    ],
    zh: ['它是默认企业码，新的 SAG APP 实例使用它。', '先用 UpdateEnterpriseCode 将其他企业码设为默认。'],
  },
  'EnterpriseCode.NotExist': {
    en: ['Your account has no such code.', 'ListEnterpriseCode shows yours; CreateEnterpriseCode adds one.'],
    zh: ['您的账号没有此企业码。', '用 ListEnterpriseCode 查询，或用 CreateEnterpriseCode 创建。'],
  },
  'EnterpriseCode.UserNameConflict': {
    en: [
      'Another SAG APP behind this code has an account of the same name; code and name together have to find one account.',
      'Delete one of the two accounts, or choose another code.',
    ],
    zh: [
      '使用该企业码的其他 SAG APP 有同名账号；企业码与用户名须唯一确定一个账号。',
      '删除其中一个账号，或更换企业码。',
    ],
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
      AddACLRule: ofAclRule,
      AssociateACL: ofAcl,
      ModifyACLRule: ofAclRule,
      EnableSmartAGDpiMonitor: ofDpi,
      UpdateSmartAGDpiAttribute: ofDpi,
      BindVbr: {
        en: ['The model has no port for a leased line.', 'Use an instance with an SAG-1000.'],
        zh: ['该型号没有专线接口。', '使用 SAG-1000 实例。'],
      },
      RunGatewayTool: {
        en: [
          'The agent on the gateway is of a version that knows no tools.',
          'Upgrade the agent; what it can do is asked anew at its next connection.',
        ],
        zh: ['网关上的 agent 版本不支持工具。', '升级 agent，下次连接时生效。'],
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
          'The agent on the gateway was started without a way to upgrade its machine.',
          'Upgrade it there, whose next connection reports the new version, or start the agent with `--upgrade-command` (docs/gateway.md).',
        ],
        zh: [
          '网关上的 agent 启动时未指定升级方式。',
          '在主机上升级，下次连接时会上报新版本；或以 `--upgrade-command` 启动 agent（docs/gateway.md）。',
        ],
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
  'Forbbiden.SubUser': {
    en: ['A user or role of the account is not allowed this.', 'Ask the owner of the account for the permission.'],
    zh: ['子用户或角色没有此权限。', '请账号所有者授权。'],
  },
  'GATEWAY.InvalidSN': {
    en: [
      '`SagSn` was not sent, or no device of this server has that serial number.',
      '`opensag operator device list` shows those it knows.',
    ],
    zh: ['未传 `SagSn`，或服务器上没有该序列号的设备。', '`opensag operator device list` 列出已登记的设备。'],
  },
  GetSmartAccessGatewayStateError: {
    en: [
      'The device is connected and did not answer whether it can restart.',
      'Try again; if it stays, look at the agent’s log on the gateway.',
    ],
    zh: ['设备已连接，但未答复能否重启。', '重试；如持续出现，查看网关上 agent 的日志。'],
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
  'HC.InstanceNoFound': {
    en: [
      'The account has no health check of this id in the region, or it is of another instance.',
      'Take the id from DescribeHealthChecks.',
    ],
    zh: ['该账号在此地域没有此 ID 的健康检查，或它属于其他实例。', '从 DescribeHealthChecks 获取 ID。'],
  },
  'HC.RelatedRoute': {
    en: ['Routes depend on the health check.', 'Take it away from them first.'],
    zh: ['有路由关联了该健康检查。', '先取消路由与它的关联。'],
  },
} as const satisfies Explanations<'E' | 'F' | 'G' | 'H'>
