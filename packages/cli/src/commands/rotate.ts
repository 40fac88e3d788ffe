import { Command } from 'commander'
import type { RotateFlags } from '../rotate/options.ts'

const examples = `
Examples:
  opensag rotate --all --dry-run
  opensag rotate --region cn-shanghai --name 'branch-*' --recipient age1… --canary 5 --growth 3 --max-failures 2%
  opensag rotate --from gateways.txt --to-command 'vault-import --stdin' --wait-offline 10m
  opensag rotate --resume rotation-20261125T190000
  opensag rotate --endpoint 'https://smartag.{region}.aliyuncs.com' --all --recipients-file keepers.txt
  opensag rotate open rotation-20261125T190000/passwords.age --identity key.txt > passwords.jsonl
  opensag rotate verify rotation-20261125T190000/evidence.jsonl --key evidence-key.pem.pub

Exit codes: 0 every selected gateway has its new password, 1 some have not, 2 used wrongly.
`

/** `opensag rotate`: new administrator passwords for a fleet. */
export function rotateCommand(): Command {
  const many = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]
  // Or `rotate verify … --json` would set a flag of the command above it.
  return new Command('rotate')
    .enablePositionalOptions()
    .description(
      'Give every selected gateway a new administrator password of its own, in waves, through the public API.',
    )
    .option('--all', 'Select every gateway of every region')
    .option('--region <id>', 'Select the gateways of a region (may be repeated)', many)
    .option('--ccn <id>', 'Select the gateways in a cloud connect network (may be repeated)', many)
    .option('--name <pattern>', 'Select by the name of the instance; * and ? are wildcards (may be repeated)', many)
    .option('--instance <id>', 'Select an instance (may be repeated)', many)
    .option('--from <file>', 'Select what the file lists: an instance id, or instance id and serial number, a line')
    .option('--skip-unknown', 'Go on without what was named and is not there')
    .option('--recipient <age1…>', 'Encrypt the new passwords for this age recipient (may be repeated)', many)
    .option('--recipients-file <file>', 'The same, one recipient a line')
    .option('--out <file>', 'The encrypted passwords; passwords.age in the folder of the rotation unless said')
    .option('--to-command <command>', 'Hand passwords as JSON lines to the standard input of a command that keeps them')
    .option('--passwords <file>', 'Use these passwords: a serial number and a password a line')
    .option('--length <n>', 'Length of the passwords that are made, 8 to 30', '24')
    .option('--show-passwords', 'Print the new passwords too')
    .option('--canary <n|n%>', 'Size of the first wave', '5')
    .option('--growth <factor>', 'Each wave is so many times as large as the one before', '3')
    .option('--largest <n>', 'No wave is larger', '2000')
    .option('--max-failures <n|n%>', 'Stop by itself when more gateways fail, n or n% of those begun', '10%')
    .option('--concurrency <n>', 'Calls under way at a time', '32')
    .option('--attempts <n>', 'Attempts in a row for one gateway', '5')
    .option('--timeout <duration>', 'How long the answer of a call is waited for', '60s')
    .option('--wait-offline <duration>', 'Wait so long for a gateway that is offline')
    .option('--settle <duration>', 'How long a call whose answer was lost may still be under way', '30s')
    .option('--repeat-lost', 'Call again when an answer was lost and the endpoint cannot tell what became of the call')
    .option('--folder <folder>', 'Keep journal, evidence and passwords there')
    .option('--resume <folder>', 'Go on with the rotation of this folder')
    .option('--retry-failed', 'With --resume: also try again those that failed, were offline or are unknown')
    .option('--allow-unsupported', 'Gateways that no call can change do not make it fail')
    .option(
      '--evidence-key <file>',
      'Key that signs the evidence, made when it is missing (OPENSAG_EVIDENCE_KEY)',
      process.env['OPENSAG_EVIDENCE_KEY'],
    )
    .option(
      '--endpoint <url>',
      'Where the API is; {region} stands for the region (OPENSAG_ENDPOINT)',
      process.env['OPENSAG_ENDPOINT'],
    )
    .option(
      '--data <folder>',
      'Data folder that holds credentials.json (OPENSAG_DATA)',
      process.env['OPENSAG_DATA'] ?? '.opensag',
    )
    .option('--dry-run', 'Show who would be changed when, and change nothing')
    .option('--json', 'Tell everything as JSON lines')
    .addHelpText('after', examples)
    .action(async (flags: RotateFlags) => (await import('../rotate/rotate.ts')).rotate(flags))
    .addCommand(verifyCommand())
    .addCommand(openCommand())
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('Check that evidence is whole and was signed with a key, and tell what it says.')
    .argument('<evidence>', 'The file evidence.jsonl of a rotation')
    .requiredOption('--key <file>', 'Public key (PEM) of who signed it')
    .option('--json', 'Print its records as JSON')
    .action(async (path: string, options: { readonly key: string; readonly json?: boolean }) =>
      (await import('../rotate/verify.ts')).verify(path, options),
    )
}

function openCommand(): Command {
  return new Command('open')
    .description('Decrypt the passwords of a rotation and print them as JSON lines.')
    .argument('<file>', 'The file passwords.age of a rotation')
    .requiredOption('--identity <file>', 'age identity file of a recipient')
    .option('--show-passwords', 'Print them even to a terminal')
    .action(async (path: string, options: { readonly identity: string; readonly showPasswords?: boolean }) =>
      (await import('../rotate/open.ts')).open(path, options),
    )
}
