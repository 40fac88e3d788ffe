import { formatUtc } from '../../model/utc-time.ts'
import type { SessionCredentials } from '../../store/access/session-credentials.ts'

/** The only time they are shown. */
export function shownCredentials(credentials: SessionCredentials): {
  readonly AccessKeyId: string
  readonly AccessKeySecret: string
  readonly SecurityToken: string
  readonly Expiration: string
} {
  return {
    AccessKeyId: credentials.accessKeyId,
    AccessKeySecret: credentials.accessKeySecret.reveal(),
    SecurityToken: credentials.securityToken.reveal(),
    Expiration: formatUtc(credentials.expiresAt),
  }
}
