import type { Explanations } from '../explanation.ts'

const longDescription = {
  en: ['The description is longer than 512 characters.', 'Shorten it.'],
  zh: ['描述超过 512 个字符。', '缩短描述。'],
} as const

export const invalid = {
  'InvalidAccessKeyId.Inactive': {
    en: ['The access key is disabled.', 'Sign with a key that is active.'],
    zh: ['该 AccessKey 已被禁用。', '使用处于启用状态的 AccessKey。'],
  },
  'InvalidAccessKeyId.NotFound': {
    en: [
      'This server knows no such access key: a typo, or a key of another server or of the public cloud.',
      'Use a key of this server; `opensag operator account create` makes one.',
    ],
    zh: [
      '服务器上没有该 AccessKey：拼写有误，或属于其他服务器或公共云。',
      '使用本服务器的 AccessKey；可通过 `opensag operator account create` 创建。',
    ],
  },
  'InvalidAction.NotFound': {
    en: [
      'There is no operation of this name, or OpenSAG does not answer it yet. Names are case-sensitive.',
      'Look for it in docs/what-works.md, or docs/platform-operations.md with its `Version`; a request must go to the path `/`.',
    ],
    zh: [
      '没有该名称的操作，或 OpenSAG 尚未实现。名称区分大小写。',
      '在 docs/what-works.zh-CN.md 或 docs/platform-operations.zh-CN.md 中查找（注意 `Version`）；请求路径必须是 `/`。',
    ],
  },
  InvalidCidr: {
    en: [
      'A block can be read and is not a network: its mask is outside 8–32 (172.16.0.0 from 12, 192.168.0.0 from 16), or host bits are set (`10.0.0.1/24`).',
      'Write the first address of the network: `10.0.0.0/24`.',
    ],
    zh: [
      '网段可解析，但不是合法网络：掩码不在 8～32 内（172.16.0.0 至少 12 位，192.168.0.0 至少 16 位），或主机位不为零（`10.0.0.1/24`）。',
      '写网络的首地址，例如 `10.0.0.0/24`。',
    ],
  },
  InvalidDescription: {
    en: [
      'A description has 2–256 characters, the first a letter or Chinese character, and does not start with `http://` or `https://`.',
      'Write one like that.',
    ],
    zh: ['描述为 2～256 个字符，以字母或汉字开头，不能以 `http://` 或 `https://` 开头。', '按规则填写。'],
    in: { AddACLRule: longDescription, ModifyACLRule: longDescription },
  },
  'InvalidFlowLogId.NotFound': {
    en: ['The account has no flow log of this id in the region.', 'Take it from DescribeFlowLogs.'],
    zh: ['该账号在此地域没有此 ID 的流日志。', '从 DescribeFlowLogs 获取。'],
  },
  'InvalidId.CCN': {
    en: ['There is no such CCN in the region.', 'Take the id from DescribeCloudConnectNetworks.'],
    zh: ['该地域内没有此云连接网。', '从 DescribeCloudConnectNetworks 获取 ID。'],
  },
  'InvalidId.ACL': {
    en: [
      'There is no such access control list in this region, or it is of another account.',
      'DescribeACLs lists yours.',
    ],
    zh: ['该地域没有此访问控制列表，或属于其他账号。', '可通过 DescribeACLs 查询。'],
  },
  'InvalidId.ACR': {
    en: ['The access control list has no such rule.', 'Look for it in DescribeACLAttribute, with its `AclId`.'],
    zh: ['该访问控制列表没有此规则。', '用 `AclId` 在 DescribeACLAttribute 中查询。'],
  },
  'InvalidId.QOSCAR': {
    en: ['The QoS has no such throttling rule.', 'Look for it in DescribeQosCars, with its `QosId`.'],
    zh: ['该 QoS 策略没有此限速规则。', '用 `QosId` 在 DescribeQosCars 中查询。'],
  },
  'InvalidId.QOSPY': {
    en: ['The QoS has no such classification rule.', 'Look for it in DescribeQosPolicies, with its `QosId`.'],
    zh: ['该 QoS 策略没有此流分类规则。', '用 `QosId` 在 DescribeQosPolicies 中查询。'],
  },
  'InvalidId.Qos': {
    en: ['There is no such QoS in this region, or it is of another account.', 'DescribeQoses lists yours.'],
    zh: ['该地域没有此 QoS 策略，或属于其他账号。', '可通过 DescribeQoses 查询。'],
  },
  'InvalidId.SMARTAG': {
    en: [
      'The instance id is not of the form `sag-…`, or there is no such instance of yours in the region.',
      'Take the id from DescribeSmartAccessGateways in the same region.',
    ],
    zh: ['实例 ID 不是 `sag-…` 形式，或该地域内没有您的此实例。', '从同一地域的 DescribeSmartAccessGateways 获取 ID。'],
    in: {
      ModifySmartAccessGateway: {
        en: ['The instance id is not of the form `sag-…`.', 'Take the id from DescribeSmartAccessGateways.'],
        zh: ['实例 ID 不是 `sag-…` 形式。', '从 DescribeSmartAccessGateways 获取 ID。'],
      },
      UpdateSmartAccessGatewayVersion: {
        en: [
          'There is no such instance in the region, or it is a SAG APP, which has no device to upgrade.',
          'Take the id of a gateway from DescribeSmartAccessGateways.',
        ],
        zh: [
          '该地域内没有此实例，或为 SAG APP 实例，没有可升级的设备。',
          '从 DescribeSmartAccessGateways 获取网关实例的 ID。',
        ],
      },
    },
  },
  'InvalidId.SN': {
    en: ['The serial number is not a device of this instance.', 'Take it from DescribeSmartAccessGateways.'],
    zh: ['该序列号不是此实例的设备。', '从 DescribeSmartAccessGateways 获取。'],
  },
  'InvalidId.VBR': {
    en: [
      'Your account has no such VBR in that region, or it does not speak BGP, without which nothing notices that the line fails.',
      '`opensag operator vbr list` shows them.',
    ],
    zh: [
      '该地域内您的账号没有此 VBR，或其未启用 BGP，无法感知专线中断。',
      '`opensag operator vbr list` 列出全部 VBR。',
    ],
    in: {
      UnbindVbr: {
        en: [
          'The VBR is not bound to this instance, or lies in another region.',
          'Take both from DescribeSagVbrRelations.',
        ],
        zh: ['VBR 未绑定该实例，或地域不符。', '从 DescribeSagVbrRelations 获取。'],
      },
    },
  },
  InvalidPasswords: {
    en: [
      'A list of passwords is `serial:password,serial:password`. It has one for a device of each instance named and for no other, each device once, and no device that waits for one of another job; a password has 8–30 letters, digits and underscores.',
      'The message names the devices that are wrong, and of entries that name none of the devices only the place in the list. Nothing was created, and no password was kept.',
    ],
    zh: [
      '密码列表的格式为 `序列号:密码,序列号:密码`，须覆盖所填的每个实例，不含其他设备，每台设备一次，且设备不在其他未完成的改密任务中；密码为 8～30 个字母、数字或下划线。',
      '错误信息列出有误的设备；序列号不属于这些设备的条目只给出其在列表中的位置。任务未创建，密码未保存。',
    ],
  },
  'InvalidJobId.NotFound': {
    en: ['The account has no such job; one is forgotten 90 days after its end.', 'Take an ID from ListJobs.'],
    zh: ['账号下没有该任务；任务在结束 90 天后删除。', '使用 ListJobs 返回的 ID。'],
  },
  'InvalidInstanceId.NotFound': {
    en: [
      'There is no such grant: taken back already, or never given by your account in this region.',
      'Nothing is left to do; DescribeGrantRules and DescribeGrantSagVbrRules show the grants there are.',
    ],
    zh: [
      '没有此授权：已取消，或您的账号在该地域从未授予。',
      '无需处理；现有授权见 DescribeGrantRules 与 DescribeGrantSagVbrRules。',
    ],
  },
  InvalidName: {
    en: [
      'A name has 2–128 characters: letters, digits, Chinese characters, `.`, `_`, `-`; the first is a letter or Chinese character, and it does not start with `http://` or `https://`.',
      'Choose a name like that.',
    ],
    zh: [
      '名称为 2～128 个字符，可含字母、数字、汉字及 `.`、`_`、`-`，以字母或汉字开头，不能以 `http://` 或 `https://` 开头。',
      '按规则命名。',
    ],
  },
  'InvalidOwnPassword.Incorrect': {
    en: [
      'The password is not the one the user logs on with, or was changed meanwhile. Where the account limits wrong passwords, it counts as one, and after too many the right one is refused too.',
      'Give the password of the logon.',
    ],
    zh: [
      '密码不是该用户的登录密码，或已被修改。账号限制密码错误次数时计入该次数，超过后正确的密码也会被拒绝。',
      '填写登录密码。',
    ],
  },
  'InvalidParam.Ip': {
    en: [
      'A DNS server is not a unicast IPv4 address, or there are more than two in a list.',
      'Send one or two IPv4 addresses; leave the list out to clear it.',
    ],
    zh: ['DNS 服务器不是单播 IPv4 地址，或列表中超过两个。', '传入一个或两个 IPv4 地址；不传该列表则清空。'],
  },
  InvalidPortRange: {
    en: [
      'A range ends before it begins, or the protocol has no such ports: `ALL`, `ICMP` and `GRE` have none, a name with a number has that port as its destination.',
      'Write `80/443`; for a protocol without ports `-1/-1`; for `SSH(22)` the destination `22/22`.',
    ],
    zh: [
      '端口范围的结束小于起始，或与协议不符：`ALL`、`ICMP`、`GRE` 没有端口，带端口号的协议其目的端口固定。',
      '例如 `80/443`；没有端口的协议填 `-1/-1`；`SSH(22)` 的目的端口填 `22/22`。',
    ],
  },
  InvalidRegionID: {
    en: ['The region is not one of the service’s.', 'Take a `RegionId` of DescribeRegions.'],
    zh: ['该地域不在服务范围内。', '使用 DescribeRegions 返回的 `RegionId`。'],
  },
  InvalidRequest: {
    en: ['What arrived is no HTTP request.', 'Check host, port and http or https.'],
    zh: ['收到的内容不是 HTTP 请求。', '检查主机、端口以及 http/https。'],
  },
  InvalidSignatureMethod: {
    en: [
      'There is no such signature method, or it does not fit the kind of key.',
      'Use `ACS3-HMAC-SHA256`, or `HMAC-SHA1` for signatures in the query.',
    ],
    zh: ['签名方法不受支持，或与密钥类型不符。', '使用 `ACS3-HMAC-SHA256`，或查询签名使用 `HMAC-SHA1`。'],
  },
  InvalidProbeDomain: {
    en: [
      '`Domain` is neither an IPv4 address that may be probed nor a name; or, with `HTTP`, no URL that begins with `http://` or `https://`.',
      'Send an address or a name, with `HTTP` a URL of at most 255 characters without a password.',
    ],
    zh: [
      '`Domain` 不是可探测的 IPv4 地址或域名；`HTTP` 时不是以 `http://` 或 `https://` 开头的 URL。',
      '传入地址或域名；`HTTP` 时传入不超过 255 个字符、不含密码的 URL。',
    ],
  },
  InvalidProbePort: {
    en: ['`Port` is no whole number from 1 to 65535, or is missing with `TCP`.', 'Send the port that is probed.'],
    zh: ['`Port` 不是 1～65535 的整数，或 `TCP` 时未传。', '传入被探测的端口。'],
  },
  InvalidProbeProtocol: {
    en: [
      '`Protocol` is none of `ICMP`, `TCP` and `HTTP`, or is `HTTP` for a task of type `Intranet`.',
      'Send one of them; private networks are probed by `ICMP` and `TCP` only.',
    ],
    zh: [
      '`Protocol` 不是 `ICMP`、`TCP` 或 `HTTP`，或 `Intranet` 任务使用了 `HTTP`。',
      '传入其中之一；私网拨测仅支持 `ICMP` 和 `TCP`。',
    ],
  },
  'InvalidSmartAGId.NotFound': {
    en: [
      'The account has no instance of this id in the region, or, for DisassociateFlowLog, the instance does not have this flow log.',
      'DescribeSmartAccessGateways lists instances; DescribeFlowLogSags shows those that have a flow log, DescribeUnbindFlowLogSags those that could.',
    ],
    zh: [
      '该账号在此地域没有此 ID 的实例；DisassociateFlowLog 还包括实例未关联该流日志。',
      '实例见 DescribeSmartAccessGateways；已关联流日志的实例见 DescribeFlowLogSags，可关联的见 DescribeUnbindFlowLogSags。',
    ],
  },
  'InvalidSpec.FeatureNotSupport': {
    en: ['The device is not of the SCG5000 family.', 'For an SAG-100WM or SAG-1000 call ModifySAGAdminPassword.'],
    zh: ['设备不属于 SCG5000 系列。', 'SAG-100WM 和 SAG-1000 请调用 ModifySAGAdminPassword。'],
  },
  InvalidTagKey: {
    en: [
      'A tag’s key is missing, too long, or begins with what is reserved (`aliyun`, `acs:`, `http://`).',
      'Correct the key.',
    ],
    zh: ['标签键缺失、过长，或以保留内容（`aliyun`、`acs:`、`http://`）开头。', '修正标签键。'],
  },
  InvalidTagValue: {
    en: ['A tag’s value is too long, or begins with what is reserved.', 'Correct the value.'],
    zh: ['标签值过长，或以保留内容开头。', '修正标签值。'],
  },
  'InvalidTimeStamp.Expired': {
    en: [
      'The time of the request is more than 15 minutes away from the server’s clock.',
      'Set the clock of your computer (NTP) and send a UTC time.',
    ],
    zh: ['请求时间与服务器时钟相差超过 15 分钟。', '校准本机时钟（NTP），并使用 UTC 时间。'],
  },
  'InvalidTimeStamp.Format': {
    en: [
      'The time is not written as `YYYY-MM-DDThh:mm:ssZ`: fractions of a second, another zone, or encoded twice.',
      'Send UTC in whole seconds, percent-encoded once.',
    ],
    zh: ['时间格式不是 `YYYY-MM-DDThh:mm:ssZ`：带小数秒、其他时区或重复编码。', '使用 UTC 整秒，只做一次百分号编码。'],
  },
  InvalidTimeRangeCompare: {
    en: ['The rule would end when it begins, or before.', 'Move one of the two times, or leave one out.'],
    zh: ['规则的结束时间不晚于开始时间。', '调整其中一个时间，或不传。'],
  },
  InvalidVersion: {
    en: [
      'No API of this server has this `Version`.',
      'Send `2018-03-13` for SmartAG; docs/platform-operations.md has those of the other APIs.',
    ],
    zh: [
      '本服务器没有该 `Version` 的 API。',
      'SmartAG 请传入 `2018-03-13`；其他 API 的版本见 docs/platform-operations.zh-CN.md。',
    ],
  },
  'Invalid{Name}': {
    en: [
      'The value of this parameter is not valid: its form, its range, or not one of the values it can have.',
      'See the parameter in docs/operations.md.',
    ],
    zh: ['该参数的取值不合法：格式、范围不符，或不在可选值内。', '参见 docs/operations.zh-CN.md 中该参数的说明。'],
  },
} as const satisfies Explanations<'Invalid'>
