import type { LocalConsole, LocalConsoleOptions } from './console/server.ts'

export interface ConsolePlace {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly tls?: LocalConsoleOptions['tls']
  /** `open` lets any visitor set the first password; without it only one who knows the code on the disk. */
  readonly firstVisit?: 'open' | undefined
  /** Names with a dot under which people reach it; addresses and local names always work. */
  readonly names?: readonly string[]
}

/** A console that listens everywhere is told by an address that leads to it. */
export function reachableUrl({ url, port }: LocalConsole, host: string | undefined, serviceIp: string): string {
  if (host !== '0.0.0.0' && host !== '::') return url
  return `${new URL(url).protocol}//${serviceIp.includes(':') ? `[${serviceIp}]` : serviceIp}:${port}`
}
