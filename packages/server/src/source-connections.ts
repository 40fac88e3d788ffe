import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { sourceOf, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'

/** A fifth of the connections of a listener: more than the gateways and people behind one address need. */
const defaultSourceConnections = 10_000

/** Milliseconds without a refused connection after which the next one is news again. */
const quietMs = 60_000

/** `source`: one address holds as many as it may. `all`: the listener does. */
type Reason = 'source' | 'all'

const said: Readonly<Record<Reason, string>> = {
  source: 'one address holds as many connections as it may: more from there are closed',
  all: 'the server holds as many connections as it may: more are closed',
}

/** How many connections each source holds, so that none can take all that there are. */
export interface SourceConnections {
  /** Counts a connection until it closes. False: its source holds as many as it may, and it is not counted. */
  admit(socket: Socket, address: string | undefined): boolean
  /** Counts the connections that a listener closes because it holds as many as it may itself. */
  watch(server: Server): void
  /** Connections that were closed since the start. */
  refused(): readonly { readonly reason: Reason; readonly count: number }[]
  close(): Promise<void>
}

interface Told {
  readonly timers: Pick<Timers, 'after'>
  readonly logger: Logger
}

/** One log line when connections begin to be refused, and one when they no longer are, however many they were. */
function createRefusals(reason: Reason, { timers, logger }: Told) {
  let count = 0
  let state: { readonly before: number; seen: number; cancel: () => void } | undefined

  function look(): void {
    if (state === undefined) return
    if (count === state.seen) {
      logger.info({ reason, refused: count - state.before }, 'no connection was closed for a minute')
      state = undefined
      return
    }
    state.seen = count
    state.cancel = timers.after(quietMs, look)
  }

  return {
    count: () => count,
    add(address: string | undefined): void {
      count++
      if (state !== undefined) return
      logger.warn({ reason, source: sourceOf(address) }, said[reason])
      state = { before: count - 1, seen: count, cancel: timers.after(quietMs, look) }
    },
    stop: () => state?.cancel(),
  }
}

/** @param most connections of one source at once */
export function createSourceConnections(most = defaultSourceConnections, told: Told): SourceConnections {
  // No more entries than the listener has connections.
  const held = new Map<string, number>()
  const bySource = createRefusals('source', told)
  const byAll = createRefusals('all', told)

  function leave(source: string): void {
    const count = held.get(source) ?? 0
    if (count > 1) held.set(source, count - 1)
    else held.delete(source)
  }

  return {
    admit(socket, address) {
      const source = sourceOf(address)
      const count = held.get(source) ?? 0
      if (count >= most) {
        bySource.add(address)
        return false
      }
      held.set(source, count + 1)
      socket.once('close', () => leave(source))
      return true
    },
    watch(server) {
      server.on('drop', (dropped) => byAll.add(dropped?.remoteAddress))
    },
    refused: () => [
      { reason: 'source', count: bySource.count() },
      { reason: 'all', count: byAll.count() },
    ],
    async close() {
      bySource.stop()
      byAll.stop()
    },
  }
}

/** Closes connections of a source that holds as many as it may, where every client has connections of its own. */
export function limitSources(server: Server, connections: SourceConnections): void {
  server.on('connection', (socket: Socket) => {
    // Who is gone already has no address, and its end may have been told before anybody listened.
    if (!socket.destroyed && !connections.admit(socket, socket.remoteAddress)) socket.destroy()
  })
}
