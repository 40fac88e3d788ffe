import { createLink, type FromGateway, type FromServer, frameLimit, fromServerSchema } from '@opensag/protocol'
import { WebSocket } from 'ws'
import type { GatewayLink } from './connection-session.ts'

export interface OpenedLink {
  readonly link: GatewayLink
  /** When it wants this gateway to come back, in milliseconds, if it was turned away with such a wish. */
  comeBackMs(): number | undefined
}

/** Why no connection comes about, where a person has to act at the proxy. */
export const noUpgrade =
  'The server answered 426: a proxy in between does not pass on the headers Upgrade and Connection, which WebSockets need.'

/** Milliseconds until the server has to have accepted the WebSocket. */
const upgradeMs = 30_000

/** A connection to the server; the certificate has to be good, by `ca` (PEM) where that is given. */
export function openLink(url: URL, ca: string | undefined, onBeat: () => void = () => {}): OpenedLink {
  let comeBackMs: number | undefined
  const socket = new WebSocket(url, {
    ...(ca === undefined ? {} : { ca }),
    rejectUnauthorized: true,
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: frameLimit,
    handshakeTimeout: upgradeMs,
  })
  const link: GatewayLink = createLink<FromServer, FromGateway>({
    socket: {
      get bufferedAmount() {
        return socket.bufferedAmount
      },
      send: (data) => socket.send(data),
      close: () => socket.close(),
      terminate: () => socket.terminate(),
    },
    incoming: fromServerSchema,
    // It answers ours.
    onBeat,
  })
  socket.on('message', (data: Buffer, isBinary: boolean) => link.received(data, isBinary))
  socket.on('unexpected-response', (request, response) => {
    comeBackMs = retryAfterMs(response.headers['retry-after'])
    link.closed(response.statusCode === 426 ? noUpgrade : `The server answered ${response.statusCode}.`)
    request.destroy()
  })
  socket.on('error', (error) => link.closed(error.message))
  socket.on('close', () => link.closed('The server closed the connection.'))
  return { link, comeBackMs: () => comeBackMs }
}

/** Whoever is in between may have written it: a gateway never stays away for long because of it. */
const mostMs = 300_000

function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return undefined
  return Math.min(mostMs, Number(header) * 1000)
}
