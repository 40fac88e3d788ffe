/**
 * `wss://` anywhere, `ws://` to this machine only: the connection proves both sides by itself, but who talks to whom
 * and when is nobody else's business.
 * @throws when it is neither.
 */
export function checkServerUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol === 'wss:') return parsed
  if (parsed?.protocol === 'ws:' && isLoopback(parsed.hostname)) return parsed
  throw new Error('The address of the server has to begin with wss:// (or ws:// when it is on this machine).')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}
