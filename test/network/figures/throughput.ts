import type { Machine } from '../../linux/box.ts'
import { until } from '../../support/time.ts'
import { sh } from '../bench.ts'

/** A way through a tunnel: from a host behind one end to one behind the other. */
export interface Way {
  readonly from: Machine
  readonly to: Machine
  /** Of `to`. */
  readonly address: string
}

/** Makes `to` take connections of {@link megabitsPerSecond}. */
export async function listen({ to, address }: Way): Promise<void> {
  to.start(['iperf3', '--server', '--bind', address]).on('error', () => undefined)
  await until('iperf3 listens', async () => (await sh(to, 'ss -Htln sport = 5201')) !== '')
}

/** What one TCP connection brings there in so many seconds, after the first one. */
export async function megabitsPerSecond({ from, address }: Way, seconds: number): Promise<number> {
  const said = await sh(from, `iperf3 --json --omit 1 --time ${seconds} --client ${address}`)
  const { end } = JSON.parse(said) as { readonly end: { readonly sum_received: { readonly bits_per_second: number } } }
  return end.sum_received.bits_per_second / 1e6
}

/** What each way brings, round by round, in turn: what disturbs a round disturbs both. */
export async function inTurn(ways: readonly Way[], rounds: number, seconds: number): Promise<readonly number[][]> {
  const measured = ways.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    const order = ways.map((_, at) => (at + round) % ways.length)
    for (const at of order) measured[at]?.push(await megabitsPerSecond(ways[at] as Way, seconds))
  }
  return measured
}
