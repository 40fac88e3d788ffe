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
export const copyInThread: Copy = async (from, to) => {
  const thread = new Worker(new URL('./copy-thread.js', import.meta.url), { workerData: { from, to }, execArgv: [] })
  const [content] = (await once(thread, 'message')) as [DatabaseContent]
  return content
}
