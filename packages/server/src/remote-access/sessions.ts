import type { Secret } from '@opensag/protocol'
import { endOf, type SessionEnd } from '../model/logon.ts'
import {
  type ClientSession,
  endSession,
  sessionOfToken,
  silentSessions,
  touchSession,
} from '../store/remote-users/client-sessions.ts'
import { usersNamed } from '../store/remote-users/remote-users.ts'
import { createRepositories } from '../store/repositories.ts'
import type { Reader, Store } from '../store/store.ts'
import type { RemoteAccessContext } from './context.ts'
import { LogonRefusal } from './refusals.ts'
import { hashOfToken } from './tokens.ts'

/** The session a token opens. @throws LogonRefusal when there is none, or it may not go on */
export async function showSession(context: RemoteAccessContext, token: Secret | undefined): Promise<ClientSession> {
  if (token === undefined) throw new LogonRefusal('SessionEnded')
  const now = context.businessClock()
  const found = await context.store.read(async (db) => {
    const session = await sessionOfToken(db, hashOfToken(token))
    return session !== undefined && (await reasonsToEnd(db, [session], now)).size === 0 ? session : undefined
  })
  if (found === undefined) throw new LogonRefusal('SessionEnded')
  return found
}

/** A sign of life. A session that may not go on ends here. @throws LogonRefusal */
export function keepSession(context: RemoteAccessContext, token: Secret | undefined): Promise<ClientSession> {
  const seenAt = context.wallClock()
  const now = context.businessClock()
  return withSession(context, token, async (tx, session) => {
    const reason = (await reasonsToEnd(tx, [session], now)).get(session.id)
    if (reason === undefined) {
      await touchSession(tx, session.id, seenAt)
      return true
    }
    await endSession(tx, session, reason, now)
    return false
  })
}

/** The user goes. @throws LogonRefusal */
export async function logOff(context: RemoteAccessContext, token: Secret | undefined): Promise<void> {
  const now = context.businessClock()
  await withSession(context, token, async (tx, session) => {
    await endSession(tx, session, 'LoggedOff', now)
    return true
  })
}

/** Looks before it writes: a token that opens nothing costs no place in a commit. */
async function withSession(
  { store }: RemoteAccessContext,
  token: Secret | undefined,
  work: (tx: Parameters<typeof endSession>[0], session: ClientSession) => Promise<boolean>,
): Promise<ClientSession> {
  if (token === undefined) throw new LogonRefusal('SessionEnded')
  const tokenHash = hashOfToken(token)
  const known = await store.read((db) => sessionOfToken(db, tokenHash))
  const kept =
    known !== undefined &&
    (await store.write(async (tx) => {
      const session = await sessionOfToken(tx, tokenHash)
      return session === undefined ? false : (await work(tx, session)) && session
    }))
  if (!kept) throw new LogonRefusal('SessionEnded')
  return kept
}

/** Why sessions may not go on, by their ids; one that may is not in it. */
export async function reasonsToEnd(
  db: Reader,
  sessions: readonly ClientSession[],
  now: number,
): Promise<ReadonlyMap<string, SessionEnd>> {
  const { fleet, addresses } = createRepositories(db)
  const reasons = new Map<string, SessionEnd>()
  for (const instanceId of new Set(sessions.map((session) => session.instanceId))) {
    const own = sessions.filter((session) => session.instanceId === instanceId)
    const instance = await fleet.instanceById(instanceId)
    const users = await usersNamed(
      db,
      instanceId,
      own.map(({ userName }) => userName),
    )
    const pool = await addresses.cidrs(instanceId)
    for (const { id, userName, address } of own) {
      const ground = instance && { user: users.get(userName), instance, pool, address }
      const reason = ground === undefined ? 'UserDeleted' : endOf(ground, now)
      if (reason !== undefined) reasons.set(id, reason)
    }
  }
  return reasons
}

const mostSwept = 200

/** Ends the sessions last seen at `seenAt` of the wall clock or before, a bounded number at a time; returns how many. */
export async function sweepSessions(store: Store, seenAt: number, now: number): Promise<number> {
  const silent = await store.read((db) => silentSessions(db, { seenAt, most: 1 }))
  if (silent.length === 0) return 0
  return store.write(async (tx) => {
    const sessions = await silentSessions(tx, { seenAt, most: mostSwept })
    for (const session of sessions) await endSession(tx, session, 'Silent', now)
    return sessions.length
  })
}
