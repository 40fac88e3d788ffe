import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { namesIn } from './files.ts'
import { manifestFile } from './manifest.ts'

/** The name of a backup is its time, so that a restart knows when the next is due. */
const named = /^opensag-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

export interface ScheduledBackup {
  readonly name: string
  /** When it was begun, milliseconds since 1970. */
  readonly at: number
}

/** Whole ones, the oldest first. Nothing else in the folder is touched, whatever it is. */
export async function backupsIn(folder: string): Promise<readonly ScheduledBackup[]> {
  const found: ScheduledBackup[] = []
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
export async function removeDrafts(folder: string): Promise<void> {
  for (const name of (await namesIn(folder)) ?? []) {
    const [whole = '', draft] = name.slice(1).split('.partial-')
    if (name.startsWith('.') && draft !== undefined && named.test(whole))
      await rm(join(folder, name), { recursive: true })
  }
}

export function nameAt(at: number): string {
  return `opensag-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}`
}

function timeIn(name: string): number | undefined {
  const [, year, month, day, hour, minute, second] = named.exec(name) ?? []
  if (year === undefined) return undefined
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at) ? undefined : at
}
