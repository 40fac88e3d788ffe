import type { Help, Message } from './chinese/index.ts'
import type { Language } from './language.ts'

/** The names in braces of a text. */
type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
type Values<T extends string> = [NamesIn<T>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<NamesIn<T>, string | number>>]

/** A help text that there is in Chinese; the variable that stands in for an option may follow in parentheses. */
export type HelpText = Help | `${Help} (OPENSAG_${string})`

interface Chinese {
  readonly help: Readonly<Record<string, string>>
  readonly messages: Readonly<Record<string, string>>
  readonly written: Readonly<Record<string, string>>
}

/** Undefined while English is spoken: the other language is not even loaded. */
let chinese: Chinese | undefined

/** Chooses the language of everything that is said from now on. */
export async function speak(language: Language): Promise<void> {
  chinese = language === 'zh' ? (await import('./chinese/index.ts')).chinese : undefined
}

export function spoken(): Language {
  return chinese === undefined ? 'en' : 'zh'
}

/**
 * A message to a person in the language that is spoken. It is written in English where it is said; one that lacks in the Chinese
 * catalogue, or whose values are not those between its braces, does not compile.
 */
export function say<T extends Message>(text: T, ...[values]: Values<T>): string {
  return withValues(chinese?.messages[text] ?? text, values ?? {})
}

/** A value named `why` is a text that was written in English. */
function withValues(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => {
    const value = String(values[name] ?? braces)
    return name === 'why' ? translated(value) : value
  })
}

/**
 * A text that was written in English because it is also logged, recorded or sent, in the language that is spoken: the same text
 * where the catalogue has none that fits. Of several lines each is one.
 */
export function translated(text: string): string {
  if (chinese === undefined) return text
  return text
    .split('\n')
    .map((line) => fitting(line) ?? line)
    .join('\n')
}

let patterns: readonly (readonly [form: RegExp, translation: string])[] | undefined

function fitting(text: string): string | undefined {
  if (chinese === undefined) return undefined
  const { written } = chinese
  if (Object.hasOwn(written, text)) return written[text]
  // What a sentence is about stands before it.
  const [, subject, rest = ''] = /^(--[a-z-]+|OPENSAG_\w+): (.+)$/.exec(text) ?? []
  const known = subject === undefined ? undefined : fitting(rest)
  if (known !== undefined) return `${subject}：${known}`
  patterns ??= Object.entries(written)
    .filter(([en]) => en.includes('{'))
    .map(([en, zh]) => [formOf(en), zh])
  for (const [form, translation] of patterns) {
    const values = form.exec(text)?.groups
    if (values === undefined) continue
    return withValues(translation, values)
  }
  return undefined
}

/** `{path} exists already.` fits every text with one value, within a line, in place of the braces. */
function formOf(text: string): RegExp {
  const form = text.replace(/[\\^$.*+?()[\]|/-]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>.+?)')
  return new RegExp(`^${form}$`)
}

const sandboxOnly = ' Sandbox only.'

/** A help text in the language that is spoken; the variables behind it stay. */
export function told(text: string): string {
  if (chinese === undefined) return text
  const whole = chinese.help[text]
  if (whole !== undefined) return whole
  if (text.endsWith(sandboxOnly)) return told(text.slice(0, -sandboxOnly.length)) + told(sandboxOnly.trim())
  const [, about = '', variable, fallback] = /^(.*) \((OPENSAG_\w+)(?:; default (.*))?\)$/s.exec(text) ?? []
  const known = chinese.help[about]
  if (known === undefined) return text
  return `${known}（${variable}${fallback === undefined ? '' : `；默认 ${fallback}`}）`
}
