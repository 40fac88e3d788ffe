import { Worker } from 'node:worker_threads'
import { contentOf, copyDatabase, type DatabaseContent } from '../sqlite/copy.ts'
import type { CopyProgress } from './copy-store.ts'
import { CopyRefused } from './errors.ts'

/** What is copied: the file of an SQLite database, or the URL of one of PostgreSQL. */
export type CopiedDatabase = { readonly file: string } | { readonly database: string }

export interface Copying {
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined
  /** Whether somebody waits for it: otherwise a program that is stopped does not either. */
  readonly isAwaited?: boolean
}

/**
 * Copies a database, in the state of one moment, into an SQLite file that is not there yet, and looks whether the copy is
 * whole. Whoever writes goes on meanwhile. It is not flushed to disk yet.
 *
 * @throws CopyRefused, NewerDataFolder, DamagedDataFolder
 */
export type CopyTo = (to: string, copying?: Copying) => Promise<DatabaseContent>

/** For a program that serves nobody meanwhile. */
export function copyHere(from: CopiedDatabase): CopyTo {
  return async (to, { onProgress } = {}) => {
    if ('database' in from) return (await import('./postgres-to-file.ts')).copyPostgres(from.database, to, onProgress)
    copyDatabase(from.file, to)
    return contentOf(to)
  }
}

/** SQLite answers only when a page of rows or the whole copy is done: calls and gateways must not wait for it. */
export function copyInThread(from: CopiedDatabase): CopyTo {
  return (to, { onProgress, isAwaited = true } = {}) => {
    const thread = new Worker(new URL('./copy-thread.js', import.meta.url), { workerData: { from, to }, execArgv: [] })
    if (!isAwaited) thread.unref()
    // One listener for all it says: between two of `once` a message could pass unheard.
    return new Promise((resolve, reject) => {
      thread.on('message', (said: FromThread) => {
        if ('progress' in said) onProgress?.(said.progress)
        else if ('content' in said) resolve(said.content)
        else reject(new CopyRefused(said.refused))
      })
      thread.once('error', reject)
      thread.once('exit', () => reject(new Error('The thread that copies has ended without an answer.')))
    })
  }
}

/** What the thread says. An error that is no `CopyRefused` ends it, and comes as it is. */
export type FromThread =
  | { readonly progress: CopyProgress }
  | { readonly content: DatabaseContent }
  | { readonly refused: string }
