import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { makeFolderDurably } from '../durable-files.ts'
import { copyInBackground } from '../store/sqlite/copy-in-thread.ts'
import { namesIn } from './files.ts'
import { type BackupOptions, makeBackup } from './make-backup.ts'
import { manifestFile } from './manifest.ts'

/** When backups are made by themselves, and how many of them stay. */
export interface BackupSchedule {
  /** Of this server alone; made when it is missing. */
  readonly folder: string
  readonly everyMs: number
  /** Older ones are removed after each backup. */
  readonly keep: number
  readonly withMasterKey: boolean
}

export interface ScheduleContext {
  readonly schedule: BackupSchedule
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

/** The name of a backup is its time, so that a restart knows when the next is due. */
const named = /^opensag-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/** Backs a data folder up at intervals, while the server that has it open goes on. */
export function backUpBySchedule(
  schedule: BackupSchedule,
  {
    data,
    passphrase,
    ...shared
  }: Pick<ScheduleContext, 'wallClock' | 'timers' | 'logger'> & Pick<BackupOptions, 'data' | 'passphrase'>,
): { close(): Promise<void> } {
  const { withMasterKey } = schedule
  const make = (to: string): Promise<unknown> =>
    makeBackup({ data, to, withMasterKey, copy: copyInBackground, at: shared.wallClock(), passphrase })
  return startScheduledBackups({ ...shared, schedule, make })
}

/** Makes backups at intervals, counted from the newest that is there: neither a restart nor many of them change when. */
export function startScheduledBackups(context: ScheduleContext): { close(): Promise<void> } {
  const { schedule, make, wallClock, timers, logger } = context
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
    const newest = (await backupsIn(folder)).at(-1)
    const now = wallClock()
    // One that is dated later than now was made by a clock that ran ahead, and says nothing.
    const waits = newest === undefined || newest.at > now ? 0 : newest.at + schedule.everyMs - now
    if (waits > 0) return waits
    await removeDrafts(folder)
    const name = nameAt(now)
    await make(join(folder, name))
    logger.info({ backup: join(folder, name) }, 'made the scheduled backup')
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

interface Backup {
  readonly name: string
  readonly at: number
}

/** Whole ones, the oldest first. Nothing else in the folder is touched, whatever it is. */
async function backupsIn(folder: string): Promise<readonly Backup[]> {
  const found: Backup[] = []
  for (const name of (await namesIn(folder)) ?? []) {
    const at = timeIn(name)
    if (at !== undefined && (await isBackup(join(folder, name)))) found.push({ name, at })
  }
  return found.sort((one, other) => one.at - other.at)
}

/** A folder with this name could be anybody's: ours has our manifest. */
async function isBackup(folder: string): Promise<boolean> {
  try {
    const content = JSON.parse(await readFile(join(folder, manifestFile), 'utf8')) as { readonly kind?: unknown }
    return content.kind === 'opensag-backup'
  } catch {
    // What cannot be read is not known to be ours, and stays.
    return false
  }
}

/** What a server that was killed in the middle of a backup has left. */
async function removeDrafts(folder: string): Promise<void> {
  for (const name of (await namesIn(folder)) ?? []) {
    const [whole = '', draft] = name.slice(1).split('.partial-')
    if (name.startsWith('.') && draft !== undefined && named.test(whole))
      await rm(join(folder, name), { recursive: true })
  }
}

function nameAt(at: number): string {
  return `opensag-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}`
}

function timeIn(name: string): number | undefined {
  const [, year, month, day, hour, minute, second] = named.exec(name) ?? []
  if (year === undefined) return undefined
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at) ? undefined : at
}
