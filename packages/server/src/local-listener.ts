import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type CloseLimits, watchListener } from './listener-close.ts'

export interface LocalListener {
  /** Plain HTTP on a free port of the loopback interface. */
  readonly url: string
  /** Whether a connection came in here. */
  has(socket: Socket): boolean
  close(): Promise<void>
}

/** What a proxy writes; here nobody stands in between. */
const forwarded = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'] as const

/**
 * Another way into a server for programs of the same machine, where the server itself asks for TLS or for a proxy.
 * Requests are answered by the handlers of the server, with the same checks.
 */
export async function listenLocally(
  server: Server,
  settings: ServerOptions,
  limits: CloseLimits,
): Promise<LocalListener> {
  const local = createServer(settings)
  const closeListener = watchListener(local, limits)
  const sockets = new WeakSet<Socket>()
  const direct = (request: IncomingMessage): IncomingMessage => {
    for (const name of forwarded) delete request.headers[name]
    return request
  }
  local.on('connection', (socket) => sockets.add(socket))
  local.on('request', (request: IncomingMessage, response: ServerResponse) =>
    server.emit('request', direct(request), response),
  )
  local.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
    server.emit('upgrade', direct(request), socket, head),
  )
  local.listen(0, '127.0.0.1')
  await once(local, 'listening')
  return {
    url: `http://127.0.0.1:${(local.address() as AddressInfo).port}`,
    has: (socket) => sockets.has(socket),
    close: () => closeListener(() => new Promise((resolve) => local.close(() => resolve()))),
  }
}
