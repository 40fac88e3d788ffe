import { backgroundTimers } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { writeSetting } from '../store/settings.ts'
import type { Store } from '../store/store.ts'
import { type DiskFloor, type FreeBytes, freeBytesOf, watchDiskFloor } from './disk-floor.ts'
import { registerHealthPages } from './readiness.ts'
import { type StoreWrites, watchStoreWrites } from './store-writes.ts'

export interface HealthOptions {
  /** The data folder. */
  readonly folder: string
  /** Bytes that must stay free on its disk. */
  readonly diskFloor: number | undefined
  readonly freeBytes: FreeBytes | undefined
  readonly logger: Logger
}

/** What a server knows of its own condition. */
export interface Health {
  readonly disk: DiskFloor
  readonly writes: StoreWrites
  /** Call it once the store is open. */
  watch(store: Store): void
  serve(app: FastifyInstance, pages: { readonly isStarted: () => boolean; readonly sandbox: boolean }): void
  close(): Promise<void>
}

const defaultDiskFloor = 256 * 1024 * 1024

export async function openHealth({
  folder,
  diskFloor = defaultDiskFloor,
  freeBytes,
  logger,
}: HealthOptions): Promise<Health> {
  const timers = backgroundTimers
  const disk = await watchDiskFloor({ freeBytes: freeBytes ?? freeBytesOf(folder), floor: diskFloor, timers, logger })
  const writes = watchStoreWrites({ timers, logger })
  return {
    disk,
    writes,
    watch: (store) =>
      writes.begin(() => store.write((tx) => writeSetting(tx, 'last-write-attempt', String(Date.now())))),
    serve: (app, pages) =>
      registerHealthPages(app, { ...pages, reasons: { disk: disk.isLow, store: writes.isFailing } }),
    async close() {
      await writes.close()
      await disk.close()
    },
  }
}
