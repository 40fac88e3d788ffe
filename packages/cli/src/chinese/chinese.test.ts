import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { filesUnder } from '../../../../scripts/support/files.js'
import { allCommands } from '../commands/all.ts'
import { emptyProgram, programOf } from '../program-of.ts'
import { say, speak, told, translated } from '../say.ts'
import { chinese } from './index.ts'

const catalogues = Object.entries({ ...chinese.help, ...chinese.messages, ...chinese.written })
const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([name]) => name).sort()
const hasChinese = (text: string): boolean => /[\u4e00-\u9fff]/.test(text)

beforeAll(() => speak('zh'))

test('a translation has the values of its text, its options and its addresses', () => {
  const wrong = catalogues.filter(([en, zh]) => {
    const parts = (text: string): string[] => [
      ...new Set([
        ...namesIn(text),
        ...(text.match(/(?<![\w-])--[a-z][a-z-]*|https?:\/\/\w[^\s，。；]*?(?=\.?(?:[\s，。；]|$))|OPENSAG_\w+/g) ??
          []),
      ]),
    ]
    return parts(en).sort().join() !== parts(zh).sort().join()
  })
  expect(wrong).toEqual([])
})

test('no help has an English sentence left: every text of every command has its Chinese', async () => {
  const all = await programOf(allCommands)
  const left: string[] = []
  const visit = (command: Awaited<ReturnType<typeof programOf>>, path: string): void => {
    const texts = [command, ...command.options, ...command.registeredArguments].map((one) =>
      'registeredArguments' in one ? one.description() : one.description,
    )
    left.push(...texts.filter((text) => text !== '' && !hasChinese(text)).map((text) => `${path}: ${text}`))
    for (const child of command.commands) visit(child, `${path} ${child.name()}`)
    const shown = command.helpInformation().split('\n')
    // What is longer than a name, a value or a list of them.
    const english =
      /(?<![\w./:<[-])(the|and|is|are|of|for|with|choices|default|display|Usage|Options|Commands)(?![\w./:>\]-])/
    left.push(
      ...shown.filter((line) => english.test(line.replace(/^ {2}\S.*? {2}/, ''))).map((line) => `${path}: ${line}`),
    )
  }
  visit(all, 'opensag')
  expect(left).toEqual([])
})

test('a text that nothing says any more is no longer in a catalogue', () => {
  const sources = ['cli', 'server', 'agent', 'rotation']
    .flatMap((name) => filesUnder(join(import.meta.dirname, '../../../', name, 'src')))
    .filter((file) => /\.ts$/.test(file) && !/\.(test|suite)\.ts$|\/chinese\//.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replace(/\\(['`])/g, '$1')
  // Texts that are put together: `Only ${these} …`.
  const plain = sources.replace(/['`] \+\s*['`]/g, '').replace(/\$\{[^}]*\}+/g, '')
  const says = (en: string): boolean => sources.includes(en) || plain.includes(en) || plain.includes(withoutValues(en))
  const withoutValues = (en: string): string => (en in chinese.written ? en.replace(/\{\w+\}/g, '') : en)
  const ofParser = ['output the version number', 'display help for command']
  const composed =
    /^(URL at which|Printed command: file on|Instance id|\{n\} |Only (events|records)|Parameters as Name|Log level: fatal|\{name\} must |Other nodes of|Others may write|Entries cannot|The schema of the|The server cannot be read|- |(There is no|No agent runs on the) folder)/
  const unused = catalogues
    .map(([en]) => en.replaceAll('\n', '\\n'))
    .filter((en) => !ofParser.includes(en) && !composed.test(en) && !says(en))
  expect(unused).toEqual([])
})

test('a text that was written in English is translated with its values, as is the reason within it', () => {
  const filled = (text: string): string => text.replace(/\{(\w+)\}/g, '<$1>')
  const wrong = Object.entries(chinese.written).filter(([en, zh]) => translated(filled(en)) !== filled(zh))
  expect(wrong).toEqual([])
  expect(translated('in the recording: no answer within 2 s')).toBe('录制中：2 秒内没有应答')
  expect(translated('--ca: /a does not exist. Check the path.\n--to: /b exists already.')).toBe(
    '--ca：/a 不存在。请检查路径。\n--to：/b 已存在。',
  )
  expect(translated('of another program')).toBe('of another program')
})

test('variables and defaults stay behind the text', () => {
  expect(told('Log level (OPENSAG_LOG_LEVEL; default warn)')).toBe('日志级别（OPENSAG_LOG_LEVEL；默认 warn）')
  expect(told('not known')).toBe('not known')
})

test('in English everything is as it is written', async () => {
  await speak('en')
  expect(say('{prompt}: no value was given.', { prompt: 'Password' })).toBe('Password: no value was given.')
  expect(emptyProgram().helpInformation()).toMatch(/^Usage: opensag/)
  await speak('zh')
})
