/** What is done once, timed, in one world; what `before` and `after` do around it is not. */
export interface Probe {
  readonly before?: (turn: number) => Promise<unknown>
  readonly timed: (turn: number) => Promise<unknown>
  readonly after?: (turn: number) => Promise<unknown>
}

export interface Repetitions {
  readonly rounds: number
  /** Of each side in each round. */
  readonly calls: number
}

const warmUp = 40
const mostMeasurements = 4

/**
 * How many times as dear `dear` is as `cheap`. Both are timed in turns, so that whatever else the machine does meets
 * both; of each round the quickest call of each side counts, and of all rounds the median.
 */
async function measure(cheap: Probe, dear: Probe, { rounds, calls }: Repetitions, turn: () => number): Promise<number> {
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number]
    for (let call = 0; call < calls * 2; call++) {
      // Who goes first changes from round to round.
      const side = (call + round) % 2 === 0 ? 0 : 1
      best[side] = Math.min(best[side], await time(side === 0 ? cheap : dear, turn()))
    }
    ratios.push(best[1] / best[0])
  }
  ratios.sort((a, b) => a - b)
  return ratios[Math.floor(ratios.length / 2)] ?? Number.NaN
}

async function time({ before, timed, after }: Probe, turn: number): Promise<number> {
  await before?.(turn)
  const from = performance.now()
  await timed(turn)
  const took = performance.now() - from
  await after?.(turn)
  return took
}

/** The lowest of a few measurements; the first within the bound ends it. A machine in use makes a ratio worse, not better. */
export async function ratioOf(cheap: Probe, dear: Probe, bound: number, repetitions: Repetitions): Promise<number> {
  let turns = 0
  const turn = (): number => turns++
  for (let call = 0; call < warmUp; call++) {
    await time(cheap, turn())
    await time(dear, turn())
  }
  let lowest = Number.POSITIVE_INFINITY
  for (let measurement = 0; measurement < mostMeasurements && lowest > bound; measurement++) {
    lowest = Math.min(lowest, await measure(cheap, dear, repetitions, turn))
  }
  return lowest
}
