import { parentPort, workerData } from 'node:worker_threads'
import { type Range, runBatch } from './batch.ts'
import { type Mixture, mixtures } from './mixture.ts'

/** What a thread is started with. */
export interface WorkerData {
  readonly seed: number
  readonly mixture: Mixture
}

/** Runs the ranges it is handed, one after another, until there are no more. */
const port = parentPort
if (port === null) throw new Error('This file is run as a thread.')
const { seed, mixture } = workerData as WorkerData
port.on('message', ({ from, to }: Omit<Range, 'seed'>) =>
  port.postMessage(runBatch(mixtures[mixture], { seed, from, to })),
)
