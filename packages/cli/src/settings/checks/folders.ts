import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { dataFolderMistake, exists, reachablePath } from '@opensag/server/tools'
import { troubleWith } from '@opensag/server/trouble'
import type { Settings } from '../schema.ts'
import { type Finding, noted, refused } from './finding.ts'

/** The data folder, and the place of the key pair that a first start writes. */
export async function folderFindings(settings: Settings): Promise<readonly Finding[]> {
  const { data, writeCredentials, backupTo } = settings
  const { masterKeyPassphraseFile: file, masterKeyPassphraseCommand: command } = settings
  // Under systemd the passphrase can be a credential, which only a start has.
  const hasPassphrase = (file ?? command ?? process.env['CREDENTIALS_DIRECTORY']) !== undefined
  const unusable = await folderMistake('--data', data)
  const mistakes = [unusable ?? (await dataFolderMistake(data, hasPassphrase)), socketMistake(data)]
  if (writeCredentials !== undefined && !(await isStarted(data))) {
    mistakes.push(await placeMistake('--write-credentials', writeCredentials, data))
  }
  if (backupTo !== undefined) mistakes.push(await folderMistake('--backup-to', backupTo))
  const notes = backupTo !== undefined && isInside(data, backupTo) ? [noted(besideItself)] : []
  return [...mistakes.flatMap((text) => (text === undefined ? [] : [refused(text)])), ...notes]
}

const besideItself =
  '--backup-to is inside the data folder: what destroys the one destroys the other. Name a folder on another disk.'

function isInside(folder: string, other: string): boolean {
  return !relative(folder, other).startsWith('..')
}

/** It is there and can be written, or can be made. */
async function folderMistake(flag: string, path: string): Promise<string | undefined> {
  try {
    const found = await stat(path)
    if (!found.isDirectory()) return `${flag}: ${path} is a file, not a folder. Name a folder.`
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const parent = dirname(resolve(path))
    if (code !== 'ENOENT') return `${flag}: ${troubleWith(path, code) ?? `${path} cannot be used (${code}).`}`
    return folderMistake(flag, parent)
  }
}

async function placeMistake(flag: string, file: string, data: string): Promise<string | undefined> {
  if (await isFolder(file)) return `${flag}: ${troubleWith(file, 'EISDIR')}`
  const folder = dirname(resolve(file))
  // The start makes this one; what is wrong with it is a finding of --data.
  if (folder === resolve(data)) return undefined
  if (!(await exists(folder))) return `${flag}: the folder ${folder} does not exist. Make it first.`
  return folderMistake(flag, folder)
}

/** What cannot be looked up is a finding about the folder around it. */
function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

function socketMistake(data: string): string | undefined {
  try {
    reachablePath(join(data, 'operator.sock'))
    return undefined
  } catch (error) {
    return `--data: ${(error as Error).message}`
  }
}

/** Whether a key pair was made already: only the start that makes it writes it. */
async function isStarted(data: string): Promise<boolean> {
  // What cannot be looked up is a finding of its own.
  return exists(join(data, 'opensag.db')).catch(() => true)
}
