import type { Secret } from '@opensag/protocol'

/** How a session is kept: its key's secret and its token, shown once. */
export interface SessionCredentials {
  readonly accessKeyId: string
  readonly accessKeySecret: Secret
  readonly securityToken: Secret
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}
