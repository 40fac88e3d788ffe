import { Command } from 'commander'
import type { CommandName } from './commands/names.ts'
import { inLanguage } from './help-in-language.ts'

/** Loads one command: most of a start is loading modules, and each loads what it needs and nothing of the others. */
export type LoadCommand = () => Promise<Command>

/** Those of one program; each is loaded when it is asked for. */
export type Commands = Partial<Readonly<Record<CommandName, LoadCommand>>>

/** `opensag` without commands. */
export function emptyProgram(): Command {
  return new Command('opensag').description('OpenSAG: a self-hosted Smart Access Gateway that speaks the SmartAG API.')
}

/** All of them loaded, for those who write about them. */
export async function programOf(commands: Commands): Promise<Command> {
  const all = emptyProgram()
  for (const load of Object.values(commands)) all.addCommand(await load())
  return inLanguage(all)
}
