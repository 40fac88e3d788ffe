import { UsageError } from './exit.ts'

/** The gateways' entrance of a server, from the address a person gives: `wss://host`, `https://host`, … */
export function channelUrl(server: string): string {
  let url: URL
  try {
    url = new URL(server)
  } catch {
    throw new UsageError(`--server: "${server}" is not a URL. Write wss://host or wss://host:port.`)
  }
  if (url.protocol === 'https:') url.protocol = 'wss:'
  if (url.protocol === 'http:') url.protocol = 'ws:'
  if (url.protocol !== 'wss:' && url.protocol !== 'ws:')
    throw new UsageError('--server: an address that begins with wss:// or ws:// is needed.')
  if (url.pathname === '/') url.pathname = '/channel'
  return url.href
}
