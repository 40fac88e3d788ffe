import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { frameLimit, sourceOf, type Timers, type WallClock } from '@opensag/protocol'
import { WebSocketServer } from 'ws'
import { createAdmissionLimit, type From, type Inside } from './admission-limit.ts'
import type { Accept } from './channel.ts'
import type { KnownSources } from './known-sources.ts'
import type { ChannelSettings } from './settings.ts'
import { createSilentConnections } from './silent-connections.ts'
import { createCounts, createThrottle } from './throttle.ts'

export const channelPath = '/channel'

export interface UpgradeOptions {
  readonly settings: ChannelSettings
  readonly wallClock: WallClock
  readonly timers: Timers
  /** Behind a proxy: where the gateway really comes from. */
  readonly remoteAddress?: ((request: IncomingMessage) => string) | undefined
  readonly knownSources: KnownSources
  readonly accept: Accept
  /** The server stops: nobody is let in any more. */
  readonly isClosing: () => boolean
}

export type HandleUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** From an HTTP request to a WebSocket: who is let in, when, and how many at once. */
export function createUpgrade(options: UpgradeOptions): HandleUpgrade {
  const { settings, wallClock, timers, remoteAddress = socketAddress, knownSources, accept, isClosing } = options
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: frameLimit,
  })
  const throttle = createThrottle({ allowance: settings.refusals, backMs: settings.refusalBackMs, wallClock })
  const unproved = createCounts()
  const admissionLimit = createAdmissionLimit({
    atOnce: settings.handshakesAtOnce,
    perSecond: settings.handshakesPerSecond,
    wallClock,
  })
  const silent = createSilentConnections()

  /** Until a gateway has come from somewhere there is nobody to keep a share for. */
  function fromOf(source: string): From {
    return knownSources.size === 0 || knownSources.has(source) ? 'known' : 'stranger'
  }

  /** Whoever says nothing holds a place for seconds: when they hold all of them, the oldest makes room. */
  function enter(from: From): Inside | undefined {
    const inside = admissionLimit.enter(from)
    if (inside !== undefined || !admissionLimit.needsRoom(from) || !silent.dropOldest(from)) return inside
    return admissionLimit.enter(from)
  }

  function refusalOf({ url, headers }: IncomingMessage, source: string): Answer | undefined {
    if (url !== channelPath) return { status: '404 Not Found' }
    // Only browsers send it, and no page has any business here.
    if (headers.origin !== undefined) return { status: '403 Forbidden' }
    if (isClosing()) return full(settings.comeBackMs)
    if (throttle.isBlocked(source)) return { status: tooMany }
    return unproved.of(source) >= settings.mostUnproved
      ? { ...full(admissionLimit.later(fromOf(source))), status: tooMany }
      : undefined
  }

  return (request, socket, head) => {
    const address = remoteAddress(request)
    const source = sourceOf(address)
    const problem = refusalOf(request, source)
    if (problem !== undefined) {
      refuseUpgrade(socket, problem, timers)
      return
    }
    const from = fromOf(source)
    const inside = enter(from)
    if (inside === undefined) {
      refuseUpgrade(socket, full(admissionLimit.later(from)), timers)
      return
    }
    // Until it is a WebSocket nobody else gives its place back.
    const back = once(() => inside.leave(0))
    socket.once('close', back)
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      socket.removeListener('close', back)
      const since = wallClock()
      const leave = once(() => inside.leave(wallClock() - since))
      const proofCame = silent.add(from, () => {
        webSocket.terminate()
        leave()
      })
      let provedAt: number | undefined
      const served = once(() => {
        if (provedAt !== undefined) inside.served(wallClock() - provedAt)
      })
      const proved = unproved.add(source)
      accept(webSocket, address, {
        onProof() {
          proofCame()
          provedAt = wallClock()
        },
        onAdmitted() {
          proved()
          served()
        },
        onKnown: () => knownSources.add(source),
        onRefused: () => throttle.refused(source),
        onReady: () => {
          proofCame()
          leave()
        },
      })
    })
  }
}

function socketAddress(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? 'unknown'
}

interface Answer {
  readonly status: string
  /** When to come back. */
  readonly laterMs?: number
}

const tooMany = '429 Too Many Requests'

function full(laterMs: number): Answer {
  return { status: '503 Service Unavailable', laterMs }
}

const refusedMs = 2000

/** Whoever never closes its side, or never reads the answer, must not keep the socket. */
function refuseUpgrade(socket: Duplex, { status, laterMs }: Answer, timers: Timers): void {
  const destroy = (): unknown => socket.destroy()
  socket.on('error', destroy)
  socket.on('close', timers.after(refusedMs, destroy))
  const later = laterMs === undefined ? '' : `Retry-After: ${Math.max(1, Math.ceil(laterMs / 1000))}\r\n`
  socket.end(`HTTP/1.1 ${status}\r\n${later}Connection: close\r\nContent-Length: 0\r\n\r\n`, destroy)
}

function once(run: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) run()
    isDone = true
  }
}
