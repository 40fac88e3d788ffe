import { parentPort, workerData } from 'node:worker_threads'
import { CopyRefused } from './errors.ts'
import { type CopiedDatabase, copyHere, type FromThread } from './in-thread.ts'

/** Makes one copy and looks at it, beside the thread that serves. */
const { from, to } = workerData as { readonly from: CopiedDatabase; readonly to: string }

function say(said: FromThread): void {
  parentPort?.postMessage(said)
}

try {
  say({ content: await copyHere(from)(to, { onProgress: (progress) => say({ progress }) }) })
} catch (error) {
  if (!(error instanceof CopyRefused)) throw error
  say({ refused: error.message })
}
