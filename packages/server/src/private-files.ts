import type { Stats } from 'node:fs'
import { open } from 'node:fs/promises'

/** A file or folder lies open to others, or belongs to somebody else. The message is for a person and says the cure. */
export class NotPrivate extends Error {
  override readonly name = 'NotPrivate'
}

/** Who runs this program; undefined where users have no numbers. */
type User = number | undefined

const self = (): User => process.geteuid?.()

/**
 * Reads a file that holds a secret; undefined when there is none.
 *
 * @throws NotPrivate when others may read or write it, or it belongs to another user
 */
export async function readPrivate(file: string, user: User = self()): Promise<Buffer | undefined> {
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    // Of what was opened, not of the name: another file may have it by now.
    const stats = await handle.stat()
    requireOwner(file, stats, user)
    if ((stats.mode & 0o077) !== 0) {
      throw new NotPrivate(`Others may read or write ${file} (${modeOf(stats)}). Take that away: chmod 600 ${file}`)
    }
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/**
 * A folder whose files are private. Others may look into it; but where they may write, they could put files of their own in
 * their place, and so could its owner.
 *
 * @throws NotPrivate
 */
export function requirePrivateFolder(path: string, stats: Stats, user: User = self()): void {
  requireOwner(path, stats, user)
  if ((stats.mode & 0o022) !== 0) {
    throw new NotPrivate(
      `Others may write into ${path} (${modeOf(stats)}). Take that away (chmod 700 ${path}), or name a folder of your own.`,
    )
  }
}

/**
 * A file that others may read, but not write: the folder around it may be open to them.
 *
 * @throws NotPrivate
 */
export function requireUnshared(path: string, { mode }: Stats): void {
  if ((mode & 0o022) === 0) return
  throw new NotPrivate(`Others may write ${path} (${modeOf({ mode })}). Take that away: chmod 600 ${path}`)
}

/** The superuser may do everything anyway, so what belongs to him is no worse than one's own. */
function requireOwner(path: string, { uid }: Stats, user: User): void {
  if (user === undefined || uid === user || uid === 0) return
  throw new NotPrivate(
    `${path} belongs to user ${uid}, and the server runs as user ${user}. Run it as that user, or give it away: chown ${user} ${path}`,
  )
}

function modeOf({ mode }: Pick<Stats, 'mode'>): string {
  return `mode ${(mode & 0o7777).toString(8)}`
}
