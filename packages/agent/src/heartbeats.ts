import type { HeartbeatCount, Timers } from '@opensag/protocol'
import type { GatewayLink } from './connection-session.ts'

/** Says again and again that this gateway is there, and measures how long the server takes to answer. */
export interface Heartbeats {
  begin(link: Pick<GatewayLink, 'takeHeard' | 'send' | 'end'>, everyMs: number): void
  stop(): void
  /** The server has answered. */
  answered(): void
  /** Since this program began; undefined before the first answer: there are links that tell of none. */
  counted(): HeartbeatCount | undefined
}

const silentBeats = 3

export function createHeartbeats(timers: Timers): Heartbeats {
  let cancel = (): void => {}
  let sentAt: number | undefined
  let count: HeartbeatCount | undefined

  function add(lost: number, tookMs: number): void {
    const { sent, lost: before, ms } = count ?? { sent: 0, lost: 0, ms: 0 }
    count = { sent: sent + 1, lost: before + lost, ms: ms + tookMs }
    sentAt = undefined
  }

  return {
    begin(link, everyMs) {
      let silent = 0
      function once(): void {
        silent = link.takeHeard() ? 0 : silent + 1
        // Its answer would have to come before the next is due.
        if (sentAt !== undefined && count !== undefined) add(1, 0)
        if (silent >= silentBeats) link.end('Nothing was heard of the server.')
        else {
          sentAt = timers.now()
          link.send({ kind: 'beat' })
          cancel = timers.after(everyMs, once)
        }
      }
      cancel = timers.after(everyMs, once)
    },
    stop() {
      cancel()
      // Whether its answer was lost or only the connection ended nobody knows.
      sentAt = undefined
    },
    answered() {
      if (sentAt !== undefined) add(0, Math.max(0, Math.round(timers.now() - sentAt)))
    },
    counted: () => count,
  }
}
