import { resolve } from 'node:path'
import type { backUpDatabase, CopyProgress, Manifest } from '@opensag/server/backup'
import { Command } from '../command.ts'
import { copyProgressView } from '../copy-progress.ts'
import { addDatabaseFlags, type DatabaseFlags, databaseFrom } from '../database-place.ts'
import { CommandFailure } from '../exit.ts'
import { addPassphraseFlags, type PassphraseFlags, passphraseFrom } from '../master-key-passphrase.ts'
import { askOperator, NoServer } from '../operator-client.ts'
import { say, translated } from '../say.ts'
import { commandAbouts } from './names.ts'

interface Given extends PassphraseFlags, DatabaseFlags {
  readonly to: string
  readonly data: string
  readonly withoutMasterKey?: boolean
  readonly json?: boolean
}

/** `opensag backup`: of a running server through its operator socket, of a stopped one or a database directly. */
export function backupCommand(): Command {
  const command = new Command('backup').description(commandAbouts.backup)
  return addPassphraseFlags(addDatabaseFlags(command, databaseAbout))
    .requiredOption(
      '--to <folder>',
      'Folder to create for the backup. It must not exist yet; its parent folder must exist',
    )
    .option('--data <folder>', 'Data folder of the server (OPENSAG_DATA)', process.env['OPENSAG_DATA'] ?? '.opensag')
    .option('--without-master-key', 'Leave master.key out of the backup. A restore needs that file: keep it elsewhere')
    .option('--json', 'Print the manifest as JSON')
    .action(async (options: Given) => {
      const to = resolve(options.to)
      const manifest = await make(options, to)
      console.log(options.json ? JSON.stringify(manifest, null, 2) : textOf(to, manifest))
    })
}

const databaseAbout =
  'PostgreSQL database to read directly, whether or not servers run on it; the master key is that of --data. Without its password (OPENSAG_DATABASE may contain it)'

async function make(options: Given, to: string): Promise<Manifest> {
  const { data } = options
  const withMasterKey = options.withoutMasterKey !== true
  const database = await databaseFrom(options)
  const view = copyProgressView(process.stderr)
  try {
    if (database === undefined) {
      const made = await askRunning(data, { to, withMasterKey }, view.show)
      if (made !== undefined) return made
    }
    const given = { to, withMasterKey, wallClock: Date.now, passphrase: passphraseFrom(options) }
    return await makeHere({ ...given, data, database, onProgress: view.show })
  } finally {
    view.end()
  }
}

type Here = Omit<Parameters<typeof backUpDatabase>[0], 'database'> & { readonly database: string | undefined }

async function makeHere({ database, ...given }: Here): Promise<Manifest> {
  const { BackupRefused, ...backup } = await import('@opensag/server/backup')
  try {
    if (database === undefined) return await backup.backUpFolder(given.data, given)
    return await backup.backUpDatabase({ ...given, database })
  } catch (error) {
    if (error instanceof BackupRefused) throw new CommandFailure(error.message)
    throw error
  }
}

/** How often the server is asked how far it is, milliseconds. */
const askMs = 500

/** Undefined when no server runs on the folder. */
async function askRunning(
  data: string,
  wanted: { readonly to: string; readonly withMasterKey: boolean },
  show: (progress: CopyProgress) => void,
): Promise<Manifest | undefined> {
  const asking = setInterval(() => {
    askOperator(data, 'backup show', {})
      .then((said) => {
        const { progress } = said as { readonly progress?: CopyProgress }
        if (progress !== undefined) show(progress)
      })
      // A server of another version may not know. What matters is the answer to the other question.
      .catch(() => clearInterval(asking))
  }, askMs)
  try {
    return (await askOperator(data, 'backup make', wanted)) as Manifest
  } catch (error) {
    if (error instanceof NoServer) return undefined
    throw error
  } finally {
    clearInterval(asking)
  }
}

function textOf(to: string, { files, rows, schema, note, createdAt }: Manifest): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  const tables = Object.keys(rows).length
  return [
    say('The backup of {createdAt} is in {to}, checked and on disk.', { createdAt, to }),
    ...files.map(({ name, bytes }) => `  ${say('{name} {bytes} bytes', { name: name.padEnd(12), bytes })}`),
    `  ${say('{rows} rows in {tables} tables, schema {schema}', { rows: total, tables, schema })}`,
    translated(note),
  ].join('\n')
}
