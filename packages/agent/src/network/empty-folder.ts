import { rmdir } from 'node:fs/promises'

/** Removes a folder that has nothing in it. What others keep in it stays. */
export async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'ENOENT') throw error
  }
}
