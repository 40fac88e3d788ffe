import type { Explanation } from './explanations.ts'

/** Reading the request, signatures and keys, permission, faults: what the front door answers for every operation. */
export const wireCauses = {
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
  InternalError: {
    en: [
      'The server failed, for instance because its store could not be written. Nothing was left half done.',
      'Try again. If it stays, look for the `RequestId` in the server’s log: the cause stands beside it.',
    ],
    zh: [
      '服务端自身故障，例如存储无法写入。不会留下部分完成的修改。',
      '重试；如持续出现，在服务端日志中按 `RequestId` 查找原因。',
    ],
  },
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
  'InvalidParameter.Body': {
    en: [
      'A JSON body is no JSON object, is nested too deep, or has a value that no parameter can have.',
      'Send a JSON object or a form.',
    ],
    zh: ['JSON 请求体不是 JSON 对象、嵌套过深，或其取值无法作为参数。', '发送 JSON 对象或表单。'],
  },
  'InvalidParameter.Duplicate': {
    en: ['A parameter comes twice with different values, often in the query and in the body.', 'Send it once.'],
    zh: ['同一参数以不同的值出现两次，常见于查询字符串和请求体各传一次。', '只传一次。'],
  },
  'InvalidParameter.Encoding': {
    en: ['The text is not UTF-8, or its percent-encoding is broken.', 'Encode as UTF-8, then percent-encode once.'],
    zh: ['文本不是 UTF-8，或百分号编码不正确。', '使用 UTF-8，并且只做一次百分号编码。'],
  },
  'InvalidParameter.Format': {
    en: ['`Format` is neither `JSON` nor `XML`.', 'Send one of the two, or leave it out.'],
    zh: ['`Format` 既不是 `JSON` 也不是 `XML`。', '传入其中之一，或不传。'],
  },
  'InvalidParameter.TooMany': {
    en: ['The request has more parameters than any operation needs.', 'Send fewer, or split the call.'],
    zh: ['请求的参数个数超过上限。', '减少参数，或拆分为多次调用。'],
  },
  InvalidRegionID: {
    en: ['The region is not one of the service’s.', 'Take a `RegionId` of DescribeRegions.'],
    zh: ['该地域不在服务范围内。', '使用 DescribeRegions 返回的 `RegionId`。'],
  },
  InvalidRequest: {
    en: ['What arrived is no HTTP request.', 'Check host, port and http or https.'],
    zh: ['收到的内容不是 HTTP 请求。', '检查主机、端口以及 http/https。'],
  },
  'InvalidSecurityToken.Expired': {
    en: ['The session of the `SecurityToken` has ended.', 'Get new temporary credentials.'],
    zh: ['`SecurityToken` 对应的会话已过期。', '重新获取临时凭证。'],
  },
  'InvalidSecurityToken.Malformed': {
    en: ['The `SecurityToken` has characters no token has, or is too long.', 'Send it exactly as it was given.'],
    zh: ['`SecurityToken` 包含非法字符或过长。', '按获取时的原样传入。'],
  },
  'InvalidSecurityToken.MismatchWithAccessKey': {
    en: [
      'The `SecurityToken` belongs to another access key, or a lasting key was sent with one.',
      'Send the three parts of one set of temporary credentials, or leave the token out with a lasting key.',
    ],
    zh: [
      '`SecurityToken` 属于另一个 AccessKey，或长期 AccessKey 附带了令牌。',
      '三项临时凭证须来自同一次签发；使用长期 AccessKey 时不传令牌。',
    ],
  },
  InvalidSignatureMethod: {
    en: [
      'There is no such signature method, or it does not fit the kind of key.',
      'Use `ACS3-HMAC-SHA256`, or `HMAC-SHA1` for signatures in the query.',
    ],
    zh: ['签名方法不受支持，或与密钥类型不符。', '使用 `ACS3-HMAC-SHA256`，或查询签名使用 `HMAC-SHA1`。'],
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
  RequestBodyTooLarge: {
    en: ['The body is larger than the server reads.', 'Send fewer or shorter parameters.'],
    zh: ['请求体超过大小上限。', '减少或缩短参数。'],
  },
  RequestHeaderTooLarge: {
    en: ['Request line and headers together are too large.', 'Send the parameters in the body, by POST.'],
    zh: ['请求行与请求头总长度超过上限。', '改用 POST，将参数放入请求体。'],
  },
  RequestQueryTooLong: {
    en: ['The query string is too long.', 'Send the parameters in the body, by POST.'],
    zh: ['查询字符串过长。', '改用 POST，将参数放入请求体。'],
  },
  RequestTimeout: {
    en: ['The request did not arrive whole in time.', 'Send it again; check the network in between.'],
    zh: ['未在规定时间内收到完整请求。', '重新发送，并检查网络。'],
  },
  ServiceUnavailable: {
    en: ['The server is shutting down.', 'Try again in a moment, or on another node.'],
    zh: ['服务器正在停止。', '稍后重试，或访问其他节点。'],
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
  UnsupportedHTTPMethod: {
    en: ['The method is neither GET nor POST.', 'Use one of the two.'],
    zh: ['请求方法不是 GET 或 POST。', '改用 GET 或 POST。'],
  },
  NoPermission: {
    en: [
      'A policy does not allow the caller this operation of RAM or STS, or a role does not trust the caller.',
      'Ask the owner of the account for the action that docs/platform-operations.md gives as “Access”; a role is opened to a caller by its trust policy.',
    ],
    zh: [
      '权限策略不允许调用者执行该 RAM 或 STS 操作，或角色不信任该调用者。',
      '请账号所有者授予 docs/platform-operations.zh-CN.md 中“权限”所列的操作；角色由其信任策略决定谁可以扮演。',
    ],
  },
  'Forbidden.RAM': {
    en: [
      'A policy does not allow the caller this operation on this resource.',
      'Ask the owner of the account for the action and the resource that docs/operations.md gives as “Access”.',
    ],
    zh: [
      '权限策略不允许调用者对该资源执行此操作。',
      '请账号所有者授予 docs/operations.zh-CN.md 中“权限”所列的操作与资源。',
    ],
  },
  Forbidden: {
    en: [
      'A policy does not allow the caller this, or the resource belongs to another account that has not granted it.',
      'Use an id of your own account, or let the owner call GrantSagInstanceToCcn.',
    ],
    zh: [
      '权限策略不允许，或资源属于其他账号且未授权。',
      '使用本账号的资源 ID，或由所有者调用 GrantSagInstanceToCcn 授权。',
    ],
    in: {
      BindVbr: {
        en: [
          'The instance belongs to another account that has not granted it to this VBR, or `SmartAGUid` is missing; a grant to a CCN does not cover leased lines.',
          'Let the owner call GrantSagInstanceToVbr and send the owner’s id as `SmartAGUid`.',
        ],
        zh: [
          '实例属于其他账号且未授权给该 VBR，或未传 `SmartAGUid`；对云连接网的授权不包含专线。',
          '由所有者调用 GrantSagInstanceToVbr，并将其账号 ID 作为 `SmartAGUid` 传入。',
        ],
      },
      BindSmartAccessGateway: {
        en: [
          'The CCN is not yours, or the instance is another account’s without a grant to this CCN, or `SmartAGUid` is missing.',
          'Let the owner call GrantSagInstanceToCcn and send the owner’s id as `SmartAGUid`.',
        ],
        zh: [
          '云连接网不属于您，或实例属于其他账号且未授权给该云连接网，或未传 `SmartAGUid`。',
          '由所有者调用 GrantSagInstanceToCcn，并将其账号 ID 作为 `SmartAGUid` 传入。',
        ],
      },
    },
  },
  'Forbbiden.SubUser': {
    en: ['A user or role of the account is not allowed this.', 'Ask the owner of the account for the permission.'],
    zh: ['子用户或角色没有此权限。', '请账号所有者授权。'],
  },
  'Forbidden.SubUser': {
    en: ['A user or role of the account is not allowed this.', 'Ask the owner of the account for the permission.'],
    zh: ['子用户或角色没有此权限。', '请账号所有者授权。'],
  },
  PermissionError: {
    en: [
      'The instance was granted to a CCN of yours: you may use it in the network, not change it.',
      'Let the owner of the instance do it.',
    ],
    zh: ['该实例已授权给您的云连接网：可以在网络中使用，但不能修改。', '由实例所有者操作。'],
  },
  InnerServiceFailed: {
    en: ['A service behind the API failed.', 'Try again; look for the `RequestId` in the server’s log.'],
    zh: ['内部服务调用失败。', '重试；在服务端日志中按 `RequestId` 查找。'],
  },
  MissingParameter: {
    en: ['A parameter the operation needs was not sent.', 'Send it; docs/operations.md marks the required ones.'],
    zh: ['未传入该操作所需的参数。', '传入必填参数，见 docs/operations.zh-CN.md。'],
  },
  InvalidParameter: {
    en: [
      '`SecurityLockThreshold` is not a whole number from 0 on, or a yes-or-no parameter is neither `true` nor `false`.',
      'Correct the value.',
    ],
    zh: ['`SecurityLockThreshold` 不是大于等于 0 的整数，或布尔参数不是 `true`/`false`。', '修正取值。'],
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
  InvalidDescription: {
    en: [
      'A description has 2–256 characters, the first a letter or Chinese character, and does not start with `http://` or `https://`.',
      'Write one like that.',
    ],
    zh: ['描述为 2～256 个字符，以字母或汉字开头，不能以 `http://` 或 `https://` 开头。', '按规则填写。'],
  },
} as const satisfies Record<string, Explanation>
