import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import { CommandFailure, exitCodes, UsageError } from './exit.ts'
import { troubleIn } from './trouble.ts'
import { throwInsteadOfExit, WrongUsage } from './wrong-usage.ts'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

const program = new Command('opensag')
  .description('OpenSAG: a self-hosted Smart Access Gateway that speaks the SmartAG API.')
  .version(version)
  // Or `operator device add --version 2.3.1.1` would tell the version of this program.
  .enablePositionalOptions()

/** Each loads what it needs and nothing of the others: most of a start is loading modules. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['sandbox', async () => (await import('./commands/sandbox.ts')).sandboxCommand()],
  ['server', async () => (await import('./commands/server.ts')).serverCommand()],
  ['agent', async () => (await import('./commands/agent.ts')).agentCommand()],
  ['simulate', async () => (await import('./commands/simulate.ts')).simulateCommand()],
  ['operator', async () => (await import('./commands/operator.ts')).operatorCommand()],
  ['call', async () => (await import('./commands/call.ts')).callCommand()],
  ['app', async () => (await import('./commands/app.ts')).appCommand()],
  ['rotate', async () => (await import('./commands/rotate.ts')).rotateCommand()],
  ['backup', async () => (await import('./commands/backup.ts')).backupCommand()],
  ['restore', async () => (await import('./commands/restore.ts')).restoreCommand()],
  ['audit', async () => (await import('./commands/audit.ts')).auditCommand()],
  ['config', async () => (await import('./commands/config.ts')).configCommand()],
])
const asked = commands.get(process.argv[2] ?? '')

/** What they do matters more than what they say. */
const outliveTheirReader: ReadonlySet<string | undefined> = new Set([
  'sandbox',
  'server',
  'agent',
  'simulate',
  'rotate',
  'backup',
  'restore',
])
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  // `… | head` has heard enough, which is no mistake of anybody's.
  if (!outliveTheirReader.has(process.argv[2])) process.exit(exitCodes.done)
})

// Help and mistakes are about all of them.
for (const load of asked ? [asked] : commands.values()) program.addCommand(await load())
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
