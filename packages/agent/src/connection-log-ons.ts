import { type FromServer, mostSessions, type Random, type Timers } from '@opensag/protocol'
import type { GatewayLink } from './connection-session.ts'
import type { CountedSession, LogOnAnswer, LogOns, SessionNews } from './network/openvpn/log-ons.ts'

/** Brings what a point of presence asks of its remote users to the server, and the answers back. */
export interface LogOnConnection extends LogOns {
  /** There is a connection, and the server wants a sign of life that often. */
  online(link: Pick<GatewayLink, 'send'>, everyMs: number): void
  /** There is none: what is not answered will not be. */
  offline(): void
  answered(message: FromServer & { kind: 'logged-on' | 'user-ended' | 'user-bandwidth' }): void
}

export interface LogOnConnectionOptions {
  readonly random: Random
  readonly timers: Timers
}

/** Longer than any server that lives takes; OpenVPN gives its clients a minute. */
const patienceMs = 20_000
/** Questions under way: more than the server takes at once. */
const mostAsked = 256

interface Question {
  resolve(answer: LogOnAnswer): void
  reject(error: Error): void
}

export function createLogOnConnection({ random, timers }: LogOnConnectionOptions): LogOnConnection {
  const asked = new Map<string, Question>()
  const listeners: ((news: SessionNews) => void)[] = []
  let link: Pick<GatewayLink, 'send'> | undefined
  let living: () => Promise<readonly CountedSession[]> = async () => []
  let stopBeating = (): void => {}

  function settle(id: string, how: (question: Question) => void): void {
    const question = asked.get(id)
    asked.delete(id)
    if (question !== undefined) how(question)
  }

  async function beat(everyMs: number): Promise<void> {
    stopBeating()
    stopBeating = timers.after(everyMs, () => void beat(everyMs))
    const to = link
    const all = await living()
    // Counting may take longer than the connection lasts.
    for (let at = 0; at < all.length && to === link; at += mostSessions) {
      const some = all.slice(at, at + mostSessions)
      const [sessions, bytes] = [some.map(({ session }) => session), some.map((one) => one.bytes)]
      link?.send({ kind: 'users-alive', sessions, bytes })
    }
  }

  function tell(news: SessionNews): void {
    for (const listener of listeners) listener(news)
  }

  return {
    logOn({ password, ...request }) {
      const current = link
      if (current === undefined) return Promise.reject(new Error('The server cannot be reached.'))
      if (asked.size >= mostAsked) return Promise.reject(new Error('Too many are logging on at once.'))
      const id = random(16).toString('base64url')
      return new Promise((resolve, reject) => {
        const cancel = timers.after(patienceMs, () =>
          settle(id, (question) => question.reject(new Error('The server does not answer.'))),
        )
        asked.set(id, {
          resolve(answer) {
            cancel()
            resolve(answer)
          },
          reject(error) {
            cancel()
            reject(error)
          },
        })
        current.send({ kind: 'log-on', id, ...request, password: password.reveal() })
      })
    },
    keepAlive(sessions) {
      living = sessions
    },
    logOff: (session, bytes) => link?.send({ kind: 'log-off', session, bytes }),
    onNews: (listener) => void listeners.push(listener),
    online(opened, everyMs) {
      link = opened
      void beat(everyMs)
    },
    offline() {
      link = undefined
      stopBeating()
      for (const id of [...asked.keys()]) {
        settle(id, (question) => question.reject(new Error('The connection to the server ended.')))
      }
    },
    answered(message) {
      if (message.kind === 'logged-on') {
        const { id, online, refused = 'InternalError' } = message
        settle(id, (question) =>
          question.resolve(online === undefined ? { is: 'refused', code: refused } : { is: 'online', ...online }),
        )
      } else if (message.kind === 'user-ended') tell({ is: 'ended', session: message.session, isFinal: message.final })
      else tell({ is: 'changed', session: message.session, bandwidth: message.bandwidth })
    },
  }
}
