import type { Argument, Command, Option } from 'commander'
import { told } from '../say.ts'

/** A word that can come next, and what it means. */
export interface Word {
  readonly word: string
  readonly about: string
}

/** What can follow a value-taking option: words, or a path. */
export type Values =
  | { readonly is: 'words'; readonly words: readonly string[] }
  | { readonly is: 'file' | 'folder' | 'free' }

/** One command, by the words that lead to it (`operator device`), and all that can follow. */
export interface Place {
  readonly path: string
  readonly commands: readonly Word[]
  readonly options: readonly Word[]
  /** By flag; an option without an entry takes no value. */
  readonly values: ReadonlyMap<string, Values>
  /** What its argument can be; undefined when nobody can know, or it has none. */
  readonly argument: Values | undefined
}

const nothing = { commands: [], options: [], values: new Map(), argument: undefined } as const

/** Everything that can be completed, read from the commands themselves. */
export function placesOf(program: Command): readonly Place[] {
  return placesBelow(program, '')
}

function placesBelow(command: Command, path: string): readonly Place[] {
  const options = command.options.filter(({ hidden }) => !hidden)
  const commands = command.commands.map((child) => ({ word: child.name(), about: firstSentence(child.description()) }))
  const place: Place = {
    path,
    commands: path === '' ? [...commands, { word: 'help', about: told('Print the help of a command') }] : commands,
    options: [
      ...options.map((option) => ({ word: flagOf(option), about: firstSentence(option.description) })),
      ...(options.some((option) => flagOf(option) === '--help') ? [] : [{ word: '--help', about: told('Print help') }]),
    ],
    values: new Map(options.filter(takesValue).map((option) => [flagOf(option), valuesOf(option)])),
    argument: command.registeredArguments.map(valuesOfArgument).find((values) => values.is !== 'free'),
  }
  const ofHelp = path === '' ? [{ ...nothing, path: 'help', commands }] : []
  const below = command.commands.flatMap((child) => placesBelow(child, `${path} ${child.name()}`.trim()))
  return [place, ...ofHelp, ...below]
}

function flagOf({ long, short }: Option): string {
  return long ?? short ?? ''
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional
}

function valuesOf({ argChoices, flags }: Option): Values {
  if (argChoices !== undefined) return { is: 'words', words: argChoices }
  if (/<folder>/.test(flags)) return { is: 'folder' }
  return /<file>/.test(flags) ? { is: 'file' } : { is: 'free' }
}

function valuesOfArgument(argument: Argument): Values {
  if (argument.argChoices !== undefined) return { is: 'words', words: argument.argChoices }
  return { is: argument.name() === 'file' ? 'file' : 'free' }
}

/** Descriptions stand in one line behind their word, and in quotes. */
function firstSentence(text: string): string {
  const [first = ''] = text.split(/(?<=\.)\s|(?<=。)/)
  return first
    .replace(/\s+/g, ' ')
    .replace(/[.。]$/, '')
    .replaceAll("'", '’')
}
