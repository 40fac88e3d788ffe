import { createRam } from '../../store/access/ram.ts'
import type { SessionCredentials } from '../../store/access/session-credentials.ts'
import type { RamUser } from '../../store/access/users.ts'
import type { AuditEntry } from '../../store/audit/audit.ts'
import { detailsText } from '../../store/audit/details.ts'
import type { Writer } from '../../store/store.ts'
import { addConsoleSession } from '../console-session.ts'
import { type ConsoleLogonContext, hour, type LogonSource, type Occasion, signin } from '../logon.ts'
import { ConsoleLogonRefusal, type RefusalCode } from '../refusals.ts'
import type { SingleSignOnOptions } from './options.ts'
import { decide } from './people.ts'
import type { ProvenIdentity } from './rules.ts'

/** Where somebody comes from. */
export type Visitor = Pick<LogonSource, 'address' | 'userAgent'>

/**
 * Begins a session of the user that a proven identity is, and binds the two at the first logon. It decides twice: before, to
 * know whom the audit is about, and in the unit of work, which sees what changed since.
 */
export function createAdmission(context: ConsoleLogonContext & { readonly options: SingleSignOnOptions }) {
  const { store, options, wallClock, noteFailure } = context

  return async (identity: ProvenIdentity, visitor: Visitor): Promise<SessionCredentials> => {
    const found = await store.read((db) => decide(db, options, identity, visitor.address))
    if (!('refusal' in found)) return begin(context, found.user, identity, visitor)
    const { refusal, user } = found
    if (user === undefined) noteFailure({ action: 'ConsoleSignin', reason: refusal, source: visitor.address })
    else await store.record(entry(user, identity, { at: wallClock(), ...visitor, accessKeyId: '' }, refusal))
    throw new ConsoleLogonRefusal(refusal)
  }
}

async function begin(
  {
    store,
    sealer,
    wallClock,
    newCredentials,
    options,
  }: ConsoleLogonContext & { readonly options: SingleSignOnOptions },
  { id, name, accountId }: RamUser,
  identity: ProvenIdentity,
  visitor: Visitor,
): Promise<SessionCredentials> {
  const { address } = visitor
  const at = wallClock()
  const keys = newCredentials()
  const unit = async (tx: Writer): Promise<SessionCredentials> => {
    const found = await decide(tx, options, identity, address)
    if ('refusal' in found) throw new ConsoleLogonRefusal(found.refusal)
    const { user, profile, preference } = found
    if (user.id !== id) throw new ConsoleLogonRefusal('SingleSignOnUserUnknown')
    const credentials = { ...keys, expiresAt: at + preference.loginSessionHours * hour }
    const ram = createRam(tx)
    if (!(await ram.identities.bind(user, identity, at))) throw new ConsoleLogonRefusal('SingleSignOnOtherIdentity')
    await addConsoleSession(tx, sealer, {
      ...{ credentials, user: { id, name, accountId }, from: visitor, at },
      // It ends with the login profile, as one of a password does.
      passwordHash: profile.passwordHash,
      mfaPresent: identity.usedSecondFactor,
      logonMethod: 'SingleSignOn',
    })
    return credentials
  }
  return store.writeAudited(unit, (outcome) => {
    const refusal = 'error' in outcome ? codeOf(outcome.error) : undefined
    return entry({ id, name, accountId }, identity, { at, address, accessKeyId: keys.accessKeyId }, refusal)
  })
}

function codeOf(error: unknown): RefusalCode {
  return error instanceof ConsoleLogonRefusal ? error.code : 'InternalError'
}

/** A logon in the words of the audit trail, which also says that it was this one. */
function entry(
  user: Pick<RamUser, 'id' | 'name' | 'accountId'>,
  { issuer, subject }: ProvenIdentity,
  occasion: Occasion,
  refusal: RefusalCode | undefined,
): AuditEntry {
  const parameters = { LogonMethod: 'SingleSignOn', Issuer: issuer, Subject: subject }
  return { ...signin({ user }, occasion, refusal), details: detailsText({ things: [], changes: [], parameters }) }
}
