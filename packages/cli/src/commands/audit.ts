import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { AuditNotIntact, verifyAuditExport } from '@opensag/server/operator'
import { InvalidArgumentError } from 'commander'
import type { ForwardFlags } from '../audit-forward/run.ts'
import { Command } from '../command.ts'
import { CommandFailure } from '../exit.ts'
import { unreadable } from '../named-file.ts'
import { printTable } from '../print.ts'
import { commandAbouts } from './names.ts'

/** `opensag audit verify` needs no server and no data folder; `opensag audit forward` follows a running server. */
export function auditCommand(): Command {
  const audit = new Command('audit').description(commandAbouts.audit)
  audit
    .command('verify')
    .description('Check that a file of `opensag operator audit export --sealed` is what the server sealed.')
    .argument('<file>', 'The exported trail; - reads standard input')
    .requiredOption(
      '--key <public key>',
      'Public key of the server, as `opensag operator audit verify` prints it',
      oneOf(/^[A-Za-z0-9_-]{43}$/, 'A public key has 43 letters, digits, _ and -.'),
    )
    .option(
      '--head <number:hash>',
      'A head printed earlier, which the trail must still contain',
      oneOf(/^\d+:[A-Za-z0-9_-]{43}$/, 'A head is a number, a colon and a hash.'),
    )
    .option('--json', 'Print the answer as JSON')
    .action(async (file: string, options: { key: string; head?: string; json?: boolean }) => {
      const input = file === '-' ? process.stdin : createReadStream(file)
      try {
        const answer = await verifyAuditExport(createInterface({ input, crlfDelay: Infinity }), {
          publicKey: options.key,
          head: options.head,
        })
        if (options.json === true) console.log(JSON.stringify(answer, null, 2))
        else printTable(answer)
      } catch (error) {
        throw failureOf(error, file)
      }
    })
  audit
    .command('forward')
    .description(
      'Send each entry of the audit trail of a running server to a syslog receiver or a webhook, until interrupted.',
    )
    .requiredOption(
      '--to <url>',
      'syslogs://host:6514 (TLS), https://…, or of this machine syslog:// and http://; @file reads it from a file',
    )
    .requiredOption('--state <folder>', 'Folder for the number of the last entry delivered; one for each target')
    .option('--key-file <file>', 'File with the key that signs the requests of a webhook')
    .option('--token-file <file>', 'File with a bearer token for a webhook')
    .option('--ca <file>', 'Certificate (PEM) of the authority of the receiver; default: those Node trusts')
    .option('--tls-cert <file>', 'Certificate (PEM) shown to the receiver')
    .option('--tls-key <file>', 'Key (PEM) of --tls-cert')
    .option('--timeout <duration>', 'Maximum time for one delivery', '30s')
    .option('--data <folder>', 'Data folder of the server (OPENSAG_DATA)', process.env['OPENSAG_DATA'] ?? '.opensag')
    .action(async (flags: ForwardFlags) => (await import('../audit-forward/run.ts')).forwardAudit(flags))
  return audit
}

/** For an option whose value has a form of its own. */
function oneOf(form: RegExp, wish: string): (text: string) => string {
  return (text) => {
    if (form.test(text)) return text
    throw new InvalidArgumentError(wish)
  }
}

function failureOf(error: unknown, file: string): unknown {
  if (error instanceof AuditNotIntact) return new CommandFailure(error.message)
  if (error instanceof Error && 'code' in error) return unreadable(error, file)
  return error
}
