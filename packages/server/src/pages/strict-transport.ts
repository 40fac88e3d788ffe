import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** A year. Neither subdomains nor preloading: other names under it are not ours to decide about. */
const strictTransport = 'max-age=31536000'

/**
 * A browser that came over TLS once comes over nothing else for a year (RFC 6797), so that nobody on its way can lead it to a
 * page without. Told over TLS only: over plain HTTP a browser has to ignore it.
 */
export function keepToTls(server: Server, isSecure: (request: IncomingMessage) => boolean): void {
  // Before anything answers.
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isSecure(request)) response.setHeader('strict-transport-security', strictTransport)
  })
}
