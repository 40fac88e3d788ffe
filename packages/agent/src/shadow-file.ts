import { readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The second field of the account's line in `shadow`: a hash, or what stands where none is (`!`, `*`, nothing).
 * @throws when the file cannot be read or has no such account; neither means "no password".
 */
export async function readAccountHash(etc: string, account: string): Promise<string> {
  const text = await readFile(join(etc, 'shadow'), 'utf8')
  for (const line of text.split('\n')) {
    const [name, hash] = line.split(':')
    if (name === account && hash !== undefined) return hash
  }
  throw new Error(`There is no account ${account} in ${join(etc, 'shadow')}.`)
}

const leftover = /^(?:passwd|shadow)\.(\d+)$/

/** A killed `chpasswd` leaves the small files it takes its locks with, named after its process and holding that number. */
export async function sweepLeftovers(etc: string): Promise<void> {
  for (const name of await readdir(etc)) {
    const pid = leftover.exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    const path = join(etc, name)
    try {
      const text = await readFile(path, 'latin1')
      // Killed before it wrote the number, it left an empty file. Anything else is not one of these.
      if (text === '' || text.replace(/[\0\n]+$/, '') === pid) await unlink(path)
    } catch (error) {
      // Somebody else swept it in between.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
