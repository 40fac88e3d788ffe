import type { Command } from 'commander'
import type { CommandName } from '../commands/names.ts'
import type { Language } from '../language.ts'
import { commandParts, environment, optionEntries, synopsis } from './command-part.ts'
import { extras } from './extras.ts'
import { entry, escaped, heading, pageTitle, paragraph, type Release, subheading, typed } from './roff.ts'
import { type FileNote, words } from './words.ts'

interface Page {
  /** Of the file, without the folder of its section. */
  readonly name: string
  readonly text: string
}

/** `opensag(1)`, and a page for each command. */
export function manualPages(program: Command, language: Language, release: Release): readonly Page[] {
  const pageOf = (command: Command): Page => {
    const name = `opensag-${command.name()}`
    return page(name, oneLine(command.description()), language, release, [
      ...start(command, language),
      ...end([command], language),
      ...seeAlso(
        ['opensag', ...extras[command.name() as CommandName].seeAlso.map((other) => `opensag-${other}`)],
        program,
        language,
      ),
    ])
  }
  const word = words[language]
  const overview = page('opensag', oneLine(program.description()), language, release, [
    heading(word.synopsis),
    '.PP\n\\fBopensag\\fR [options] \\fIcommand\\fR',
    heading(word.description),
    paragraph(program.description()),
    paragraph(word.whole),
    heading(word.commands),
    ...program.commands.map((one) => entry(`opensag-${one.name()}(1)`, one.description())),
    ...exits(language),
    ...seeAlso(
      program.commands.map((one) => `opensag-${one.name()}`),
      program,
      language,
    ),
  ])
  return [overview, ...program.commands.map(pageOf)]
}

/** All of it as one page, where many files are not wanted. */
export function wholeManual(program: Command, release: Release): Page {
  const word = words.en
  return page('opensag', oneLine(program.description()), 'en', release, [
    heading(word.synopsis),
    '.PP\n\\fBopensag\\fR [options] \\fIcommand\\fR',
    heading(word.description),
    paragraph(program.description()),
    paragraph(word.whole),
    heading(word.commands),
    ...program.commands.flatMap((one) => [
      subheading(`opensag ${one.name()}`),
      `.PP\n${synopsis(one)}`,
      paragraph(one.description()),
      ...optionEntries(one, 'en'),
      ...commandParts(one, 'en'),
    ]),
    ...end(program.commands, 'en'),
  ])
}

function page(name: string, about: string, language: Language, release: Release, parts: readonly string[]): Page {
  const first = [
    pageTitle(name, release, words[language].manual),
    heading(words[language].name),
    `${escaped(name)} \\- ${escaped(about)}`,
  ]
  // A heading begins a paragraph by itself.
  const text = [...first, ...parts].join('\n').replace(/^(\.S[HS] .*)\n\.PP$/gm, '$1')
  return { name: `${name}.1`, text: `${text}\n` }
}

function start(command: Command, language: Language): readonly string[] {
  const word = words[language]
  const parts = commandParts(command, language)
  return [
    heading(word.synopsis),
    `.PP\n${synopsis(command)}`,
    heading(word.description),
    paragraph(command.description()),
    heading(word.options),
    ...optionEntries(command, language),
    ...(parts.length === 0 ? [] : [heading(word.commands), ...parts]),
  ]
}

function end(commands: readonly Command[], language: Language): readonly string[] {
  const word = words[language]
  const of = commands.map((one) => extras[one.name() as CommandName])
  const files = [
    ...new Map(of.flatMap((one) => one.files).map((file): [string, FileNote] => [file.path, file])).values(),
  ]
  const variables = [...new Set(commands.flatMap((one) => environment(one, language)))]
  return [
    ...variables,
    ...(files.length === 0 ? [] : [heading(word.files), ...files.map((file) => entry(file.path, file[language]))]),
    ...exits(language),
    heading(word.examples),
    ...of.flatMap(({ examples }) => examples.flatMap((one) => [paragraph(one[language]), typed(one.line)])),
  ]
}

function exits(language: Language): readonly string[] {
  const word = words[language]
  return [heading(word.exitStatus), ...([0, 1, 2] as const).map((code) => entry(String(code), word.exits[code]))]
}

/** Those of one program: a gateway has not all of them. */
function seeAlso(names: readonly string[], program: Command, language: Language): readonly string[] {
  const there = new Set(['opensag', ...program.commands.map((one) => `opensag-${one.name()}`)])
  const listed = names.filter((name) => there.has(name)).map((name) => `\\fB${escaped(name)}\\fR(1)`)
  return [heading(words[language].seeAlso), `.PP\n${listed.join(',\n')}`]
}

/** For the index of `whatis`, which has one line for each page. */
function oneLine(about: string): string {
  const [first = ''] = about.split(/(?<=[.。])\s*/)
  return first.replace(/^OpenSAG(: |：)/, '').replace(/[.。]$/, '')
}
