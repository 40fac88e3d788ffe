import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { exists, makeFolderDurably, readIfPresent, writeDurably } from './durable-files.ts'
import { isWrapped, passphraseMissing } from './master-key-form.ts'
import { NotPrivate, readPrivate, requirePrivateFolder, requireUnshared } from './private-files.ts'

/** The certificate of the authority of a server that makes its own: clients get it. */
export const authorityFile = 'ca.pem'

/** Where the files of one server are, inside its data folder. */
export interface DataFolder {
  readonly path: string
  readonly nodeId: string
  readonly operatorSocket: string
  readonly credentials: string
}

/**
 * Tells why a start refuses a folder that is there, before it begins: who may reach the files, and whether the master key
 * can be opened. Undefined when nothing is wrong with it, or there is none yet. Whether a passphrase is the right one takes
 * a start: to find out is meant to be slow.
 */
export async function dataFolderMistake(path: string, hasPassphrase: boolean): Promise<string | undefined> {
  try {
    const found = await statIfThere(path)
    if (found === undefined) return undefined
    await requirePrivate(path, found)
    const file = join(path, 'master.key')
    const key = await readPrivate(file)
    // Without one, only the database tells whether a first start was cut short, which the next one goes on with.
    return key !== undefined && isWrapped(key) && !hasPassphrase ? passphraseMissing(file) : undefined
  } catch (error) {
    if (error instanceof NotPrivate) return error.message
    throw error
  }
}

/**
 * Makes the folder for its owner alone. One that is there keeps its mode: every file in it is private.
 *
 * @throws NotPrivate when others may write into it or its database, or it belongs to another user
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await makeFolderDurably(path)
  await requirePrivate(path, await stat(path))
  return {
    path,
    nodeId: join(path, 'node.id'),
    operatorSocket: join(path, 'operator.sock'),
    credentials: join(path, 'credentials.json'),
  }
}

/** Those that a start believes; `master.key` is looked at where it is read. */
const ownFiles = ['opensag.db', 'opensag.db-wal', 'opensag.db-shm', 'node.id', authorityFile]

async function requirePrivate(path: string, stats: Stats): Promise<void> {
  requirePrivateFolder(path, stats)
  for (const name of ownFiles) {
    const found = await statIfThere(join(path, name))
    if (found !== undefined) requireUnshared(join(path, name), found)
  }
}

function statIfThere(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** The name of this node in the store; the same after every restart, so that it knows which connections were its own. */
export async function nodeId(file: string): Promise<string> {
  const found = await readIfPresent(file)
  if (found !== undefined && found.length > 0) return found.toString('utf8').trim()
  const made = randomUUID()
  await writeDurably(file, `${made}\n`)
  return made
}

const sharedMark = 'database-elsewhere'

/** What a server of this folder has is in another database: a file of one that lies here is what was left behind. */
export async function noteShared(path: string): Promise<void> {
  await writeDurably(
    join(path, sharedMark),
    'The server of this folder keeps everything in PostgreSQL. An opensag.db beside this file is what was left when it moved.\n',
  )
}

/** A server goes on with the database in this folder. @returns whether it was noted that it is elsewhere */
export async function noteEmbedded(path: string): Promise<boolean> {
  const wasShared = await isShared(path)
  if (wasShared) await rm(join(path, sharedMark))
  return wasShared
}

export function isShared(path: string): Promise<boolean> {
  return exists(join(path, sharedMark))
}
