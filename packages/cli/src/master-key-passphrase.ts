import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Secret } from '@opensag/protocol'
import { type Command, Option } from './command.ts'
import { CommandFailure, UsageError } from './exit.ts'
import { say } from './say.ts'
import { secretFromFile, withoutLineBreak } from './secret-input.ts'

const run = promisify(execFile)

/** What systemd hands to a unit with `LoadCredential=` or `LoadCredentialEncrypted=`, by this name. */
export const credentialName = 'opensag-master-key-passphrase'

/** How long a program may take that prints the passphrase; it may ask a key service elsewhere. */
const commandMs = 30_000

export interface PassphraseFlags {
  readonly masterKeyPassphraseFile?: string | undefined
  readonly masterKeyPassphraseCommand?: string | undefined
}

/** Gives a command that is no program with settings the same two flags. */
export function addPassphraseFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--master-key-passphrase-file <file>',
        'File that contains the passphrase of a wrapped master.key (OPENSAG_MASTER_KEY_PASSPHRASE_FILE)',
      ).default(process.env['OPENSAG_MASTER_KEY_PASSPHRASE_FILE']),
    )
    .addOption(
      new Option(
        '--master-key-passphrase-command <command>',
        'Shell command that prints it (OPENSAG_MASTER_KEY_PASSPHRASE_COMMAND)',
      ).default(process.env['OPENSAG_MASTER_KEY_PASSPHRASE_COMMAND']),
    )
}

/**
 * Where the passphrase is read, anew each time it is needed; undefined when nothing names one. The passphrase itself never
 * stands on a command line or in a variable, which other programs can read.
 */
export function passphraseFrom(
  { masterKeyPassphraseFile: file, masterKeyPassphraseCommand: command }: PassphraseFlags,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): (() => Promise<Secret>) | undefined {
  if (file !== undefined && command !== undefined) {
    throw new UsageError(say('Give --master-key-passphrase-file or --master-key-passphrase-command, not both.'))
  }
  if (file !== undefined) return () => secretFromFile(file, '--master-key-passphrase-file')
  if (command !== undefined) return () => secretFromCommand(command)
  const folder = environment['CREDENTIALS_DIRECTORY']
  if (folder === undefined) return undefined
  const credential = join(folder, credentialName)
  return existsSync(credential) ? () => secretFromFile(credential) : undefined
}

async function secretFromCommand(command: string): Promise<Secret> {
  let output: string
  try {
    output = (await run('/bin/sh', ['-c', command], { timeout: commandMs, maxBuffer: 64 * 1024 })).stdout
  } catch (error) {
    // Neither its message nor the error's fields: they hold what the command printed.
    const { code, killed } = error as { readonly code?: unknown; readonly killed?: boolean }
    throw new CommandFailure(
      killed
        ? `The passphrase command did not end within ${commandMs / 1000} s.`
        : `The passphrase command ended with ${String(code)}.`,
    )
  }
  const text = withoutLineBreak(output)
  if (text === '') throw new UsageError(say('The passphrase command printed nothing.'))
  return Secret.of(text)
}
