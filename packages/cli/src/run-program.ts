import { createRequire } from 'node:module'
import { troubleIn } from '@opensag/server/trouble'
import { Command, CommanderError } from 'commander'
import { type CommandName, commandAbouts } from './commands/names.ts'
import { CommandFailure, exitCodes, UsageError } from './exit.ts'
import { inLanguage } from './help-in-language.ts'
import { languageOf } from './language.ts'
import { type Commands, emptyProgram, type LoadCommand } from './program-of.ts'
import { speak, translated } from './say.ts'
import { throwInsteadOfExit, WrongUsage } from './wrong-usage.ts'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

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

/** Runs the command that the command line names; `process.exitCode` says how it ended. */
export async function runProgram(commands: Commands): Promise<void> {
  await speak(languageOf(process.env))
  const program = emptyProgram()
    .version(version)
    // Or `operator device add --version 2.3.1.1` would tell the version of this program.
    .enablePositionalOptions()

  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    // `… | head` has heard enough, which is no mistake of anybody's.
    if (!outliveTheirReader.has(process.argv[2])) process.exit(exitCodes.done)
  })

  // `opensag help backup` is about one, too. The others are there by name, for help and for what is meant by a mistake.
  const [first, second] = process.argv.slice(2)
  const asked = first === 'help' ? second : first
  for (const [name, load] of Object.entries(commands) as [CommandName, LoadCommand][]) {
    program.addCommand(name === asked ? await load() : new Command(name).description(commandAbouts[name]))
  }
  throwInsteadOfExit(inLanguage(program))

  try {
    await program.parseAsync()
  } catch (error) {
    process.exitCode = explain(error)
  }
}

/** Tells the person what went wrong and returns the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usedWrongly
  if (error instanceof UsageError || error instanceof WrongUsage) {
    console.error(translated(error.message))
    return exitCodes.usedWrongly
  }
  if (error instanceof CommandFailure) {
    if (error.message !== '') console.error(translated(error.message))
    return exitCodes.failed
  }
  console.error(translated(messageOf(error)))
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
