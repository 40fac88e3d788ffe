import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolderDurably, readIfPresent, writeDurably } from './durable-files.ts'

/** Where the files of one server are, inside its data folder. */
export interface DataFolder {
  readonly path: string
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
    nodeId: join(path, 'node.id'),
    operatorSocket: join(path, 'operator.sock'),
    credentials: join(path, 'credentials.json'),
  }
}

/** The name of this node in the store; the same after every restart, so that it knows which connections were its own. */
export async function nodeId(file: string): Promise<string> {
  const found = await readIfPresent(file)
  if (found !== undefined && found.length > 0) return found.toString('utf8').trim()
  const made = randomUUID()
  await writeDurably(file, `${made}\n`)
  return made
}
