import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { limit } from '../../../test/support/time.ts'
import type { Mixture } from './mixture.ts'
import { type ChaosResult, runInThreads } from './threads.ts'
import { requiredTransitions } from './transitions.suite.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const schedules = Number(process.env['OPENSAG_CHAOS_SCHEDULES'] ?? 250_000)
/** Half of them are the same in every run, so that one commit can be compared with another. */
const fixedSeed = 20261201
/** The others are of another seed in every run: a fault that shows once in millions is met sooner or later. */
const freshSeed = Number(process.env['OPENSAG_CHAOS_SEED'] ?? randomInt(2 ** 31))
const half = Math.ceil(schedules / 2)
/** Some twenty seconds on two cores that have nothing else to do; a million take four times as long. */
const patience = limit(20 * 60_000)
const worker = pathToFileURL(join(root, 'packages/chaos/dist/worker.js'))

beforeAll(async () => {
  // Threads run the build: on the oldest Node they cannot read the sources.
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  await promisify(execFile)(process.execPath, [compiler, '-b', 'packages/chaos'], { cwd: root })
}, patience)

test(`${half} schedules keep every promise, and go through every transition`, { timeout: patience }, async () => {
  const { failure, transitions } = await run(fixedSeed, half, 'fresh')
  expect(failure).toBeUndefined()
  const missing = requiredTransitions.filter((transition) => !transitions.has(transition))
  expect(missing).toEqual([])
})

test(`so do ${half} of a fresh seed (${freshSeed})`, { timeout: patience }, async () => {
  const { failure } = await run(freshSeed, half, 'fresh')
  expect(failure, replayOf(failure)).toBeUndefined()
})

test('so do as many neighbours of the corpus as a twentieth of that', { timeout: patience }, async () => {
  const { failure } = await run(freshSeed, Math.ceil(half / 20), 'near')
  expect(failure, replayOf(failure)).toBeUndefined()
})

async function run(seed: number, schedules: number, mixture: Mixture): Promise<ChaosResult> {
  const started = performance.now()
  const result = await runInThreads({ seed, schedules, threads: 2, worker, mixture })
  const { events, states, transitions } = result
  const seconds = (performance.now() - started) / 1000
  console.log(
    `seed ${seed}, ${mixture}: ${schedules} schedules, ${events} events in ${seconds.toFixed(0)} s (${Math.round(schedules / seconds)}/s); ` +
      `looked at closely: ${states} states, ${transitions.size} transitions`,
  )
  return result
}

function replayOf(failure: ChaosResult['failure']): string {
  return failure === undefined ? '' : `opensag simulate --chaos --replay ${failure.subject}:${failure.seed}`
}
