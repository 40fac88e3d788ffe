import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { makeFolderDurably } from '../durable-files.ts'
import type { Store } from '../store/store.ts'
import type { Backups } from './backups.ts'
import { backupsIn, nameAt, removeDrafts } from './scheduled-folder.ts'
import { type BackupTurns, turnsByFolder, turnsInStore } from './turns.ts'

/** When backups are made by themselves, and how many of them stay. */
export interface BackupSchedule {
  /** Of this server, or of all nodes of its database; made when it is missing. */
  readonly folder: string
  readonly everyMs: number
  /** Older ones are removed after each backup. */
  readonly keep: number
  readonly withMasterKey: boolean
}

export interface ScheduleContext {
  readonly schedule: BackupSchedule
  readonly turns: BackupTurns
  /** Makes one backup, whole and checked, in a folder that is not there yet. */
  readonly make: (to: string) => Promise<unknown>
  readonly wallClock: () => number
  readonly timers: Timers
  readonly logger: Logger
}

/** How soon a backup that failed is tried again, milliseconds. */
const retryMs = 15 * 60_000
/** A wait is looked at again after so long: the wall clock may be set meanwhile. */
const longestWaitMs = 3_600_000

/** Backs a server up while it goes on. `nodeId`: its name among several nodes; undefined where it is alone. */
export function backUpBySchedule(
  schedule: BackupSchedule,
  {
    backups,
    store,
    nodeId,
    ...shared
  }: Pick<ScheduleContext, 'wallClock' | 'timers' | 'logger'> & {
    readonly backups: Backups
    readonly store: Store
    readonly nodeId: string | undefined
  },
): { close(): Promise<void> } {
  const { everyMs, withMasterKey } = schedule
  const turns =
    nodeId === undefined ? turnsByFolder(resolve(schedule.folder), everyMs) : turnsInStore(store, { nodeId, everyMs })
  const make = (to: string): Promise<unknown> => backups.make({ to, withMasterKey, isAwaited: false })
  return startScheduledBackups({ ...shared, schedule, turns, make })
}

/** Makes backups at intervals, counted from the last one: neither a restart nor many of them change when. */
export function startScheduledBackups(context: ScheduleContext): { close(): Promise<void> } {
  const { schedule, turns, make, wallClock, timers, logger } = context
  const folder = resolve(schedule.folder)
  let closed = false
  let cancel = (): void => {}

  async function run(): Promise<void> {
    let wait = Math.min(schedule.everyMs, retryMs)
    try {
      await makeFolderDurably(folder)
      wait = await makeWhenDue()
    } catch (error) {
      logger.error({ err: error, folder }, 'the scheduled backup failed and is tried again')
    }
    if (!closed) cancel = timers.after(Math.min(wait, longestWaitMs), () => void run())
  }

  /** Answers how long there is to wait for the next. */
  async function makeWhenDue(): Promise<number> {
    const now = wallClock()
    const waits = await turns.take(now)
    if (waits > 0) return waits
    let madeAt: number | undefined
    try {
      await removeDrafts(folder)
      const name = nameAt(now)
      await make(join(folder, name))
      madeAt = now
      logger.info({ backup: join(folder, name) }, 'made the scheduled backup')
    } finally {
      await turns.end(madeAt)
    }
    if (!closed) await removeOlder()
    return schedule.everyMs
  }

  async function removeOlder(): Promise<void> {
    for (const { name } of (await backupsIn(folder)).slice(0, -schedule.keep)) {
      await rm(join(folder, name), { recursive: true })
      logger.info({ backup: join(folder, name) }, 'removed an old backup')
    }
  }

  void run()
  return {
    async close() {
      closed = true
      cancel()
    },
  }
}
