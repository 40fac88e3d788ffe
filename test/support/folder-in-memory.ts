import { statfsSync } from 'node:fs'

const memory = '/dev/shm'

/** A folder in memory, on which no flush to disk is waited for; undefined where there is none with that much room. */
export function folderInMemory(enoughBytes: number): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= enoughBytes ? memory : undefined
  } catch (error) {
    // Not every system has one.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
