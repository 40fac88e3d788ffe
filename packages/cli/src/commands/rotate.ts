import { Command } from '../command.ts'
import type { RotateFlags } from '../rotate/options.ts'
import { say } from '../say.ts'
import { commandAbouts } from './names.ts'

const examples = `  opensag rotate --all --dry-run
  opensag rotate --region cn-shanghai --name 'branch-*' --recipient age1… --canary 5 --growth 3 --max-failures 2%
  opensag rotate --from gateways.txt --to-command 'vault-import --stdin' --wait-offline 10m
  opensag rotate --all --max-age 90d --recipient age1…
  opensag rotate --resume rotation-20261125T190000
  opensag rotate --endpoint 'https://smartag.{region}.aliyuncs.com' --all --recipients-file keepers.txt
  opensag rotate open rotation-20261125T190000/passwords.age --identity key.txt > passwords.jsonl
  opensag rotate verify rotation-20261125T190000/evidence.jsonl --key evidence-key.pem.pub`

const exits =
  'Exit codes: 0 every selected gateway has its new password; 1 some gateways do not, or the run failed; 2 wrong usage.'

/** `opensag rotate`: new administrator passwords for a fleet. */
export function rotateCommand(): Command {
  const many = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]
  // Or `rotate verify … --json` would set a flag of the command above it.
  return new Command('rotate')
    .enablePositionalOptions()
    .description(commandAbouts.rotate)
    .option('--all', 'Select every gateway of every region')
    .option('--region <id>', 'Select the gateways of a region (may be repeated)', many)
    .option('--ccn <id>', 'Select the gateways in a cloud connect network (may be repeated)', many)
    .option('--name <pattern>', 'Select instances by name; * and ? are wildcards (may be repeated)', many)
    .option('--instance <id>', 'Select an instance (may be repeated)', many)
    .option(
      '--from <file>',
      'Select the gateways listed in a file; each line: an instance id, optionally followed by a serial number',
    )
    .option('--skip-unknown', 'Ignore selected instances and gateways that do not exist')
    .option(
      '--max-age <duration>',
      'Only gateways whose password is older, such as 90d, by the record of an OpenSAG; default passwords always are',
    )
    .option('--history <n>', 'Refuse a given password that is among the last n of its gateway, 1 to 24')
    .option(
      '--history-folder <folder>',
      'Folder for salted hashes of former passwords (default: beside the evidence key)',
    )
    .option('--recipient <age1…>', 'Encrypt the new passwords for this age recipient (may be repeated)', many)
    .option('--recipients-file <file>', 'File with age recipients, one per line')
    .option('--out <file>', 'File for the encrypted passwords (default: passwords.age in the rotation folder)')
    .option(
      '--to-command <command>',
      'Shell command that stores the new passwords; receives them as JSON lines on standard input',
    )
    .option('--passwords <file>', 'Use the passwords from this file; each line: a serial number and a password')
    .option('--length <n>', 'Length of generated passwords, 8 to 30 characters', '24')
    .option('--show-passwords', 'Also print the new passwords')
    .option('--canary <n|n%>', 'Size of the first wave, in gateways or percent', '5')
    .option('--growth <factor>', 'Factor by which each wave is larger than the previous one', '3')
    .option('--largest <n>', 'Maximum gateways per wave', '2000')
    .option('--max-failures <n|n%>', 'Stop when more than n gateways fail, or more than n% of those started', '10%')
    .option('--concurrency <n>', 'Maximum calls at the same time', '32')
    .option('--attempts <n>', 'Maximum attempts per gateway in one run', '5')
    .option('--timeout <duration>', 'Maximum time to wait for the answer to a call', '60s')
    .option('--wait-offline <duration>', 'Maximum time to wait for an offline gateway (default: do not wait)')
    .option('--settle <duration>', 'Time after which a call whose answer was lost can no longer take effect', '30s')
    .option('--repeat-lost', 'Repeat a call whose answer was lost even if the endpoint cannot report its result')
    .option('--folder <folder>', 'Folder for journal, evidence and passwords (default: rotation-<time>)')
    .option('--resume <folder>', 'Resume the rotation in this folder')
    .option('--retry-failed', 'With --resume: also retry gateways that failed, were offline or have an unknown result')
    .option('--allow-unsupported', 'Do not fail because of gateways that no API call can change')
    .option(
      '--evidence-key <file>',
      'Private key that signs the evidence; created if missing (OPENSAG_EVIDENCE_KEY)',
      process.env['OPENSAG_EVIDENCE_KEY'],
    )
    .option(
      '--endpoint <url>',
      'API address; {region} is replaced by the region id (OPENSAG_ENDPOINT)',
      process.env['OPENSAG_ENDPOINT'],
    )
    .option(
      '--data <folder>',
      'Data folder with credentials.json (OPENSAG_DATA)',
      process.env['OPENSAG_DATA'] ?? '.opensag',
    )
    .option('--dry-run', 'Show the gateways, their operations and waves; change nothing')
    .option('--json', 'Print all output as JSON lines')
    .addHelpText('after', () => `\n${say('Examples:')}\n${examples}\n\n${say(exits)}\n`)
    .action(async (flags: RotateFlags) => (await import('../rotate/rotate.ts')).rotate(flags))
    .addCommand(verifyCommand())
    .addCommand(openCommand())
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('Check that evidence is complete and signed with the given key; print a summary.')
    .argument('<file>', 'File evidence.jsonl of a rotation')
    .requiredOption('--key <file>', 'Public key (PEM) of the signer')
    .option('--json', 'Print the records as JSON')
    .action(async (path: string, options: { readonly key: string; readonly json?: boolean }) =>
      (await import('../rotate/verify.ts')).verify(path, options),
    )
}

function openCommand(): Command {
  return new Command('open')
    .description('Decrypt the passwords of a rotation and print them as JSON lines.')
    .argument('<file>', 'File passwords.age of a rotation')
    .requiredOption('--identity <file>', 'age identity file of a recipient')
    .option('--show-passwords', 'Allow printing to a terminal')
    .action(async (path: string, options: { readonly identity: string; readonly showPasswords?: boolean }) =>
      (await import('../rotate/open.ts')).open(path, options),
    )
}
