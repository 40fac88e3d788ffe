import { numberToIpv4 } from '@opensag/rules'
import { tunnelBandwidth } from '../model/client-user.ts'
import type { TunnelUsers } from '../model/tunnel-users.ts'
import { servingPop } from '../store/pops/apps.ts'
import { endSession, sessionById, sessionsOfPop, touchSessions } from '../store/remote-users/client-sessions.ts'
import { countSessions } from '../store/remote-users/user-traffic.ts'
import { createRepositories } from '../store/repositories.ts'
import type { RemoteAccessContext } from './context.ts'
import type { Logons } from './logon.ts'
import { LogonRefusal, type RefusalCode } from './refusals.ts'
import { parseTunnelLogon } from './requests.ts'
import { reasonsToEnd } from './sessions.ts'

/** Users whose tunnels points of presence end: the rules of a logon, its throttling and its audit, asked for by another way. */
export function createTunnelUsers(context: RemoteAccessContext, logons: Logons): TunnelUsers {
  const { store, logger, wallClock, businessClock } = context

  const look: TunnelUsers['look'] = (pop, id) =>
    store.read(async (db) => {
      const session = await sessionById(db, id)
      if (session?.pop !== pop) return undefined
      if ((await reasonsToEnd(db, [session], businessClock())).size > 0) return undefined
      const user = await createRepositories(db).remoteUsers.user(session.instanceId, session.userName)
      return user && { bandwidth: tunnelBandwidth(user) }
    })

  return {
    async logOn(pop, logon) {
      try {
        const { instanceId, source } = logon
        // Any gateway could ask, whose box may be anybody's.
        const serving = await store.read(servingPop)
        if (serving?.serial !== pop) return { refused: 'LogonFailed' satisfies RefusalCode }
        const { session } = await logons.logOn(parseTunnelLogon(logon), source, pop)
        logger.info({ instanceId, sessionId: session.id, pop }, 'a remote user logged on')
        const now = await look(pop, session.id)
        // Ended in this moment.
        if (now === undefined) return { refused: 'SessionEnded' satisfies RefusalCode }
        const online = { session: session.id, address: numberToIpv4(session.address), ...now }
        return { online, replaced: session.replaced }
      } catch (error) {
        if (error instanceof LogonRefusal) return { refused: error.code }
        logger.error({ err: error, pop }, 'a logon by a tunnel failed')
        return { refused: 'InternalError' satisfies RefusalCode }
      }
    },

    async alive(pop, ids, bytes = []) {
      const [seenAt, now] = [wallClock(), businessClock()]
      return store.write(async (tx) => {
        // Also of those that end here.
        await countSessions(tx, pop, new Map(ids.map((id, index) => [id, bytes[index] ?? 0])), now)
        const sessions = await sessionsOfPop(tx, pop, ids)
        const reasons = await reasonsToEnd(tx, sessions, now)
        const alive: string[] = []
        for (const session of sessions) {
          const reason = reasons.get(session.id)
          if (reason === undefined) alive.push(session.id)
          else await endSession(tx, session, reason, now)
        }
        await touchSessions(tx, alive, seenAt)
        const going = new Set(alive)
        return ids.filter((id) => !going.has(id))
      })
    },

    async logOff(pop, id, bytes = 0) {
      await store.write(async (tx) => {
        await countSessions(tx, pop, new Map([[id, bytes]]), businessClock())
        const session = await sessionById(tx, id)
        if (session?.pop === pop) await endSession(tx, session, 'LoggedOff', businessClock())
      })
    },

    look,
  }
}
