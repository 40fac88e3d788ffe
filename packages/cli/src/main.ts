import { createRequire } from 'node:module'
import { troubleIn } from '@opensag/server/trouble'
import { Command, CommanderError } from 'commander'
import { type CommandName, commandAbouts } from './commands/names.ts'
import { CommandFailure, exitCodes, UsageError } from './exit.ts'
import { throwInsteadOfExit, WrongUsage } from './wrong-usage.ts'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

const program = new Command('opensag')
  .description('OpenSAG: a self-hosted Smart Access Gateway that speaks the SmartAG API.')
  .version(version)
  // Or `operator device add --version 2.3.1.1` would tell the version of this program.
  .enablePositionalOptions()

/** Each loads what it needs and nothing of the others: most of a start is loading modules. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  sandbox: async () => (await import('./commands/sandbox.ts')).sandboxCommand(),
  server: async () => (await import('./commands/server.ts')).serverCommand(),
  agent: async () => (await import('./commands/agent.ts')).agentCommand(),
  pop: async () => (await import('./commands/agent.ts')).popCommand(),
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  operator: async () => (await import('./commands/operator.ts')).operatorCommand(),
  call: async () => (await import('./commands/call.ts')).callCommand(),
  app: async () => (await import('./commands/app.ts')).appCommand(),
  rotate: async () => (await import('./commands/rotate.ts')).rotateCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  store: async () => (await import('./commands/store.ts')).storeCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  health: async () => (await import('./commands/health.ts')).healthCommand(),
  config: async () => (await import('./commands/config.ts')).configCommand(),
  completion: async () => (await import('./commands/completion.ts')).completionCommand(everyCommand),
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name)
}

async function everyCommand(): Promise<Command> {
  const all = new Command('opensag')
  for (const load of Object.values(commands)) all.addCommand(await load())
  return all
}

/** What they do matters more than what they say. */
const outliveTheirReader: ReadonlySet<string | undefined> = new Set([
  'sandbox',
  'server',
  'agent',
  'pop',
  'simulate',
  'rotate',
  'backup',
  'restore',
  'store',
])
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  // `… | head` has heard enough, which is no mistake of anybody's.
  if (!outliveTheirReader.has(process.argv[2])) process.exit(exitCodes.done)
})

// `opensag help backup` is about one, too. The others are there by name, for help and for what is meant by a mistake.
const [first, second] = process.argv.slice(2)
const asked = first === 'help' ? second : first
for (const [name, about] of Object.entries(commandAbouts)) {
  program.addCommand(name === asked && isCommand(name) ? await commands[name]() : new Command(name).description(about))
}
throwInsteadOfExit(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}

/** Tells the person what went wrong and returns the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usedWrongly
  if (error instanceof UsageError || error instanceof WrongUsage) {
    console.error(error.message)
    return exitCodes.usedWrongly
  }
  if (error instanceof CommandFailure) {
    if (error.message !== '') console.error(error.message)
    return exitCodes.failed
  }
  console.error(messageOf(error))
  if (process.env['OPENSAG_LOG_LEVEL'] === 'debug') console.error(error)
  return exitCodes.failed
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const trouble = troubleIn(error)
  if (trouble !== undefined) return trouble
  // fetch keeps why it failed to itself.
  return error.cause instanceof Error ? `${error.message}: ${messageOf(error.cause)}` : error.message
}
