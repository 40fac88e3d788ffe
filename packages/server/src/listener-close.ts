import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Timers } from '@opensag/protocol'

export interface CloseLimits {
  readonly timers: Timers
  /** How long requests that are being served, and upgraded connections, may take to end, in milliseconds. */
  readonly graceMs: number
}

interface Connection {
  readonly socket: Socket
  /** Requests that are being served on it; one for ever once it is upgraded. */
  underWay: number
}

/**
 * Watches a listener from its start, so that it can be closed within a bound. Node waits for every connection, also for
 * one that never sends a byte: a browser that connects ahead, a port scanner or a half-open connection would keep a
 * process alive, and the lock on its data folder with it.
 * @returns ends the listener: connections without a request end at once, the others when their answer is sent or after
 *   the grace, whichever comes first. Resolves when `close` has.
 */
export function watchListener(
  server: Server,
  { timers, graceMs }: CloseLimits,
): (close: () => Promise<void>) => Promise<void> {
  const connections = new Map<Socket, Connection>()
  /** Over TLS a request has a socket of its own around the one that was accepted. */
  const byPeer = new Map<string, Connection>()
  let isClosing = false

  server.on('connection', (socket: Socket) => {
    if (isClosing) {
      socket.destroy()
      return
    }
    const peer = peerOf(socket)
    const connection: Connection = { socket, underWay: 0 }
    connections.set(socket, connection)
    byPeer.set(peer, connection)
    socket.once('close', () => {
      connections.delete(socket)
      if (byPeer.get(peer) === connection) byPeer.delete(peer)
    })
  })
  const of = (socket: Socket): Connection | undefined => connections.get(socket) ?? byPeer.get(peerOf(socket))
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = of(socket)
    if (connection === undefined) return
    connection.underWay++
    response.once('close', () => {
      connection.underWay--
      // What is left of the answer is sent first.
      if (isClosing && connection.underWay === 0) socket.destroySoon()
    })
  })
  server.on('upgrade', ({ socket }: IncomingMessage) => {
    const connection = of(socket)
    if (connection !== undefined) connection.underWay++
  })

  return async (close) => {
    isClosing = true
    for (const { socket, underWay } of connections.values()) if (underWay === 0) socket.destroy()
    const cancel = timers.after(graceMs, () => {
      for (const { socket } of connections.values()) socket.destroy()
    })
    try {
      await close()
    } finally {
      cancel()
    }
  }
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
