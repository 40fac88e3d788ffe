import { isIPv4 } from 'node:net'
import { plainLine } from '../../tools/kept-lines.ts'

/** What `ping -n` of iputils wrote. */
export interface PingText {
  /** Of each request, milliseconds; null: no answer came. */
  readonly times: readonly (number | null)[]
  readonly lines: readonly string[]
}

const mostLines = 40

export function pingText(text: string, count: number): PingText {
  const times = Array.from({ length: count }, (): number | null => null)
  for (const [, number, time] of text.matchAll(/ icmp_seq=(\d+) .*time=([\d.]+) ms/g)) {
    const at = Number(number) - 1
    // The first answer counts: some machines send two.
    if (at >= 0 && at < count && times[at] === null) times[at] = Number(time)
  }
  const lines = text.split('\n').map((line) => plainLine(line, 200))
  return { times, lines: lines.filter((line) => line !== '').slice(0, mostLines) }
}

/** Who answered one request of `ping -n -c 1`, and whether it was the target itself; undefined: nobody. */
export function answererIn(text: string): { readonly address: string; readonly isTarget: boolean } | undefined {
  const [, target] = /bytes from ([\d.]+): icmp_seq=1 /.exec(text) ?? []
  if (target !== undefined && isIPv4(target)) return { address: target, isTarget: true }
  const [, router] = /^From ([\d.]+):? icmp_seq=1 Time to live exceeded/m.exec(text) ?? []
  return router === undefined || !isIPv4(router) ? undefined : { address: router, isTarget: false }
}
