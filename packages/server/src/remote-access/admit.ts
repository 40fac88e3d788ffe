import type { Cidr } from '@opensag/rules'
import { clientRanges } from '../model/address-pool.ts'
import { isClientAddress } from '../model/client-user.ts'
import { endOf, obstacleOf, type SessionEnd } from '../model/logon.ts'
import {
  type ClientSession,
  endSession,
  recordConnection,
  sessionAt,
  sessionOfUser,
  silentSessions,
  startSession,
} from '../store/remote-users/client-sessions.ts'
import { lowestFreeAddress } from '../store/remote-users/free-address.ts'
import { createRepositories } from '../store/repositories.ts'
import type { Writer } from '../store/store.ts'
import type { RefusalCode } from './refusals.ts'

/** Somebody who knew the password a moment ago. */
export interface Claim {
  readonly instanceId: string
  readonly userName: string
  /** The hash that the password opened. */
  readonly passwordHash: string
  readonly terminal: string
  readonly source: string
  /** The point of presence that asks for it; absent: it gets no tunnel. */
  readonly pop?: string | undefined
  readonly sessionId: string
  readonly tokenHash: string
  /** Of the business clock. */
  readonly now: number
  /** Of the wall clock: now, and since when a session must have been silent to be nobody's. */
  readonly seenAt: number
  readonly silentAt: number
}

export interface Admitted extends ClientSession {
  /** The session of the account that has ended for this one. */
  readonly replaced?: string
}

/**
 * Gives the account a session and an address, or tells why not. One unit of work, whose refusals are kept in the audit
 * and so are answers and not failures.
 */
export async function admit(tx: Writer, claim: Claim): Promise<Admitted | RefusalCode> {
  const { instanceId, userName, terminal, source } = claim
  const { fleet, remoteUsers, addresses } = createRepositories(tx)
  const instance = await fleet.instanceById(instanceId)
  const user = await remoteUsers.user(instanceId, userName)
  const passwordHash = await remoteUsers.passwordHash(instanceId, userName)
  const refuse = async (code: RefusalCode): Promise<RefusalCode> => {
    const record = { instanceId, userName, event: 'refused', at: claim.now, terminal, source, detail: code } as const
    await recordConnection(tx, record)
    return code
  }
  // The password may have been changed, or the account deleted, while it was being checked.
  if (instance?.kind !== 'app' || user === undefined || passwordHash !== claim.passwordHash)
    return refuse('LogonFailed')
  const obstacle = obstacleOf(user, instance, claim.now)
  if (obstacle !== undefined) return refuse(obstacle)

  const pool = await addresses.cidrs(instanceId)
  const old = await sessionOfUser(tx, instanceId, userName)
  if (old !== undefined) {
    const over =
      isSilent(old, claim) ?? endOf({ user, instance, pool, address: old.address }, claim.now) ?? isReplaced(old, claim)
    if (over === undefined) return refuse('SessionExists')
    await endSession(tx, old, over, claim.now)
  }
  const address =
    user.clientIp === undefined
      ? await freeAddress(tx, pool, claim)
      : await fixedAddress(tx, pool, user.clientIp, claim)
  if (typeof address === 'string') return refuse(address)

  const session: ClientSession = {
    id: claim.sessionId,
    instanceId,
    userName,
    address,
    onlineAt: claim.now,
    lastSeenAt: claim.seenAt,
    terminal,
    source,
    pop: claim.pop,
  }
  await startSession(tx, session, claim.tokenHash)
  return old === undefined ? session : { ...session, replaced: old.id }
}

/** A client that lost its tunnel comes back before anybody knows that the old one is dead. */
function isReplaced({ pop }: ClientSession, claim: Claim): SessionEnd | undefined {
  return pop !== undefined && pop === claim.pop ? 'Replaced' : undefined
}

function isSilent({ lastSeenAt }: ClientSession, { silentAt }: Claim): SessionEnd | undefined {
  return lastSeenAt <= silentAt ? 'Silent' : undefined
}

async function fixedAddress(
  tx: Writer,
  pool: readonly Cidr[],
  address: number,
  claim: Claim,
): Promise<number | 'AddressNotInPool' | 'AddressInUse'> {
  if (!isClientAddress(pool, address)) return 'AddressNotInPool'
  const holder = await sessionAt(tx, claim.instanceId, address)
  if (holder === undefined) return address
  if (isSilent(holder, claim) === undefined) return 'AddressInUse'
  await endSession(tx, holder, 'Silent', claim.now)
  return address
}

async function freeAddress(tx: Writer, pool: readonly Cidr[], claim: Claim): Promise<number | 'PoolExhausted'> {
  const { instanceId, silentAt, now } = claim
  const look = async (): Promise<number | undefined> => {
    for (const range of clientRanges(pool)) {
      const free = await lowestFreeAddress(tx, instanceId, range)
      if (free !== undefined) return free
    }
    return undefined
  }
  const free = await look()
  if (free !== undefined) return free
  // Sessions nobody keeps are swept out in time anyway; somebody needs their addresses now.
  const silent = await silentSessions(tx, { seenAt: silentAt, instanceId, most: mostReclaimed })
  for (const session of silent) await endSession(tx, session, 'Silent', now)
  return (silent.length === 0 ? undefined : await look()) ?? 'PoolExhausted'
}

const mostReclaimed = 100
