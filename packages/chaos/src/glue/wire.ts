import type { OpenedLink } from '@opensag/agent/simulation'
import { createLink, type FromGateway, type FromServer, fromServerSchema, type LinkSocket } from '@opensag/protocol'
import type { ChannelSocket } from '@opensag/server/simulation'
import type { Life } from './time.ts'

type Frame = { readonly data: Buffer; readonly isBinary: boolean } | 'closed'

/** One WebSocket between a gateway and a node, as two queues. Each end closes it for itself. */
export interface Wire {
  readonly name: string
  readonly gateway: Life
  readonly server: Life
  readonly up: Frame[]
  readonly down: Frame[]
  /** The end has closed its socket, or was told that it is closed. */
  gatewayOpen: boolean
  serverOpen: boolean
  /** Lost, and an end has not noticed yet. */
  isHalfOpen(): boolean
  /** For the program of the gateway. */
  readonly opened: OpenedLink
  /** For the channel of the node. */
  readonly socket: ChannelSocket
  deliverUp(): boolean
  deliverDown(): boolean
  /** The program of one end is gone and its machine goes on: what it has sent arrives, and then that it is closed. */
  leave(end: 'gateway' | 'server'): void
  /** The gateway's end hears that it is over, and the server's; what was under way is lost. */
  cut(ends: { readonly gateway: boolean; readonly server: boolean }): void
  /** The gateway's end is over, and what it has sent still arrives; the server's end hears nothing of that. */
  forget(): void
}

export interface WireOptions {
  readonly name: string
  readonly gateway: Life
  readonly server: Life
  /** What goes over it, for the trace. */
  readonly onFrame: (wire: string, direction: 'up' | 'down', data: Buffer) => void
  /** What the gateway sends, before it is sealed. */
  readonly rewrite: (message: FromGateway) => FromGateway
}

export function createWire({ name, gateway, server, onFrame, rewrite }: WireOptions): Wire {
  const listeners: {
    message: (data: Buffer, isBinary: boolean) => void
    error: (error: Error) => void
    close: () => void
  } = { message: () => {}, error: () => {}, close: () => {} }
  let carries = true
  let isForgotten = false

  function send(queue: Frame[], direction: 'up' | 'down', data: string | Buffer): void {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    onFrame(name, direction, bytes)
    if (carries) queue.push({ data: bytes, isBinary: typeof data !== 'string' })
  }

  function closeOf(end: 'gatewayOpen' | 'serverOpen', queue: Frame[]): () => void {
    return () => {
      if (wire[end] && carries) queue.push('closed')
      wire[end] = false
    }
  }

  const serverSocket: LinkSocket = {
    bufferedAmount: 0,
    send: (data) => send(wire.down, 'down', data),
    close: () => closeOf('serverOpen', wire.down)(),
    terminate: () => closeOf('serverOpen', wire.down)(),
  }

  const link = createLink<FromServer, FromGateway>({
    socket: {
      bufferedAmount: 0,
      send: (data) => send(wire.up, 'up', data),
      close: () => closeOf('gatewayOpen', wire.up)(),
      terminate: () => closeOf('gatewayOpen', wire.up)(),
    },
    incoming: fromServerSchema,
    onBeat: () => {},
  })
  const sealed = link.send.bind(link)
  link.send = (message) => sealed(rewrite(message))

  const wire: Wire = {
    name,
    gateway,
    server,
    up: [],
    down: [],
    gatewayOpen: true,
    serverOpen: true,
    opened: { link, comeBackMs: () => undefined },
    socket: {
      ...serverSocket,
      on(event: keyof typeof listeners, listener: never) {
        listeners[event] = listener
      },
    },
    isHalfOpen: () =>
      (!carries || isForgotten) && ((wire.gatewayOpen && gateway.alive) || (wire.serverOpen && server.alive)),
    deliverUp() {
      if (server.frozen === true) return false
      const frame = wire.up.shift()
      if (frame === undefined) return false
      if (!server.alive || !wire.serverOpen) return true
      if (frame === 'closed') {
        wire.serverOpen = false
        listeners.close()
      } else listeners.message(frame.data, frame.isBinary)
      return true
    },
    deliverDown() {
      const frame = wire.down.shift()
      if (frame === undefined) return false
      if (!gateway.alive || !wire.gatewayOpen) return true
      if (frame === 'closed') {
        wire.gatewayOpen = false
        link.closed('The server closed the connection.')
      } else link.received(frame.data, frame.isBinary)
      return true
    },
    leave(end) {
      if (end === 'gateway') closeOf('gatewayOpen', wire.up)()
      else closeOf('serverOpen', wire.down)()
    },
    cut(ends) {
      carries = false
      wire.up.length = 0
      wire.down.length = 0
      if (ends.gateway && wire.gatewayOpen) wire.down.push('closed')
      if (ends.server && wire.serverOpen) wire.up.push('closed')
    },
    forget() {
      isForgotten = true
      wire.down.length = 0
      if (wire.gatewayOpen) wire.down.push('closed')
    },
  }
  return wire
}
