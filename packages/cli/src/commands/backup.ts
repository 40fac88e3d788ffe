import { resolve } from 'node:path'
import type { Manifest } from '@opensag/server/backup'
import { Command } from 'commander'
import { CommandFailure } from '../exit.ts'
import { addPassphraseFlags, type PassphraseFlags, passphraseFrom } from '../master-key-passphrase.ts'
import { askOperator, NoServer } from '../operator-client.ts'
import { commandAbouts } from './names.ts'

interface Given extends PassphraseFlags {
  readonly to: string
  readonly data: string
  readonly withoutMasterKey?: boolean
  readonly json?: boolean
}

/** `opensag backup`: of a running server through its operator socket, of a stopped one directly. */
export function backupCommand(): Command {
  return addPassphraseFlags(new Command('backup'))
    .description(commandAbouts.backup)
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

async function make(options: Given, to: string): Promise<Manifest> {
  const { data } = options
  const withMasterKey = options.withoutMasterKey !== true
  try {
    return (await askOperator(data, 'backup make', { to, withMasterKey })) as Manifest
  } catch (error) {
    if (!(error instanceof NoServer)) throw error
  }
  const { BackupRefused, backUpFolder } = await import('@opensag/server/backup')
  try {
    return await backUpFolder(data, { to, withMasterKey, wallClock: Date.now, passphrase: passphraseFrom(options) })
  } catch (error) {
    if (error instanceof BackupRefused) throw new CommandFailure(error.message)
    throw error
  }
}

function textOf(to: string, { files, rows, schema, note, createdAt }: Manifest): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  const names = files.map(({ name, bytes }) => `  ${name.padEnd(12)} ${bytes} bytes`).join('\n')
  return `The backup of ${createdAt} is in ${to}, checked and on disk.
${names}
  ${total} rows in ${Object.keys(rows).length} tables, schema ${schema}
${note}`
}
