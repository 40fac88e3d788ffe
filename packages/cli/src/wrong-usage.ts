import type { Command, CommanderError } from 'commander'
import { say } from './say.ts'

/** A command line that the parser refuses, and the command it was for. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'

  constructor(error: CommanderError, command: Command) {
    super(sentenceOf(error, command), { cause: error })
  }
}

/** The finding of the parser in a sentence, and where to read on. */
function sentenceOf({ code, message }: CommanderError, command: Command): string {
  const name = nameOf(command)
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? []
  const said = finding(code, { message, quoted, command, name })
  return say('{said} Run "{name} --help" to see how it is used.', { said, name })
}

interface Found {
  readonly message: string
  /** What the message quotes first: a flag, an argument or a command. */
  readonly quoted: string
  readonly command: Command
  readonly name: string
}

function finding(code: string, { message, quoted, command, name }: Found): string {
  switch (code) {
    case 'commander.unknownOption':
      return say('{name} has no option {option}.{meant}', { name, option: quoted, meant: meant(message) })
    case 'commander.unknownCommand':
      return say('{name} has no command "{command}".{meant}', { name, command: quoted, meant: meant(message) })
    case 'commander.missingArgument': {
      const argument = command.registeredArguments.find((one) => one.name() === quoted)
      return say('{what} is missing: {about}.', {
        what: `<${quoted}>`,
        about: argument?.description ?? say('it is needed'),
      })
    }
    case 'commander.optionMissingArgument': {
      const [flag, value] = quoted.split(' ')
      return say('{flag} needs a value: {value}.', { flag: flag ?? '', value: value ?? '' })
    }
    case 'commander.missingMandatoryOptionValue': {
      const option = command.options.find(({ flags }) => flags === quoted)
      return say('{what} is missing: {about}.', { what: quoted, about: option?.description ?? say('it is needed') })
    }
    case 'commander.excessArguments':
      return excess(message, name)
    case 'commander.invalidArgument':
      return invalid(message, quoted)
    default:
      return asSentence(message.replace(/^error: /, ''))
  }
}

function invalid(message: string, quoted: string): string {
  const said = /(?:argument|value) '(.*?)' is invalid(?: for argument '.*?')?\. (.*)$/s
  const [, value = '', why = ''] = said.exec(message) ?? []
  const place = message.startsWith('error: option') ? (quoted.split(' ')[0] ?? quoted) : argumentIn(message)
  const [, choices] = /^Allowed choices are (.*)\.$/.exec(why) ?? []
  if (choices !== undefined) return say('{place} must be one of {choices}, not "{value}".', { place, choices, value })
  return say('{place}: "{value}" is not valid. {why}', { place, value, why: asSentence(why) })
}

function argumentIn(message: string): string {
  const [, name = ''] = /for argument '(.*?)'/.exec(message) ?? []
  return `<${name}>`
}

function excess(message: string, name: string): string {
  const [, expected = '0', got = '0'] = /Expected (\d+) .* got (\d+)/.exec(message) ?? []
  const takes =
    expected === '0'
      ? say('no argument')
      : expected === '1'
        ? say('one argument')
        : say('{n} arguments', { n: expected })
  return got === '1'
    ? say('{name} takes {takes}; 1 was given.', { name, takes })
    : say('{name} takes {takes}; {got} were given.', { name, takes, got })
}

/** The parser's own guess, in the same line. */
function meant(message: string): string {
  const [, guess] = /\(Did you mean (.*)\?\)/.exec(message) ?? []
  return guess === undefined ? '' : say(' Did you mean {guess}?', { guess })
}

function asSentence(text: string): string {
  return /[.?!。]$/.test(text) ? text : `${text}.`
}

/** As it is typed: `opensag operator device add`. */
function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`
}

/** Makes a command and all below it throw what is wrong, instead of printing it and ending the program. */
export function throwInsteadOfExit(command: Command): void {
  command.configureOutput({ outputError: () => {} })
  command.exitOverride((error) => {
    // Help, and a command that needs another word, have printed what there is to say.
    if (error.exitCode === 0 || error.code === 'commander.help') throw error
    throw new WrongUsage(error, command)
  })
  // Commands that were built apart do not inherit it.
  for (const child of command.commands) throwInsteadOfExit(child)
}
