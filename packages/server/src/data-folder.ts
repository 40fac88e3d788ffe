import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolderDurably, readIfPresent, writeDurably } from './durable-files.ts'
import { requirePrivateFolder } from './private-files.ts'

/** Where the files of one server are, inside its data folder. */
export interface DataFolder {
  readonly path: string
  readonly nodeId: string
  readonly operatorSocket: string
  readonly credentials: string
}

/**
 * Makes the folder for its owner alone. One that is there keeps its mode: every file in it is private.
 *
 * @throws NotPrivate when others may write into it, or it belongs to another user
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await makeFolderDurably(path)
  requirePrivateFolder(path, await stat(path))
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
