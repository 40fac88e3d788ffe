import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import * as node from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createMutex } from '@opensag/protocol'
import { checkName, type Disk } from './disk.ts'
import { lockFolder } from './folder-lock.ts'

export interface FileDisk extends Disk {
  /** Waits for writes under way and gives the folder free. */
  close(): Promise<void>
}

/** The part of `node:fs/promises` that is used, so that a test can break it at every step. */
export interface Files {
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown>
  readdir(path: string): Promise<string[]>
  readFile(path: string, encoding: 'utf8'): Promise<string>
  open(path: string, flags: number | string, mode?: number): Promise<OpenFile>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  stat(path: string): Promise<{ readonly mode: number }>
}

export interface OpenFile {
  writeFile(content: string): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

const leftover = /^\..+\.tmp$/
const groupOrOthersWrite = 0o022

/**
 * A folder of files (0600) of this process alone: another process that opens it is refused, however the first one ends.
 * @throws when the folder is held by a running process, or may be written by other users.
 */
export async function createFileDisk(folder: string): Promise<FileDisk> {
  await makeFolder(folder, node)
  const lock = await lockFolder(folder)
  try {
    const disk = await openFileDisk(folder)
    return {
      ...disk,
      async close() {
        await disk.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** The same without the lock, for callers that already hold one on a folder above. */
export async function openFileDisk(folder: string, files: Files = node): Promise<FileDisk> {
  await makeFolder(folder, files)
  for (const name of await files.readdir(folder)) if (leftover.test(name)) await files.unlink(join(folder, name))
  // A program that was killed inside a write may have left one that can be read, and that a power cut takes back.
  await syncFolder(folder, files)

  const exclusive = createMutex()
  const unsure = new Set<string>()

  async function write(name: string, content: string): Promise<void> {
    unsure.add(name)
    await replaceFile(folder, name, content, files)
    unsure.delete(name)
  }

  async function read(name: string): Promise<string | undefined> {
    try {
      return await files.readFile(join(folder, name), 'utf8')
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  return {
    async read(name) {
      checkName(name)
      return read(name)
    },
    write(name, content) {
      checkName(name)
      // In the order of the calls: of two writes to one file the later one stays.
      return exclusive(() => write(name, content))
    },
    settle(name) {
      checkName(name)
      return exclusive(async () => {
        if (!unsure.has(name)) return
        const content = await read(name)
        if (content === undefined) unsure.delete(name)
        else await write(name, content)
      })
    },
    close: () => exclusive(async () => undefined),
  }
}

async function makeFolder(folder: string, files: Files): Promise<void> {
  await makeNamed(resolve(folder), files)
  const { mode } = await files.stat(folder)
  if ((mode & groupOrOthersWrite) !== 0) {
    throw new Error(`The folder ${folder} may be written by other users. Make it private first: chmod 700 ${folder}`)
  }
}

/** What somebody hears who may not read the folder above, or where that is not on a disk: whoever made ours there saw to it. */
const unsyncable: ReadonlySet<string> = new Set(['EACCES', 'EROFS', 'EINVAL'])

/** From the top: a folder is made only when the name of the one around it is durable. */
async function makeNamed(folder: string, files: Files): Promise<void> {
  const parent = dirname(folder)
  if (folder === parent) return
  if (!(await exists(folder, files))) {
    await makeNamed(parent, files)
    // With `recursive`, because another process may make it at the same time.
    await files.mkdir(folder, { recursive: true, mode: 0o700 })
  }
  try {
    await syncFolder(parent, files)
  } catch (error) {
    if (!unsyncable.has((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

async function exists(path: string, files: Files): Promise<boolean> {
  try {
    await files.stat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

async function replaceFile(folder: string, name: string, content: string, files: Files): Promise<void> {
  const temporary = join(folder, `.${name}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await writeNew(temporary, content, files)
    await files.rename(temporary, join(folder, name))
  } catch (error) {
    await removeLeftover(temporary, error, files)
    throw error
  }
  await syncFolder(folder, files)
}

async function writeNew(path: string, content: string, files: Files): Promise<void> {
  const file = await files.open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The rename is durable only when the folder that names the file is. */
async function syncFolder(folder: string, files: Files): Promise<void> {
  const handle = await files.open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function removeLeftover(path: string, cause: unknown, files: Files): Promise<void> {
  try {
    await files.unlink(path)
  } catch (error) {
    // Whatever is left is swept when the folder is next opened; the caller needs both reasons.
    if (!isMissing(error))
      throw new AggregateError([cause, error], 'A file could not be written, nor its leftover removed.')
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT'
}
