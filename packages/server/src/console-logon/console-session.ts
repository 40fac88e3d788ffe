import { boundedSource } from '../access/audit-facts.ts'
import { browserFamily } from '../access/browser-family.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { createRam } from '../store/access/ram.ts'
import type { SessionCredentials } from '../store/access/session-credentials.ts'
import { type NewSession, profileTag, StsSessions } from '../store/access/sts-sessions.ts'
import type { RamUser } from '../store/access/users.ts'
import type { Writer } from '../store/store.ts'

export interface ConsoleSession extends Pick<NewSession, 'mfaPresent' | 'logonMethod'> {
  readonly credentials: SessionCredentials
  readonly user: Pick<RamUser, 'id' | 'name' | 'accountId'>
  /** With it the session ends. */
  readonly passwordHash: string
  readonly from: { readonly address: string | undefined; readonly userAgent?: string | undefined }
  readonly at: number
}

/** Begins the session of a user who has logged on, however that was proved. */
export async function addConsoleSession(
  tx: Writer,
  sealer: Sealer,
  { user, passwordHash, from, at, ...session }: ConsoleSession,
): Promise<void> {
  await createRam(tx).users.setLastLogin(user.id, at)
  await new StsSessions(tx, sealer).add({
    ...session,
    accountId: user.accountId,
    basis: { userId: user.id, profileTag: profileTag(passwordHash) },
    begunBy: `acs:ram::${user.accountId}:user/${user.name}`,
    from: { source: boundedSource(from.address), browser: browserFamily(from.userAgent) },
    createdAt: at,
  })
}
