import { parentPort, workerData } from 'node:worker_threads'
import { type Range, runBatch } from './batch.ts'
import { type Mixture, subjectsOf } from './mixture.ts'

/** What a thread is started with. */
export interface WorkerData {
  readonly seed: number
  readonly mixture: Mixture
  /** For what it has to keep; the caller removes it. */
  readonly folder: string
}

/** Runs the ranges it is handed, one after another, until there are no more. */
const port = parentPort
if (port === null) throw new Error('This file is run as a thread.')
const { seed, mixture, folder } = workerData as WorkerData
const subjects = subjectsOf(mixture, folder)
port.on('message', async ({ from, to }: Omit<Range, 'seed'>) =>
  port.postMessage(await runBatch(await subjects, { seed, from, to })),
)
