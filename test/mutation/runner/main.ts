import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { limit } from '../../support/time.ts'
import { folders } from '../folders.ts'
import type { Mutant } from '../mutant.ts'
import { survivors } from '../survivors.ts'
import { hunt } from './hunt.ts'
import { judge, shuffled } from './judge.ts'
import type { Result } from './outcome.ts'
import { slot } from './slot.ts'
import { type Task, worker } from './worker.ts'

const options = {
  /** As many as fit into the minutes, another choice every day. */
  part: { type: 'boolean', default: false },
  minutes: { type: 'string', default: '2' },
  seed: { type: 'string' },
  /** Only these: a folder, or the whole id. */
  only: { type: 'string', multiple: true },
  /** Tests that run instead of those a mutant names. */
  tests: { type: 'string', multiple: true },
  /** Leaves out tests that are not there, to measure an older state of the tests. */
  present: { type: 'boolean', default: false },
  workers: { type: 'string', default: '2' },
  json: { type: 'string' },
} as const

/** `npm run mutants`. @returns the exit code: 0 when the gate passes */
export async function main(root: string, program: readonly string[], args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options })
  const seed = Number(values.seed ?? Math.floor(Date.now() / 86_400_000))
  const chosen = choose(values.only, values.tests, values.present ? (file) => existsSync(join(root, file)) : () => true)
  if (chosen.length === 0) {
    console.error('There is no such mutant.')
    return 2
  }
  const mutants = values.part ? shuffled(chosen, seed) : chosen
  if (values.part)
    console.log(`mutants: a part of ${mutants.length}; repeat with npm run mutants -- --part --seed ${seed}`)
  const now = (): number => performance.now()
  const began = now()
  const slots = Array.from({ length: Number(values.workers) }, () => slot(program))
  async function endAll(): Promise<void> {
    await Promise.all(slots.map((one) => one.end()))
  }
  // A test that a mutant made loop for ever would outlive this program.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void endAll().finally(() => process.exit(130)))
  }
  let results: readonly Result[]
  try {
    const until = values.part ? began + Number(values.minutes) * 60_000 : Number.POSITIVE_INFINITY
    results = await hunt({ mutants, slots, until, now, limit, onResult: report })
  } finally {
    await endAll()
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 1)}\n`)
  return conclude(results, (now() - began) / 1000)
}

function choose(
  only: readonly string[] | undefined,
  tests: readonly string[] | undefined,
  isThere: (file: string) => boolean,
): readonly Mutant[] {
  const all = folders.flatMap((folder) => folder.mutants)
  const some = only === undefined ? all : all.filter(({ id, folder }) => only.includes(id) || only.includes(folder))
  return some.map((mutant) => ({ ...mutant, tests: (tests ?? mutant.tests).filter(isThere) }))
}

function report({ id, outcome, milliseconds }: Result): void {
  const said = outcome.is === 'caught' ? `caught by ${outcome.by}` : outcome.is === 'void' ? outcome.reason : ''
  console.log(`${outcome.is.padEnd(8)} ${id} ${(milliseconds / 1000).toFixed(1)} s ${said}`)
}

function conclude(results: readonly Result[], seconds: number): number {
  const { scores, problems } = judge(folders, survivors, results)
  for (const { folder, caught, of, floor } of scores) {
    console.log(`${folder}: ${caught} of ${of} caught (${((100 * caught) / of).toFixed(1)} %, floor ${floor * 100} %)`)
  }
  for (const problem of problems) console.log(`problem: ${problem}`)
  const caught = results.filter(({ outcome }) => outcome.is === 'caught').length
  console.log(`mutants: ${caught} of ${results.length} caught in ${Math.round(seconds)} s, ${problems.length} problems`)
  return problems.length === 0 && results.length > 0 ? 0 : 1
}

/** The child process: runs what its parent sends, one task after the other. */
export async function serve(root: string): Promise<void> {
  const run = await worker(root)
  process.on('disconnect', () => process.exit())
  process.on('message', (task: Task) => {
    run(task).then(
      (answer) => process.send?.(answer),
      (error: unknown) => process.send?.({ unreadable: String(error), passed: 0 }),
    )
  })
}
