import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { sourceOf } from '@opensag/protocol'

/**
 * Bounds the connections of a server without letting those who hold many, or send nothing, keep others out: when there are too
 * many, the source with most of them loses its oldest one. A connection whose request is being answered stays while there is another.
 */
export function boundFairly(server: Server, maximum: number): void {
  // In the order they came.
  const open = new Map<string, Connection>()

  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket)
    open.set(peer, { socket, source: sourceOf(socket.remoteAddress), answering: 0 })
    socket.once('close', () => open.delete(peer))
    if (open.size > maximum) oldestOfMost([...open.values()])?.socket.destroy()
  })
  server.on('request', ({ socket }, response) => {
    const connection = open.get(peerOf(socket))
    if (connection === undefined) return
    connection.answering += 1
    response.once('close', () => {
      connection.answering -= 1
    })
  })
}

interface Connection {
  readonly socket: Socket
  readonly source: string
  /** Requests of it that have come whole and have no answer yet. */
  answering: number
}

/** Under TLS a request has another socket than the connection it came on, with the same peer. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress}|${remotePort}`
}

function oldestOfMost(open: readonly Connection[]): Connection | undefined {
  const idle = open.filter(({ answering }) => answering === 0)
  const candidates = idle.length > 0 ? idle : open
  const counts = new Map<string, number>()
  for (const { source } of candidates) counts.set(source, (counts.get(source) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return candidates.find(({ source }) => counts.get(source) === most)
}
