import { type ErrorTable, Refusal } from '../declare/errors.ts'

/**
 * The errors that the front door itself answers, for every operation. Status and text as real gateways send them where
 * that is known; those marked "ours" have no published text or no published code.
 */
export const gatewayErrors = {
  // Reading the request.
  InvalidRequest: [400, 'The request is not a valid HTTP request.', '请求不是合法的 HTTP 请求。'], // ours
  RequestTimeout: [408, 'The request was not received in time.', '未在规定时间内收到完整的请求。'], // ours
  RequestBodyTooLarge: [413, 'The request body is too large.', '请求体过大。'], // code and text ours
  RequestQueryTooLong: [414, 'The query string of the request is too long.', '请求的查询字符串过长。'], // ours
  RequestHeaderTooLarge: [431, 'The header of the request is too large.', '请求头过大。'], // ours
  UnsupportedHTTPMethod: [400, 'This http method is not supported.', '不支持该 HTTP 方法。'],
  'InvalidParameter.Encoding': [400, 'Specified parameter encoding is not valid.', '参数的编码不合法。'], // ours
  'InvalidParameter.Body': [400, 'Specified parameter body is not valid.', '请求体不合法。'], // ours
  'InvalidParameter.Duplicate': [
    400,
    'A parameter is specified more than once with different values.',
    '同一参数被多次指定且取值不同。',
  ], // ours
  'InvalidParameter.TooMany': [400, 'The request has too many parameters.', '请求的参数过多。'], // ours
  'InvalidParameter.Format': [400, 'Specified parameter format is not valid.', 'Format 参数不合法。'],

  // Which operation.
  InvalidVersion: [400, 'Specified parameter Version is not valid.', 'Version 参数不合法。'],
  'InvalidAction.NotFound': [
    404,
    'Specified api is not found, please check your url and method.',
    '指定的 API 不存在，请检查 URL 和方法。',
  ],

  // Who signed it.
  'InvalidAccessKeyId.NotFound': [404, 'Specified access key is not found.', '指定的 AccessKey 不存在。'],
  'InvalidAccessKeyId.Inactive': [400, 'Specified access key is disabled.', '指定的 AccessKey 已被禁用。'],
  'InvalidTimeStamp.Format': [
    400,
    'Specified time stamp or date value is not well formatted.',
    '指定的时间戳或日期格式不正确。',
  ],
  'InvalidTimeStamp.Expired': [400, 'Specified time stamp or date value is expired.', '指定的时间戳或日期已过期。'],
  InvalidSignatureMethod: [400, 'Specified signature method is not valid.', '指定的签名方法不合法。'],
  IncompleteSignature: [
    400,
    'The request signature does not conform to Aliyun standards.',
    '请求签名不符合阿里云规范。',
  ],
  SignatureDoesNotMatch: [
    400,
    'Specified signature is not matched with our calculation.',
    '指定的签名与服务端计算的签名不一致。',
  ],
  SignatureNonceUsed: [400, 'Specified signature nonce was used already.', '指定的签名随机数已被使用。'],
  MissingSecurityToken: [400, 'SecurityToken is mandatory for this action.', '缺少必填参数 SecurityToken。'],
  'InvalidSecurityToken.Malformed': [400, 'Specified SecurityToken is malformed.', '指定的 SecurityToken 格式错误。'],
  'InvalidSecurityToken.MismatchWithAccessKey': [
    400,
    'Specified SecurityToken mismatch with the AccessKey.',
    '指定的 SecurityToken 与 AccessKey 不匹配。',
  ],
  'InvalidSecurityToken.Expired': [400, 'Specified SecurityToken is expired.', '指定的 SecurityToken 已过期。'],

  // Whether and how it is run.
  'Throttling.User': [400, 'Request was denied due to user flow control.', '该用户的请求过于频繁，已被流控。'],
  Throttling: [400, 'Request was denied due to request throttling.', '请求过于频繁，已被流控。'],
  'Forbidden.RAM': [
    403,
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    '用户无权操作指定的资源，或该 API 不支持 RAM。',
  ],
  NoPermission: [403, 'You are not authorized to do this action.', '您没有执行此操作的权限。'], // RAM and STS
  InvalidRegionID: [400, 'The specified regionId does not exist.', '指定的地域不存在。'],
  InternalError: [500, 'The request processing has failed due to some unknown error.', '由于未知错误，请求处理失败。'],
  ServiceUnavailable: [
    503,
    'The request has failed due to a temporary failure of the server.',
    '服务器暂时不可用，请求失败。',
  ],
} as const satisfies ErrorTable

/** Two families with the parameter's name in the code. They apply where the operation's table has nothing of the kind. */
export const gatewayErrorPatterns = {
  'Missing{Name}': [400, '{Name} is mandatory for this action.', '缺少必填参数 {Name}。'],
  'Invalid{Name}': [400, 'Specified parameter {Name} is not valid.', '参数 {Name} 不合法。'],
} as const satisfies ErrorTable

export type GatewayCode = keyof typeof gatewayErrors

/** The codes that any operation may answer. */
export const doorCodes: ReadonlySet<string> = new Set(Object.keys(gatewayErrors))

export function gatewayError(code: GatewayCode): Refusal {
  const [status, message] = gatewayErrors[code]
  return new Refusal(status, code, message)
}

/** Not run, and its nonce not used up: the caller may come again later. */
export class Throttled extends Refusal {
  /** Milliseconds. */
  readonly retryAfterMs: number

  constructor(code: 'Throttling.User' | 'Throttling', retryAfterMs: number) {
    const [status, message] = gatewayErrors[code]
    super(status, code, message)
    this.retryAfterMs = retryAfterMs
  }
}

export function missing(name: string): Refusal {
  return named('Missing{Name}', name)
}

export function invalid(name: string): Refusal {
  return named('Invalid{Name}', name)
}

function named(pattern: keyof typeof gatewayErrorPatterns, name: string): Refusal {
  const [status, message] = gatewayErrorPatterns[pattern]
  return new Refusal(status, pattern.replace('{Name}', name), message.replace('{Name}', name))
}
