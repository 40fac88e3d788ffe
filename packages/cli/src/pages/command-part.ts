import type { Argument, Command, Option } from 'commander'
import type { Language } from '../language.ts'
import { entry, escaped, heading, paragraph, subheading } from './roff.ts'
import { words } from './words.ts'

/** As it is typed: `opensag operator device add`. */
export function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

/** The command and all below it, the command first. */
export function withAllBelow(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withAllBelow)]
}

/** The command line, with its name in bold. */
export function synopsis(command: Command): string {
  return `\\fB${escaped(pathOf(command))}\\fR ${escaped(command.usage())}`
}

/** What a command takes; that of its commands is in parts of their own. */
export function optionEntries(command: Command, language: Language): readonly string[] {
  const options = command.options.filter(({ hidden, long }) => !hidden && long !== '--version')
  const hasHelp = options.some(({ long }) => long === '--help')
  return [
    ...command.registeredArguments.map((one) => entry(one.name(), sentence(one, '', language))),
    ...options.map((one) => entry(one.flags, sentence(one, requiredNote(one, language), language))),
    ...(hasHelp ? [] : [entry('-h, --help', words[language].help)]),
  ]
}

/** The commands below one, each with its command line and its options. */
export function commandParts(command: Command, language: Language): readonly string[] {
  return withAllBelow(command)
    .slice(1)
    .filter(({ commands }) => commands.length === 0)
    .flatMap((one) => [
      subheading(pathOf(one)),
      `.PP\n${synopsis(one)}`,
      paragraph(one.description()),
      ...optionEntries(one, language),
    ])
}

/** Variables that stand in for options. */
export function environment(command: Command, language: Language): readonly string[] {
  const found = new Map<string, string>()
  for (const { options } of withAllBelow(command)) {
    for (const { description, long } of options) {
      const [variable] = /\bOPENSAG_[A-Z_]+/.exec(description) ?? []
      if (variable !== undefined && !found.has(variable)) found.set(variable, long ?? '')
    }
  }
  const word = words[language]
  return found.size === 0
    ? []
    : [heading(word.environment), ...[...found].map(([name, flag]) => entry(name, word.ofFlag(flag)))]
}

function sentence(one: Argument | Option, note: string, language: Language): string {
  const word = words[language]
  const { argChoices, defaultValue, defaultValueDescription } = one
  const isNamed = typeof defaultValue === 'string' || typeof defaultValue === 'number'
  const shown = defaultValueDescription ?? (isNamed ? String(defaultValue) : undefined)
  const parts = [
    /[.。]\)?$/.test(one.description) || one.description === ''
      ? one.description
      : `${one.description}${language === 'zh' ? '。' : '.'}`,
    ...(argChoices === undefined ? [] : [word.choices(argChoices.join(', '))]),
    ...(shown === undefined || /default|默认/.test(one.description) ? [] : [word.fallback(shown)]),
    note,
  ]
  return parts.filter((part) => part !== '').join(language === 'zh' ? '' : ' ')
}

function requiredNote({ mandatory }: Option, language: Language): string {
  return mandatory ? words[language].required : ''
}
