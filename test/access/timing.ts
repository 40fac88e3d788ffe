type Work = () => Promise<unknown>

/**
 * How much longer one takes than the other, as a ratio of medians. Taken in turns, so that whatever the machine does
 * meanwhile it does to both.
 */
export async function ratio(samples: number, one: Work, other: Work): Promise<number> {
  const times: readonly [number[], number[]] = [[], []]
  for (let sample = 0; sample < samples; sample++) {
    const turn = [
      [one, times[0]],
      [other, times[1]],
    ] as const
    for (const [work, into] of sample % 2 === 0 ? turn : turn.toReversed()) {
      const start = performance.now()
      await work()
      into.push(performance.now() - start)
    }
  }
  return median(times[0]) / median(times[1])
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
}

/** Whether who waits for the answer could tell them apart; a network in between hides far more than this. */
function isTold(found: number): boolean {
  return found < 1 / 3 || found > 3
}

/** The ratio, measured once more and longer when it would tell: a busy machine upsets a few samples, not many. */
export async function tellingRatio(samples: number, one: Work, other: Work): Promise<number | undefined> {
  await ratio(2, one, other)
  if (!isTold(await ratio(samples, one, other))) return undefined
  const found = await ratio(samples * 5, one, other)
  return isTold(found) ? found : undefined
}
