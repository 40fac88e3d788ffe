import { parentPort, workerData } from 'node:worker_threads'
import { type Range, runBatch } from './batch.ts'
import { subjects } from './subjects.ts'

/** Runs the ranges it is handed, one after another, until there are no more. */
const port = parentPort
if (port === null) throw new Error('This file is run as a thread.')
const { seed } = workerData as { readonly seed: number }
port.on('message', ({ from, to }: Omit<Range, 'seed'>) => port.postMessage(runBatch(subjects, { seed, from, to })))
