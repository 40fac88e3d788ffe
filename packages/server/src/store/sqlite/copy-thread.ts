import { parentPort, workerData } from 'node:worker_threads'
import { contentOf, copyDatabase } from './copy.ts'

/** Makes one copy and looks at it, beside the thread that serves. */
const { from, to } = workerData as { readonly from: string; readonly to: string }
copyDatabase(from, to)
parentPort?.postMessage(await contentOf(to))
