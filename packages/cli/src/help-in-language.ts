import type { Argument, Command, Help, Option } from 'commander'
import { spoken, told } from './say.ts'
import { broken, widthOf } from './width.ts'

/** Gives a command and all below it their help in the language that is spoken. */
export function inLanguage<C extends Command>(command: C): C {
  if (spoken() === 'en') return command
  translate(command)
  return command
}

function translate(command: Command): void {
  command.description(told(command.description()))
  for (const one of [...command.options, ...command.registeredArguments]) {
    one.description = told(one.description)
    if (one.defaultValueDescription !== undefined) one.defaultValueDescription = told(one.defaultValueDescription)
  }
  command.configureHelp(chineseHelp)
  // Commands that were built apart do not inherit it.
  for (const child of command.commands) translate(child)
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

const chineseHelp: Partial<Help> = {
  styleTitle: (title) => titles[title] ?? title,
  displayWidth: widthOf,
  boxWrap: broken,
  // Those that the parser adds itself have its words.
  subcommandDescription: (command) => told(command.description()),
  argumentDescription: (argument) => withNotes(argument.description, notesOf(argument)),
  optionDescription: (option) => {
    const shows = option.required || option.optional || (option.isBoolean() && typeof option.defaultValue === 'boolean')
    return withNotes(told(option.description), notesOf(option, shows))
  },
}

function notesOf({ argChoices, defaultValue, defaultValueDescription }: Argument | Option, showsDefault = true) {
  return [
    ...(argChoices === undefined ? [] : [`可选值：${argChoices.map((choice) => JSON.stringify(choice)).join('、')}`]),
    ...(defaultValue === undefined || !showsDefault
      ? []
      : [`默认：${defaultValueDescription ?? JSON.stringify(defaultValue)}`]),
  ]
}

function withNotes(about: string, notes: readonly string[]): string {
  return notes.length === 0 ? about : `${about}（${notes.join('；')}）`
}
