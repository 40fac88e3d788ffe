import type { Restored } from '@opensag/server/backup'
import { mostAheadMs } from '@opensag/server/tools'
import { InvalidArgumentError } from 'commander'
import { Command } from '../command.ts'
import { copyProgressView } from '../copy-progress.ts'
import { addDatabaseFlags, type DatabaseFlags, databaseFrom } from '../database-place.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { addPassphraseFlags, type PassphraseFlags, passphraseFrom } from '../master-key-passphrase.ts'
import { reportOf } from '../restore-report.ts'
import { say } from '../say.ts'
import { commandAbouts } from './names.ts'

const mostAhead = mostAheadMs / 1000

interface Given extends PassphraseFlags, DatabaseFlags {
  readonly from?: string
  readonly markOnly?: boolean
  readonly data: string
  readonly replace?: boolean
  readonly masterKey?: string
  readonly clientsAhead: number
  readonly deactivateKeys?: boolean
  readonly keepKey?: readonly string[]
  readonly json?: boolean
}

const databaseAbout =
  'Empty PostgreSQL database to restore into instead of a data folder; master.key goes into --data. With --mark-only: the database to mark, while all its servers are stopped. Without its password (OPENSAG_DATABASE may contain it)'

/** `opensag restore`: a data folder or a database from a backup, of which no server may be running. */
export function restoreCommand(): Command {
  const command = new Command('restore').description(commandAbouts.restore)
  return addPassphraseFlags(addDatabaseFlags(command, databaseAbout))
    .option('--from <folder>', 'Backup folder made by `opensag backup`')
    .option('--data <folder>', 'Data folder to create (OPENSAG_DATA)', process.env['OPENSAG_DATA'] ?? '.opensag')
    .option('--replace', 'Move an existing data folder aside first; prints its new path')
    .option('--master-key <file>', 'The master.key file, if the backup does not contain it')
    .option('--mark-only', 'Only mark the data folder as restored; use it after restoring by other means')
    .option(
      '--clients-ahead <seconds>',
      'Also refuse signatures dated up to this many seconds after the restore, 0 to 900',
      secondsAhead,
      0,
    )
    .option('--deactivate-keys', 'Deactivate every access key except those given with --keep-key')
    .option('--keep-key <id...>', 'Ids of access keys that stay active')
    .option('--json', 'Print as JSON')
    .action(async (options: Given) => {
      const database = await databaseFrom(options)
      checkTogether(options, database)
      const restored = await restoreOrMark(options, database)
      const place = { data: options.data, isDatabase: database !== undefined }
      console.log(options.json ? JSON.stringify(restored, null, 2) : reportOf(restored, place))
    })
}

function checkTogether(
  { from, markOnly, replace, masterKey, deactivateKeys, keepKey }: Given,
  database: string | undefined,
): void {
  if ((from === undefined) !== (markOnly === true))
    throw new UsageError(say('Give either --from FOLDER or --mark-only.'))
  if (markOnly && (replace || masterKey !== undefined)) {
    throw new UsageError(say('--replace and --master-key need --from.'))
  }
  if (replace && database !== undefined) {
    throw new UsageError(say('--replace moves a data folder aside. A database has to be empty: make a new one.'))
  }
  if (keepKey !== undefined && !deactivateKeys) throw new UsageError(say('--keep-key needs --deactivate-keys.'))
}

type Outcome = Omit<Restored, 'manifest' | 'movedTo'> & Partial<Pick<Restored, 'manifest' | 'movedTo'>>

async function restoreOrMark(options: Given, database: string | undefined): Promise<Outcome> {
  const { from, data, replace = false, masterKey, clientsAhead } = options
  const backup = await import('@opensag/server/backup')
  const keepKeys = options.deactivateKeys ? (options.keepKey ?? []) : undefined
  const marking = { aheadMs: clientsAhead * 1000, keepKeys, wallClock: Date.now }
  const view = copyProgressView(process.stderr)
  try {
    if (from === undefined) {
      return await (database === undefined
        ? backup.markFolder(data, marking)
        : backup.markDatabase({ ...marking, database }))
    }
    const given = { ...marking, from, data, masterKey, passphrase: passphraseFrom(options) }
    return await (database === undefined
      ? backup.restoreBackup({ ...given, replace })
      : backup.restoreIntoDatabase({ ...given, database, onProgress: view.show }))
  } catch (error) {
    if (error instanceof backup.BackupRefused) throw new CommandFailure(error.message)
    throw error
  } finally {
    view.end()
  }
}

function secondsAhead(text: string): number {
  const seconds = Number(text)
  if (/^\d+$/.test(text) && seconds <= mostAhead) return seconds
  throw new InvalidArgumentError(say('Give a whole number of seconds from 0 to {most}.', { most: mostAhead }))
}
