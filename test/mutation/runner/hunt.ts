import type { Mutant } from '../mutant.ts'
import type { Outcome, Result, TestRun } from './outcome.ts'
import type { Answer, Slot } from './slot.ts'

export interface Hunt {
  readonly mutants: readonly Mutant[]
  readonly slots: readonly Slot[]
  /** No further mutant is begun from then on (milliseconds of `now`). */
  readonly until: number
  readonly now: () => number
  /** A limit of time, in milliseconds, as this machine needs it now. */
  readonly limit: (milliseconds: number) => number
  readonly onResult: (result: Result) => void
}

interface Baseline {
  readonly milliseconds: number
  readonly failed: string | undefined
}

/** Milliseconds. With a mutant in it a run that takes ten times as long as without, and as long as this, is a hang. */
const least = { run: 60_000, test: 10_000 }
/** Without one: that of the tests' own configuration, and longer than any test file takes. */
const usual = { run: 600_000, test: 60_000 }

/**
 * Runs every mutant on the slots. The tests of a mutant run without it first, once for each test file: they have to pass,
 * and the time they take decides when a run with a mutant in it counts as a hang.
 */
export async function hunt(options: Hunt): Promise<readonly Result[]> {
  const baselines = new Map<string, Promise<Baseline>>()
  const queue = [...options.mutants]
  const results: Result[] = []

  function baseline(slot: Slot, test: string): Promise<Baseline> {
    const known = baselines.get(test)
    if (known !== undefined) return known
    const measured = measure(slot, test)
    baselines.set(test, measured)
    return measured
  }

  async function measure(slot: Slot, test: string): Promise<Baseline> {
    const began = options.now()
    const task = { mutant: null, tests: [test], testTimeout: options.limit(usual.test) }
    const answer = await slot.run(task, options.limit(usual.run))
    return { milliseconds: options.now() - began, failed: failureOfBaseline(test, answer) }
  }

  async function outcomeOf(slot: Slot, mutant: Mutant): Promise<Outcome> {
    for (const test of mutant.tests) {
      const { milliseconds, failed } = await baseline(slot, test)
      if (failed !== undefined) return { is: 'void', reason: failed }
      const tenfold = Math.ceil(milliseconds) * 10
      const testTimeout = Math.max(options.limit(least.test), tenfold)
      const longest = Math.max(options.limit(least.run), tenfold)
      const answer = await slot.run({ mutant, tests: [test], testTimeout }, longest)
      if ('overdue' in answer) return { is: 'caught', by: `${test}: its time limit` }
      if (answer.unreadable !== undefined) return { is: 'void', reason: answer.unreadable }
      if (answer.failed !== undefined) return { is: 'caught', by: answer.failed }
    }
    return { is: 'survived' }
  }

  async function work(slot: Slot): Promise<void> {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      if (options.now() >= options.until) return
      const began = options.now()
      const outcome = await outcomeOf(slot, mutant)
      const result = { id: mutant.id, outcome, milliseconds: Math.round(options.now() - began) }
      results.push(result)
      options.onResult(result)
    }
  }

  await Promise.all(options.slots.map(work))
  return results
}

function failureOfBaseline(test: string, answer: Answer): string | undefined {
  if ('overdue' in answer) return `${test} does not end without a mutant either`
  const { failed, unreadable, passed }: TestRun = answer
  if (failed ?? unreadable) return `it fails without a mutant too: ${failed ?? unreadable}`
  return passed === 0 ? `${test} has no test that ran here` : undefined
}
