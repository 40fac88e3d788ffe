import { join } from 'node:path'
import type { Logger } from 'pino'
import { type DataFolder, noteEmbedded, noteShared } from './data-folder.ts'
import type { Health } from './health/health.ts'
import type { ServerMetrics } from './health/server-metrics.ts'
import type { ServerOptions } from './server-options.ts'
import { type CopyTo, copyInThread } from './store/copy/in-thread.ts'
import type { StoreEvent } from './store/events.ts'
import { sqliteDriver } from './store/sqlite/driver.ts'
import { lockFolder } from './store/sqlite/folder-lock.ts'
import { openSqliteStore } from './store/sqlite/open.ts'
import type { Store } from './store/store.ts'
import { tracedStore, watchCommits } from './store/traced-store.ts'
import type { Tracing } from './tracing/tracing.ts'

interface Opening {
  readonly folder: DataFolder
  readonly health: Pick<Health, 'writes'>
  readonly metrics: Pick<ServerMetrics, 'onStoreEvent'>
  readonly tracing: Tracing | undefined
  readonly logger: Logger
}

export interface OpenedStore {
  readonly store: Store
  /** Copies what is in it. */
  readonly copyTo: CopyTo
  close(): Promise<void>
}

/**
 * Opens the store of a server that starts. Whichever it is, the data folder is this server's alone until it is closed.
 *
 * @throws DataFolderInUse
 */
export async function openStoreOf(
  { openStore, mostNonces }: Pick<ServerOptions, 'openStore' | 'mostNonces'>,
  { folder, health, metrics, tracing, logger }: Opening,
): Promise<OpenedStore> {
  const commits = tracing && watchCommits()
  function onEvent(event: StoreEvent): void {
    if (event.kind === 'nonces-full') logger.warn(event, 'no more used nonces are kept: calls are refused')
    else logger.debug({ event }, 'store')
    health.writes.onEvent(event)
    metrics.onStoreEvent(event)
    commits?.onEvent(event)
  }
  function traced(store: Store, system: 'sqlite' | 'postgresql'): Store {
    if (tracing === undefined || commits === undefined) return store
    return tracedStore(store, tracing, { system, groupSize: commits.last })
  }
  if (openStore === undefined) {
    const store = await openSqliteStore({ folder: folder.path, onEvent, forgetNoncesBefore: Date.now(), mostNonces })
    if (await noteEmbedded(folder.path)) {
      logger.warn(
        'Without --database this server goes on with what is in its data folder. Its last run kept everything in PostgreSQL, or it was copied there.',
      )
    }
    const copyTo = copyInThread({ file: join(folder.path, 'opensag.db') })
    return { store: traced(store, 'sqlite'), copyTo, close: () => store.close() }
  }
  // The embedded store does so itself. Two servers of one folder would have one name in the database.
  const unlock = lockFolder(sqliteDriver, join(folder.path, 'opensag.lock'))
  try {
    const store = await openStore({ onEvent, mostNonces })
    await noteShared(folder.path).catch((error: unknown) => store.close().then(() => Promise.reject(error)))
    return { store: traced(store, 'postgresql'), copyTo: store.copyTo, close: () => store.close().finally(unlock) }
  } catch (error) {
    unlock()
    throw error
  }
}
