import { resolve } from 'node:path'
import type { Moved, StorePlace } from '@opensag/server/backup'
import { Command } from '../command.ts'
import { copyProgressView } from '../copy-progress.ts'
import { urlIn, urlOf, withoutSecret } from '../database-place.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { say } from '../say.ts'
import { commandAbouts } from './names.ts'

interface Given {
  readonly from?: string
  readonly fromFile?: string
  readonly to?: string
  readonly toFile?: string
  readonly json?: boolean
}

/** `opensag store copy`: from a data folder or database into an empty one. */
export function storeCommand(): Command {
  const store = new Command('store').description(commandAbouts.store)
  store
    .command('copy')
    .description(
      'Copy everything from a data folder or PostgreSQL database into an empty one, and compare both. Run it again after an interruption: it goes on.',
    )
    .option('--from <source>', 'Data folder of a stopped server, or URL of a database without its password')
    .option('--from-file <file>', 'File that contains the URL of --from, with its password. Only its owner may read it')
    .option('--to <target>', 'Data folder or URL of a database without its password: empty, or not there yet')
    .option('--to-file <file>', 'File that contains the URL of --to, with its password. Only its owner may read it')
    .option('--json', 'Print rows and checksum of each table as JSON')
    .action(async (options: Given) => {
      const from = await placeOf('--from', options.from, options.fromFile)
      const to = await placeOf('--to', options.to, options.toFile)
      const moved = await move(from, to)
      console.log(options.json === true ? jsonOf(moved) : textOf(moved, to))
    })
  return store
}

async function move(from: StorePlace, to: StorePlace): Promise<Moved> {
  const { BackupRefused, moveStore } = await import('@opensag/server/backup')
  const view = copyProgressView(process.stderr)
  try {
    return await moveStore({ from, to, onProgress: view.show })
  } catch (error) {
    if (error instanceof BackupRefused) throw new CommandFailure(error.message)
    throw error
  } finally {
    view.end()
  }
}

/** @throws UsageError that repeats no URL, which may hold a password */
async function placeOf(flag: string, given: string | undefined, file: string | undefined): Promise<StorePlace> {
  if ((given === undefined) === (file === undefined)) throw new UsageError(say('Give {flag} or {flag}-file.', { flag }))
  if (given !== undefined && !isUrl(given)) return { folder: resolve(given) }
  if (given !== undefined) return { database: urlOf(flag, withoutSecret(flag, given)) }
  return { database: urlOf(`${flag}-file`, await urlIn(`${flag}-file`, file ?? '')) }
}

function isUrl(text: string): boolean {
  return /^postgres(ql)?:/i.test(text)
}

function jsonOf({ tables, masterKey }: Moved): string {
  return JSON.stringify({ masterKey, tables: Object.fromEntries(tables) }, null, 2)
}

function textOf({ tables, masterKey }: Moved, to: StorePlace): string {
  const rows = [...tables.values()].reduce((sum, table) => sum + table.rows, 0)
  return [
    say('Copied {rows} rows in {tables} tables. The checksum of every table is the same on both sides.', {
      rows,
      tables: tables.size,
    }),
    next(masterKey, to),
  ].join('\n')
}

function next(masterKey: Moved['masterKey'], to: StorePlace): string {
  if (masterKey === 'copied') {
    return say('master.key was copied, too. No other file of the data folder is needed.')
  }
  if ('folder' in to) {
    return say(
      'Copy master.key of one of the nodes into {folder}, with mode 0600, before you start a server on it. Nothing else of their folders is needed.',
      { folder: to.folder },
    )
  }
  return say(
    'Copy master.key of the source, with mode 0600, into the data folder of each node before you start it. A node makes node.id itself: copy none.',
  )
}
