import { BackupRefused, markFolder, mostAheadMs, type Restored, restoreBackup } from '@opensag/server'
import { Command, InvalidArgumentError } from 'commander'
import { CommandFailure, UsageError } from '../exit.ts'
import { reportOf } from '../restore-report.ts'

const mostAhead = mostAheadMs / 1000

interface Given {
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

/** `opensag restore`: a data folder from a backup, of which no server may be running. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('Make a data folder from a backup, and say what came back with it. The server must be stopped.')
    .option('--from <folder>', 'Folder that `opensag backup` made')
    .option('--data <folder>', 'Data folder to make (OPENSAG_DATA)', process.env['OPENSAG_DATA'] ?? '.opensag')
    .option('--replace', 'Move a data folder that holds something aside; where to is printed')
    .option('--master-key <file>', 'master.key, when the backup was made without it')
    .option('--mark-only', 'The data folder was put in place by other means: only mark it as restored')
    .option(
      '--clients-ahead <seconds>',
      `Refuse signatures of so many seconds into the future, too; ${mostAhead} at most`,
      secondsAhead,
      0,
    )
    .option('--deactivate-keys', 'Deactivate every access key but those of --keep-key')
    .option('--keep-key <id...>', 'Access key to keep active')
    .option('--json', 'Print as JSON')
    .action(async (options: Given) => {
      checkTogether(options)
      const restored = await restoreOrMark(options)
      console.log(options.json ? JSON.stringify(restored, null, 2) : reportOf(restored, options.data))
    })
}

function checkTogether({ from, markOnly, replace, masterKey, deactivateKeys, keepKey }: Given): void {
  if ((from === undefined) !== (markOnly === true)) throw new UsageError('Give --from FOLDER or --mark-only.')
  if (markOnly && (replace || masterKey !== undefined)) {
    throw new UsageError('--replace and --master-key go with --from.')
  }
  if (keepKey !== undefined && !deactivateKeys) throw new UsageError('--keep-key goes with --deactivate-keys.')
}

type Outcome = Omit<Restored, 'manifest' | 'movedTo'> & Partial<Pick<Restored, 'manifest' | 'movedTo'>>

async function restoreOrMark(options: Given): Promise<Outcome> {
  const { from, data, replace = false, masterKey, clientsAhead } = options
  const keepKeys = options.deactivateKeys ? (options.keepKey ?? []) : undefined
  const marking = { aheadMs: clientsAhead * 1000, keepKeys, wallClock: Date.now }
  try {
    return from === undefined
      ? await markFolder(data, marking)
      : await restoreBackup({ ...marking, from, data, replace, masterKey })
  } catch (error) {
    if (error instanceof BackupRefused) throw new CommandFailure(error.message)
    throw error
  }
}

function secondsAhead(text: string): number {
  const seconds = Number(text)
  if (/^\d+$/.test(text) && seconds <= mostAhead) return seconds
  throw new InvalidArgumentError(`It is a whole number of seconds from 0 to ${mostAhead}.`)
}
