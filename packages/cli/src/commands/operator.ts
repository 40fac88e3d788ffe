import { open } from 'node:fs/promises'
import { flagOf, type OperatorCommand, operatorCommands } from '@opensag/server/operator'
import { troubleIn } from '@opensag/server/trouble'
import { Command, Option } from 'commander'
import { CommandFailure } from '../exit.ts'
import { dataHint } from '../hint.ts'
import { askOperator, askOperatorForLines } from '../operator-client.ts'
import { printTable } from '../print.ts'
import { translated } from '../say.ts'
import { commandAbouts } from './names.ts'

/** Help of the command groups. */
const groupAbout: Readonly<Record<string, string>> = {
  gateway: 'Add a gateway that is ready for use.',
  device: 'Manage the devices in the inventory.',
  firmware: 'Manage the firmware versions that are offered.',
  order: 'Move orders forward: pay, ship, arrive, return.',
  billing: 'Change the billing state of an instance.',
  clock: 'Show or advance the business clock of a sandbox.',
  account: 'Manage accounts and their first key pairs.',
  key: 'Manage access keys.',
  reenrolment: 'Have many gateways enrol anew, with new keys.',
  'log-level': 'Show or change the log level of the running server.',
  'master-key': 'Replace the master key, or wrap its file with a passphrase.',
  'channel-identity': 'Replace the key by which gateways know this server.',
  audit: 'Read the audit trail.',
  connections: 'Read the recorded logons of remote users.',
  outbox: 'Read the mails of a sandbox.',
  vbr: 'Manage VBRs, the cloud ends of leased lines.',
  'application-package': 'Manage bandwidth that accounts have for applications.',
  ccn: 'Read the cloud connect networks.',
  pop: 'Manage the points of presence, where the tunnels of gateways end.',
}

/** `opensag operator …`: every operator command of the server; flags are derived from the command's input. */
export function operatorCommand(): Command {
  const operator = new Command('operator').description(commandAbouts.operator)
  const groups = new Map<string, Command>()
  for (const declared of operatorCommands) {
    const [group = '', verb] = declared.name.split(' ')
    if (verb === undefined) {
      operator.addCommand(derive(group, declared))
      continue
    }
    let parent = groups.get(group)
    if (parent === undefined) {
      parent = new Command(group).description(groupAbout[group] ?? '')
      groups.set(group, parent)
      operator.addCommand(parent)
    }
    parent.addCommand(derive(verb, declared))
  }
  return operator
}

/** The JSON Schema of one member, as far as flags need it. */
interface Member {
  readonly type?: string
  readonly description?: string
  readonly enum?: readonly string[]
  readonly default?: unknown
}

function derive(verb: string, declared: OperatorCommand): Command {
  const { properties = {}, required = [] } = declared.inputSchema()
  const command = new Command(verb)
    .description(declared.about + (declared.sandboxOnly ? ' Sandbox only.' : ''))
    .option('--data <folder>', 'Data folder of the server (OPENSAG_DATA)', process.env['OPENSAG_DATA'] ?? '.opensag')
  if (declared.secretFile === true) {
    command.requiredOption('--to <file>', 'New file for the answer, one JSON text a line; only its owner can read it')
  }
  if (!declared.streams) command.option('--json', 'Print the answer as JSON')
  for (const [name, member] of Object.entries(properties) as [string, Member][]) {
    const about = member.description ?? ''
    const isRequired = required.includes(name) && member.default === undefined
    if (declared.positional.includes(name)) {
      const word = member.type === 'array' ? `${name}...` : name
      command.argument(isRequired ? `<${word}>` : `[${word}]`, about)
      continue
    }
    const flag = flagOf(name)
    const option = new Option(
      member.type === 'boolean' ? flag : member.type === 'array' ? `${flag} <value...>` : `${flag} <value>`,
      about,
    )
    if (member.enum) option.choices(member.enum)
    if (isRequired) option.makeOptionMandatory()
    command.addOption(option)
  }
  return command.action(async (...all: unknown[]) => {
    const given = all.slice(0, declared.positional.length)
    const { data, json, ...options } = all[declared.positional.length] as Record<string, unknown>
    const input: Record<string, unknown> = { ...options }
    for (const [index, name] of declared.positional.entries()) input[name] = given[index]
    if (declared.secretFile === true) {
      const { to, ...asked } = input
      return writeSecretFile(String(to), String(data), declared.name, asked)
    }
    if (declared.streams) return askOperatorForLines(String(data), declared.name, input, process.stdout)
    const answer = await askOperator(String(data), declared.name, input)
    if (json === true) console.log(JSON.stringify(answer, null, 2))
    else if (declared.text) console.log(translated(declared.text(answer as never, dataHint(String(data)))))
    else printTable(answer)
  })
}

/** Made for its owner alone, and never over another file: what is in it enrols gateways. */
async function writeSecretFile(path: string, data: string, name: string, input: unknown): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      error.code === 'EEXIST' ? `${path} is there already.` : `--to: ${troubleIn(error) ?? error.message}`,
    )
  })
  const out = file.createWriteStream({ flush: true })
  const written = new Promise<void>((done, failed) => out.once('close', done).once('error', failed))
  await askOperatorForLines(data, name, input, out).finally(() => out.end())
  await written
}
