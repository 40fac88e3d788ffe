import type { VerifiedBackup } from '@opensag/server/backup'
import { Command } from '../command.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { addPassphraseFlags, type PassphraseFlags, passphraseFrom } from '../master-key-passphrase.ts'
import { say } from '../say.ts'
import { commandAbouts } from './names.ts'

interface Given extends PassphraseFlags {
  readonly from: string
  readonly masterKey?: string
  readonly withoutMasterKey?: boolean
  readonly json?: boolean
}

/** `opensag verify`: one line that says whether a backup is whole and what it holds. */
export function verifyCommand(): Command {
  return addPassphraseFlags(new Command('verify').description(commandAbouts.verify))
    .requiredOption('--from <folder>', 'Backup folder made by `opensag backup`')
    .option('--master-key <file>', 'The master.key file, if the backup does not contain it')
    .option('--without-master-key', 'Check only what needs no key: the files and the database')
    .option('--json', 'Print the manifest and what was checked as JSON')
    .action(async (options: Given) => {
      if (options.withoutMasterKey && options.masterKey !== undefined) {
        throw new UsageError(say('Give --master-key or --without-master-key, not both.'))
      }
      const verified = await verify(options)
      console.log(options.json ? JSON.stringify(verified, null, 2) : lineOf(options.from, verified))
    })
}

async function verify(options: Given): Promise<VerifiedBackup> {
  const { from, masterKey, withoutMasterKey } = options
  const { BackupRefused, verifyBackup } = await import('@opensag/server/backup')
  try {
    const passphrase = passphraseFrom(options)
    return await verifyBackup({ from, masterKey, passphrase, withMasterKey: withoutMasterKey !== true })
  } catch (error) {
    if (error instanceof BackupRefused) throw new CommandFailure(error.message)
    throw error
  }
}

function lineOf(from: string, { manifest, underKey }: VerifiedBackup): string {
  const { createdAt, version, schema, rows } = manifest
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  return say(
    'The backup in {from} is whole: made {createdAt} by OpenSAG {version} (schema {schema}), {rows} rows in {tables} tables{checked}.',
    { from, createdAt, version, schema, rows: total, tables: Object.keys(rows).length, checked: checked(underKey) },
  )
}

function checked(underKey: VerifiedBackup['underKey']): string {
  if (underKey === undefined) return say('; what its master key opens and the audit trail were not checked')
  const { sealedValues, trail } = underKey
  const sealed = say(', {sealedValues} sealed values that its master key opens', { sealedValues })
  if (trail === undefined) return sealed + say('; the audit trail of that version has no seals')
  const { entries, unsealed } = trail
  return (
    sealed +
    say(', {entries} entries of the audit trail as they were sealed and {unsealed} not sealed yet', {
      entries,
      unsealed,
    })
  )
}
