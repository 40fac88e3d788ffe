import type { Explanations } from '../explanation.ts'

export const sToT = {
  'SecurityKey.FactorNeeded': {
    en: [
      'The user has a second factor, and this session began without one.',
      'Log on again with it, then repeat the call.',
    ],
    zh: ['用户已有多因素认证方式，但本会话登录时未使用。', '使用多因素认证重新登录后再调用。'],
  },
  'SecurityKey.LastFactor': {
    en: [
      '`MFABindRequired` is set for the user, and the key is the only second factor: without it the user could not log on.',
      'Add another key first.',
    ],
    zh: ['该用户设置了 `MFABindRequired`，且该密钥是唯一的多因素认证方式；删除后将无法登录。', '先添加另一个密钥。'],
  },
  'SecurityKey.NoLogon': {
    en: [
      'The call is not signed with the keys of a session that a logon with a password began: by a RAM user, with the password there is now.',
      'Log on to the console with the password.',
    ],
    zh: ['请求未使用以密码登录的会话密钥签名：须为 RAM 用户，且密码登录后未更改。', '使用密码登录控制台。'],
  },
  'SecurityKey.NoSite': {
    en: [
      'The server was called without TLS and not on its own machine, or by an IP address: browsers have no security keys there.',
      'Open the console over HTTPS by a name; behind a proxy, set `--public-url`, and let the proxy set `X-Forwarded-Proto`.',
    ],
    zh: [
      '请求未使用 TLS 且不来自本机，或使用了 IP 地址：浏览器在此情况下不支持安全密钥。',
      '通过 HTTPS 和域名打开控制台；位于代理之后时设置 `--public-url`，并由代理设置 `X-Forwarded-Proto`。',
    ],
  },
  ServiceAddressInUse: {
    en: ['The address is in use already.', 'Choose a free one.'],
    zh: ['该地址已被使用。', '选择未使用的地址。'],
    in: {
      DeleteServiceAddress: {
        en: [
          'A probe task comes from this address, or remote logon needs it.',
          'Change the task with UpdateProbeTask or delete it; an address of remote logon is taken away by ModifySagRemoteAccess or ClearSagRouteableAddress.',
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
  ServiceUnavailable: {
    en: [
      'The server is shutting down; or its disk is almost full (`--disk-floor`) and the call would change something; or its PostgreSQL database did not take the call within seven seconds. Nothing was done.',
      'Try again in a moment, or on another node. `GET /readyz` names the state: with `disk`, the operator of the server makes space on it; with `store`, the database comes back by itself or its operator sees to it.',
    ],
    zh: [
      '服务器正在停止；或其磁盘空间即将耗尽（`--disk-floor`），而该调用会修改数据；或其 PostgreSQL 数据库在七秒内未能受理该调用。未做任何修改。',
      '稍后重试，或访问其他节点。`GET /readyz` 会指出状态：若为 `disk`，请服务器的运维人员腾出磁盘空间；若为 `store`，数据库会自行恢复，或由其运维人员处理。',
    ],
  },
  'Session.NotFound': {
    en: [
      'The call is signed with a lasting access key, which has no session to end.',
      'Sign with the temporary keys (`STS.…`) of the session.',
    ],
    zh: ['请求使用长期访问密钥签名，没有可结束的会话。', '使用会话的临时密钥（`STS.…`）签名。'],
  },
  'Session.OfSession': {
    en: [
      'The call is signed with temporary keys. Only a lasting access key begins a console session.',
      'Sign with the access key, or log on to the console again.',
    ],
    zh: ['请求使用临时密钥签名，只有长期访问密钥可以创建控制台会话。', '使用访问密钥签名，或重新登录控制台。'],
  },
  SignatureDoesNotMatch: {
    en: [
      'The server computed another signature: a wrong secret, or a parameter or header that changed after signing.',
      'Check the secret; compare your string to sign with the one in the message.',
    ],
    zh: [
      '服务端计算出的签名不同：密钥错误，或签名后参数、请求头被改动。',
      '检查 AccessKeySecret；将本地待签名字符串与错误消息中的对比。',
    ],
  },
  SignatureNonceUsed: {
    en: [
      'A request with this nonce was received before. A repeated request needs a nonce of its own.',
      'Sign again with a fresh random nonce.',
    ],
    zh: ['该随机数已被使用过。重试的请求也需要新的随机数。', '使用新的随机数重新签名。'],
  },
  'SizeLimitExceeded.ResourceId': {
    en: ['The request has more ids than are allowed.', 'Send fewer.'],
    zh: ['资源 ID 个数超过上限。', '减少 ID。'],
  },
  'SizeLimitExceeded.TagNum': {
    en: ['The filter has more than 20 tags.', 'Send fewer.'],
    zh: ['标签超过 20 个。', '减少标签。'],
  },
  SmartAGAlreadyAssociateAcl: {
    en: ['The instance has this access control list already.', 'Nothing is left to do.'],
    zh: ['实例已关联该访问控制列表。', '无需重复操作。'],
  },
  SmartAGAlreadyAssociateQos: {
    en: ['The instance has this QoS already.', 'Nothing is left to do.'],
    zh: ['实例已关联该 QoS 策略。', '无需重复操作。'],
  },
  SmartAGNotAssociateAcl: {
    en: [
      'The instance has not this access control list: it has none, or another one.',
      'DescribeSmartAccessGatewayAttribute shows which it has.',
    ],
    zh: ['实例未关联该访问控制列表：没有关联，或关联了其他列表。', '用 DescribeSmartAccessGatewayAttribute 查看。'],
  },
  SmartAGNotAssociateQos: {
    en: [
      'The instance has not this QoS: it has none, has another one, or is not there.',
      'DescribeQoses shows which instances have which.',
    ],
    zh: ['实例未关联该 QoS 策略：没有关联、关联了其他策略，或实例不存在。', '用 DescribeQoses 查看各策略关联的实例。'],
  },
  'SNAT.AmountLimit': {
    en: ['The instance has as many SNAT entries as it may have.', 'Delete one with DeleteSnatEntry.'],
    zh: ['SNAT 条目数已达上限。', '用 DeleteSnatEntry 删除一条。'],
  },
  'SNAT.CidrConfigExist': {
    en: [
      'The source overlaps that of another entry of the instance.',
      'Delete that one first (DescribeSnatEntries), or choose another source.',
    ],
    zh: ['源网段与该实例的其他条目重叠。', '先删除该条目（见 DescribeSnatEntries），或更换源网段。'],
  },
  'SNAT.SnatDnatIpConflict': {
    en: ['A DNAT entry uses the address.', 'Choose another one.'],
    zh: ['该地址已被 DNAT 条目使用。', '换一个地址。'],
  },
  Throttling: {
    en: [
      'More calls come from this address than the server takes, or it keeps as many used nonces as it may. The call was not run.',
      'Wait as long as `x-acs-retry-after` says (milliseconds), then send it again. The operator can raise `--source-calls` and `--most-nonces`.',
    ],
    zh: [
      '来自该地址的请求超过服务端允许的速率，或已用随机数达到保留上限。请求未执行。',
      '按 `x-acs-retry-after`（毫秒）等待后重新发送。运维人员可调高 `--source-calls` 与 `--most-nonces`。',
    ],
  },
  'Throttling.User': {
    en: [
      'This user, with all its keys and sessions, calls more often than the server takes. The call was not run.',
      'Wait as long as `x-acs-retry-after` says (milliseconds), then send it again. The operator can raise `--user-calls`.',
    ],
    zh: [
      '该用户（含其全部密钥与会话）的请求超过服务端允许的速率。请求未执行。',
      '按 `x-acs-retry-after`（毫秒）等待后重新发送。运维人员可调高 `--user-calls`。',
    ],
  },
  TunnelIdDistributeError: {
    en: ['No tunnel number could be given out.', 'Try again; look for the `RequestId` in the server’s log.'],
    zh: ['隧道编号分配失败。', '重试；在服务端日志中按 `RequestId` 查找。'],
  },
  TunnelIdNotEnough: {
    en: ['The number space of the tunnels is used up.', 'Unbind instances that are not needed.'],
    zh: ['隧道编号已用尽。', '解绑不再需要的实例。'],
  },
} as const satisfies Explanations<'S' | 'T'>
