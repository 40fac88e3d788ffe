import type { IncomingMessage } from 'node:http'
import { type Site, siteAt } from './access/security-keys/site.ts'
import { calledAddress, type OwnAddresses } from './rpc/called.ts'
import { isSecure } from './rpc/reply.ts'
import { forwardedHost, forwardedSecure } from './trusted-proxies.ts'

/**
 * The console as the browser that asks sees it: at the public URL, or else at the name it called, where that is one of this
 * server's.
 */
export function calledSite(
  own: OwnAddresses,
  proxies: object | undefined,
): (request: IncomingMessage) => Site | undefined {
  const isBehindProxy = proxies !== undefined
  return (request) => {
    const { headers, socket } = request
    const secure = (isBehindProxy ? forwardedSecure(headers) : undefined) ?? isSecure(request)
    const asked = { headers, secure, localAddress: () => socket.localAddress }
    // Asked for each time: the port is known once the server listens, and certificates change.
    const { endpoint, publicAddress, isOwnName } = own
    const originalHost = isBehindProxy ? forwardedHost : undefined
    const { address } = calledAddress(asked, { endpoint, publicAddress, isOwnName, originalHost })
    return siteAt({ address, secure })
  }
}
