import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { contentOf, copyDatabase, type DatabaseContent } from './copy.ts'

/** Copies a database and looks whether the copy is whole. */
export type Copy = (from: string, to: string) => Promise<DatabaseContent>

/** For a program that serves nobody meanwhile. */
export const copyHere: Copy = async (from, to) => {
  copyDatabase(from, to)
  return contentOf(to)
}

/** SQLite answers only when the copy is done, which can take minutes: calls and gateways must not wait for it. */
export const copyInThread: Copy = (from, to) => copied(threadFor(from, to))

/** The same for a copy that nobody waits for: a program that is stopped does not wait for it either. */
export const copyInBackground: Copy = (from, to) => {
  const thread = threadFor(from, to)
  thread.unref()
  return copied(thread)
}

function threadFor(from: string, to: string): Worker {
  return new Worker(new URL('./copy-thread.js', import.meta.url), { workerData: { from, to }, execArgv: [] })
}

async function copied(thread: Worker): Promise<DatabaseContent> {
  const [content] = (await once(thread, 'message')) as [DatabaseContent]
  return content
}
