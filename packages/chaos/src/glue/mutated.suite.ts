import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { GlueMutant } from './mutants.suite.ts'

const packages = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

/** Changes one text of one built module while it is loaded, in one thread; no file is touched. */
const hooks = `
let mutant
export async function initialize(given) { mutant = given }
export async function load(url, context, next) {
  const loaded = await next(url, context)
  if (!url.endsWith('/packages/' + mutant.file)) return loaded
  const parts = String(loaded.source).split(mutant.from)
  if (parts.length !== 2) throw new Error(mutant.file + ' has the text of a mutant ' + (parts.length - 1) + ' times, not once.')
  return { ...loaded, source: parts.join(mutant.to) }
}`

const thread = `
const { register } = require('node:module')
const { parentPort, workerData } = require('node:worker_threads')
const { mutant, hooks, real, creates, seeds, schedules, folder } = workerData
if (mutant !== undefined) register(hooks, { data: mutant })
import(real).then(async (subjects) => {
  const subject = subjects[creates](folder)
  for (const events of schedules) {
    const { violation } = await subject.runEvents(events.map(subject.eventOf))
    if (violation === undefined) continue
    parentPort.postMessage({ index: 0, seed: 'given events', message: violation.message })
    return
  }
  for (const [index, seed] of seeds.entries()) {
    const { violation } = await subject.runSeed(seed)
    if (violation === undefined) continue
    parentPort.postMessage({ index, seed, message: violation.message })
    return
  }
  parentPort.postMessage(undefined)
})`

export interface Caught {
  readonly index: number
  readonly seed: number | string
  readonly message: string
}

export interface MutatedOptions {
  /** Which subject of the real code. */
  readonly of: 'glue' | 'nodes'
  readonly mutant: GlueMutant | undefined
  /** Events as texts, tried before the seeds. */
  readonly schedules: readonly (readonly string[])[]
  readonly seeds: readonly number[]
  readonly folder: string
  /** After so many milliseconds without an answer it is one that never ends, which counts as caught. */
  readonly patienceMs: number
}

/** Runs these schedules on the built glue with one mutant in it; answers the first that breaks a promise. */
export async function runMutated({
  of,
  mutant,
  schedules,
  seeds,
  folder,
  patienceMs,
}: MutatedOptions): Promise<Caught | undefined> {
  const workerData = {
    mutant,
    schedules,
    seeds,
    folder,
    hooks: `data:text/javascript,${encodeURIComponent(hooks)}`,
    real: pathToFileURL(resolve(packages, 'chaos/dist/real.js')).href,
    creates: of === 'nodes' ? 'createNodesSubject' : 'createGlueSubject',
  }
  const worker = new Worker(thread, { eval: true, workerData, execArgv: [] })
  let cancel = (): void => {}
  try {
    return await new Promise<Caught | undefined>((resolve, reject) => {
      const timer = setTimeout(() => resolve({ index: 0, seed: 0, message: 'it does not end' }), patienceMs)
      cancel = () => clearTimeout(timer)
      worker.on('message', resolve)
      worker.on('error', reject)
    })
  } finally {
    cancel()
    await worker.terminate()
  }
}
