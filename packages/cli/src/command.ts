import { Argument as AnyArgument, Command as AnyCommand, Option as AnyOption } from 'commander'
import type { HelpText } from './say.ts'

/** A command whose help is there in both languages: a text that lacks in the Chinese catalogue does not compile. */
export interface Command extends AnyCommand {
  description(text: HelpText): this
  description(): string
  argument(name: string, about: HelpText, fallback?: unknown): this
  option(flags: string, about: HelpText, fallback?: string | boolean | string[]): this
  option<T>(flags: string, about: HelpText, parse: (value: string, before: T) => T, fallback?: T): this
  option(flags: string, about: HelpText, pattern: RegExp, fallback?: string | boolean | string[]): this
  requiredOption(flags: string, about: HelpText, fallback?: string | boolean | string[]): this
  requiredOption<T>(flags: string, about: HelpText, parse: (value: string, before: T) => T, fallback?: T): this
  requiredOption(flags: string, about: HelpText, pattern: RegExp, fallback?: string | boolean | string[]): this
}

/** The same as commander's. */
export const Command = AnyCommand as unknown as new (name?: string) => Command
export const Option = AnyOption as new (flags: string, about: HelpText) => AnyOption
export const Argument = AnyArgument as new (name: string, about: HelpText) => AnyArgument
