import type { IncomingMessage, Server } from 'node:http'
import type { BlockList, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Channel } from './channel/channel.ts'
import { channelPath } from './channel/upgrade.ts'
import { refuseUpgrade } from './rpc/client-error.ts'
import type { Called } from './rpc/encode.ts'
import { defaultLimits } from './rpc/limits.ts'
import type { SourceConnections } from './source-connections.ts'
import { forwardedAddress, isTrusted } from './trusted-proxies.ts'

interface Routes {
  /** The proxies that every client comes by; undefined when clients come themselves. */
  readonly proxies: BlockList | undefined
  /** Whether a connection came in by another listener of this machine, which is behind no proxy. */
  readonly isLocal: (socket: Socket) => boolean
  readonly connections: Pick<SourceConnections, 'admit'>
  readonly called: () => Called
  readonly channel: Pick<Channel, 'handleUpgrade'>
}

/** Gives connections of gateways to the channel, and refuses every other that asks to become something else. */
export function routeUpgrades(server: Server, { proxies, isLocal, connections, called, channel }: Routes): void {
  const refuse = (socket: Duplex): void =>
    void refuseUpgrade(socket, { called: called(), linger: defaultLimits.linger })
  /** Behind a proxy, only such a connection is of one client: the others are the proxy's own, used by many. */
  const isOneTooMany = (request: IncomingMessage, socket: Socket): boolean =>
    proxies !== undefined && !isLocal(socket) && !connections.admit(socket, forwardedAddress(request))

  server.on('connect', (_request, socket) => refuse(socket))
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (proxies && !isTrusted(proxies, socket.remoteAddress) && !isLocal(socket)) socket.destroy()
    else if (request.url !== channelPath) refuse(socket)
    else if (isOneTooMany(request, socket)) socket.destroy()
    else channel.handleUpgrade(request, socket, head)
  })
}
