import { rmSync } from 'node:fs'
import { access, constants, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Memory that looks like a disk, where Linux has it: what is synced there costs no time. */
const inMemory = '/dev/shm'

/** Where the server of one test keeps everything. */
export interface DataFolder {
  readonly path: string
  remove(): Promise<void>
}

/** A new one. It is removed at the latest when the process ends. */
export async function makeDataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(await parent(), 'opensag-test-'))
  const removeAtEnd = (): void => rmSync(path, { recursive: true, force: true })
  process.once('exit', removeAtEnd)
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true })
      process.off('exit', removeAtEnd)
    },
  }
}

async function parent(): Promise<string> {
  try {
    await access(inMemory, constants.W_OK)
    return inMemory
  } catch {
    // macOS, or a container without it.
    return tmpdir()
  }
}
