/** An answer that came, reduced to what decides. */
export interface Answer {
  readonly status: number
  /** `Code` of the body; undefined when there was none, or the body was none of the API. */
  readonly code: string | undefined
  /** `Success` of the body, which UpdateSmartAccessGatewayAdminPassword has. */
  readonly success?: boolean | undefined
  /** Every answer of the API has one; what has none was said by something on the way. */
  readonly requestId: string | undefined
}

/**
 * - `changed`: the gateway has the new password.
 * - `again`: it was not tried; later it may work.
 * - `offline`: it was not changed, because the gateway cannot be reached.
 * - `refused`: it was not changed, and asking again will not help.
 * - `unclear`: the answer does not say whether it was changed.
 * - `halt`: no call of this key can work at present; nothing was changed, and asking for other gateways is useless.
 */
export type Meaning = 'changed' | 'again' | 'offline' | 'refused' | 'unclear' | 'halt'

/** What clients take for success in `Code` (wire-level behaviour of pop-core and Terraform). */
const successCodes = /^(200|0|ok|success)$/i
const throttled = /throttling|flowcontrol/i
/** S: texts "is being used, try later" and the codes published clients repeat on. */
const busy = /^(ResourceInOperating|ResourceConfiguring|ConfigSynchronizing|Operation\.Blocking|TaskConflict)$/
const offline = /^(SmartAccessGatewayOffline|SmartAccessGatewayNotOnline)$/
/** What is wrong with the key, the clock or the address, not with a gateway. */
const keyless =
  /^(InvalidAccessKeyId|Forbidden\.AccessKey|IncompleteSignature$|SignatureDoesNotMatch$|InvalidSignature)/
const untimely = /^(InvalidTimeStamp|IllegalTimestamp)/i
const tokenless = /SecurityToken/
const astray = /^(InvalidVersion|NoSuchVersion|InvalidAction\.NotFound|InvalidApi\.NotFound|InvalidProduct\.NotFound)$/
/** A nonce of ours can be used already only when something on the way sent the call twice; the first may have worked. */
export const replayed = 'SignatureNonceUsed'
/** Documented with 403 as well as 500. */
const internal = /^(InternalError|UnknownError|InnerServiceFailed|ServiceUnavailable)$/

export function meaningOf({ status, code, success, requestId }: Answer): Meaning {
  const saysYes = code === undefined || successCodes.test(code)
  if (saysYes && requestId !== undefined && status >= 200 && status < 300) {
    return success === false ? 'unclear' : 'changed'
  }
  if (code === undefined) return withoutCode(status)
  if (throttled.test(code) || busy.test(code)) return 'again'
  if (offline.test(code)) return 'offline'
  if (keyless.test(code) || untimely.test(code) || tokenless.test(code) || astray.test(code)) return 'halt'
  if (code === replayed || internal.test(code) || status >= 500) return 'unclear'
  return 'refused'
}

/** Something on the way answered, not the API. */
function withoutCode(status: number): Meaning {
  if (status === 429) return 'again'
  // A redirection: the endpoint is at another address, or is asked without TLS.
  if (status === 401 || status === 407 || (status >= 300 && status < 400)) return 'halt'
  return status >= 400 && status < 500 && status !== 408 ? 'refused' : 'unclear'
}
