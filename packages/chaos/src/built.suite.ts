import { execFile } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll } from 'vitest'
import { limit } from '../../../test/support/time.ts'
import type { Mixture } from './mixture.ts'
import { type ChaosResult, runInThreads } from './threads.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

/** For schedules of the real code, about a minute of which is meant to be run. */
export const patience = limit(60 * 60_000)

/** Threads run the build: on the oldest Node they cannot read the sources. Mutants are of the build, too. */
export function buildBefore(): void {
  beforeAll(async () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    await promisify(execFile)(process.execPath, [compiler, '-b', 'packages/chaos'], { cwd: root })
  }, patience)
}

/** Runs so many schedules of one seed on two threads, and says how many a second. */
export async function runBuilt(mixture: Mixture, seed: number, schedules: number): Promise<ChaosResult> {
  const worker = pathToFileURL(join(root, 'packages/chaos/dist/worker.js'))
  const started = performance.now()
  const result = await runInThreads({ seed, schedules, threads: 2, mixture, worker })
  const seconds = (performance.now() - started) / 1000
  console.log(
    `seed ${seed}: ${result.schedules} schedules (${mixture}), ${result.events} events in ${seconds.toFixed(0)} s (${(result.schedules / seconds).toFixed(1)}/s)`,
  )
  return result
}
