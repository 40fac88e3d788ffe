import { randomBytes, randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolderDurably, writeDurably } from './durable-files.ts'

/** Where the files of one server are, inside its data folder. */
export interface DataFolder {
  readonly path: string
  readonly masterKey: string
  readonly nodeId: string
  readonly operatorSocket: string
  readonly credentials: string
}

/**
 * Makes the folder for its owner alone. One that is there keeps its mode: it may be anybody's. Every file in it is
 * private; but where others may write, they could put files of their own in their place.
 *
 * @throws when others may write into it.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await makeFolderDurably(path)
  const { mode } = await stat(path)
  if ((mode & 0o022) !== 0) {
    throw new Error(`Others may write into ${path} (mode ${(mode & 0o7777).toString(8)}). Name a folder of your own.`)
  }
  return {
    path,
    masterKey: join(path, 'master.key'),
    nodeId: join(path, 'node.id'),
    operatorSocket: join(path, 'operator.sock'),
    credentials: join(path, 'credentials.json'),
  }
}

/** Of `master.key`. */
export const masterKeyBytes = 32

/**
 * The key every secret in the store is sealed under. It is a file of its own so that a copy of the database alone opens
 * nothing; without it the sealed columns are lost, so it is never replaced.
 */
export async function masterKey(file: string, { mayCreate }: { mayCreate: boolean }): Promise<Buffer> {
  const found = await readIfPresent(file)
  if (found !== undefined) {
    if (found.length === masterKeyBytes) return found
    throw new Error(`${file} is damaged: ${found.length} bytes instead of ${masterKeyBytes}. Restore it from a backup.`)
  }
  if (!mayCreate) {
    throw new Error(`${file} is missing, and the secrets in the database beside it open with nothing else. Restore it.`)
  }
  const key = randomBytes(masterKeyBytes)
  await writeDurably(file, key)
  return key
}

/** The name of this node in the store; the same after every restart, so that it knows which connections were its own. */
export async function nodeId(file: string): Promise<string> {
  const found = await readIfPresent(file)
  if (found !== undefined && found.length > 0) return found.toString('utf8').trim()
  const made = randomUUID()
  await writeDurably(file, `${made}\n`)
  return made
}

async function readIfPresent(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
