import { execFile } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { runInThreads } from './threads.ts'
import { requiredTransitions } from './transitions.suite.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const schedules = Number(process.env['OPENSAG_CHAOS_SCHEDULES'] ?? 1_000_000)
const seed = Number(process.env['OPENSAG_CHAOS_SEED'] ?? 20261201)
/** About two minutes on two cores that have nothing else to do. */
const patience = 20 * 60_000

test(`${schedules} schedules keep every promise, and go through every transition`, { timeout: patience }, async () => {
  // Threads run the build: on the oldest Node they cannot read the sources.
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'packages/chaos'], {
    cwd: root,
  })
  const worker = pathToFileURL(join(root, 'packages/chaos/dist/worker.js'))
  const started = performance.now()
  const { failure, events, states, transitions } = await runInThreads({ seed, schedules, threads: 2, worker })
  const seconds = (performance.now() - started) / 1000
  console.log(
    `seed ${seed}: ${schedules} schedules, ${events} events in ${seconds.toFixed(0)} s (${Math.round(schedules / seconds)}/s); ` +
      `looked at closely: ${states} states, ${transitions.size} transitions`,
  )
  expect(failure).toBeUndefined()
  const missing = requiredTransitions.filter((transition) => !transitions.has(transition))
  expect(missing).toEqual([])
})
