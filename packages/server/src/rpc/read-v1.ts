import { Refusal } from '../declare/errors.ts'
import type { RawParams } from '../declare/params.ts'
import { gatewayError, gatewayErrors, invalid, missing } from './gateway-errors.ts'
import { stringToSignV1, verifyV1 } from './signature-v1.ts'
import type { SignedRequest } from './signed-request.ts'

/** @throws Refusal `Missing{Name}` for the first common parameter that is absent or empty. */
export function readV1(method: string, params: RawParams): SignedRequest {
  const accessKeyId = required(params, 'AccessKeyId')
  const signature = required(params, 'Signature')
  const signatureMethod = required(params, 'SignatureMethod')
  const signatureVersion = required(params, 'SignatureVersion')
  const nonce = required(params, 'SignatureNonce')
  const timestamp = required(params, 'Timestamp')
  return {
    accessKeyId,
    timestamp,
    nonce,
    securityToken: params.get('SecurityToken') || undefined,
    checkMethod(keys) {
      if (signatureMethod !== 'HMAC-SHA1' || keys.kind !== 'secret') throw gatewayError('InvalidSignatureMethod')
      if (signatureVersion !== '1.0') throw invalid('SignatureVersion')
      if (params.get('SignatureType')) throw invalid('SignatureType')
    },
    verify(keys) {
      const isRight = keys.kind === 'secret' && verifyV1(keys, method, params, signature)
      // Only who gets it quoted has his secrets made a text.
      return isRight ? undefined : mismatch(stringToSignV1(method, params))
    },
  }
}

function required(params: RawParams, name: string): string {
  const value = params.get(name)
  if (!value) throw missing(name)
  return value
}

/** Clients compare what follows the only colon with their own text, to tell a wrong secret from a bug of their own. */
function mismatch(stringToSign: string): Refusal {
  const [status, message] = gatewayErrors.SignatureDoesNotMatch
  const echo = `${message} server string to sign is:${stringToSign}`
  return new Refusal(status, 'SignatureDoesNotMatch', echo)
}
