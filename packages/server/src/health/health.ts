import { backgroundTimers } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import { writeSetting } from '../store/settings.ts'
import type { Store } from '../store/store.ts'
import { type DiskFloor, type FreeBytes, freeBytesOf, watchDiskFloor } from './disk-floor.ts'
import { registerHealthPages } from './readiness.ts'
import { createStoreProbe } from './store-probe.ts'
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
  /** Puts the health pages on a listener; on each the same look at the database counts. */
  pages(served: ServedPages): (app: FastifyInstance) => void
  /** It is not ready from then on. */
  drain(): void
  close(): Promise<void>
}

export interface ServedPages {
  /** Whether whoever started the server calls it ready; without it, it is. */
  readonly isStarted: (() => boolean) | undefined
  readonly sandbox: boolean
  readonly store: Store
  readonly bus: Pick<Bus, 'isConnected'>
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
  let draining = false
  return {
    disk,
    writes,
    watch: (store) =>
      writes.begin(() => store.write((tx) => writeSetting(tx, 'last-write-attempt', String(Date.now())))),
    pages({ isStarted = () => true, sandbox, store, bus }) {
      const reasons = {
        draining: () => draining,
        disk: disk.isLow,
        store: writes.isFailing,
        bus: () => bus.isConnected?.() === false,
      }
      const pages = { isStarted, sandbox, reasons, storeReason: createStoreProbe({ store, timers }) }
      return (app) => registerHealthPages(app, pages)
    },
    drain() {
      draining = true
    },
    async close() {
      await writes.close()
      await disk.close()
    },
  }
}
