import type { Credential } from '../access/credential-source.ts'
import { gatewayError } from './gateway-errors.ts'

/** Tokens are opaque, up to a few kilobytes of printable ASCII. */
const tokenForm = /^[\x20-\x7e]{1,8192}$/

/** @throws Refusal when a session's token is missing, malformed, of another session, or expired. */
export function checkSecurityToken(credential: Credential, token: string | undefined, now: number): void {
  if (token === undefined) {
    if (credential.isToken === undefined && !credential.accessKeyId.startsWith('STS.')) return
    throw gatewayError('MissingSecurityToken')
  }
  if (!tokenForm.test(token)) throw gatewayError('InvalidSecurityToken.Malformed')
  if (credential.isToken?.(token) !== true) {
    throw gatewayError('InvalidSecurityToken.MismatchWithAccessKey')
  }
  if (credential.expiresAt !== undefined && credential.expiresAt <= now) {
    throw gatewayError('InvalidSecurityToken.Expired')
  }
}
