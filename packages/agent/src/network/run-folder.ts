import { mkdir, rmdir } from 'node:fs/promises'
import { type FolderLock, lockFolder } from '../folder-lock.ts'

/** Where the network of a machine keeps the files of its daemons: not on a disk. */
export const runFolder = '/run/opensag'

/** Makes a folder and holds it: of two that run on one machine each would take away what is the other's. @throws when it is held */
export async function holdFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return lockFolder(folder)
}

/** Removes a folder that has nothing in it. What others keep in it stays. */
export async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'ENOENT') throw error
  }
}
