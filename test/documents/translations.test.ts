import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../support/process.ts'
import { documents, isChinese, pageOf, twinOf } from './documents.ts'
import type { Block } from './markdown.ts'

/** Documents for those who work on OpenSAG itself: English is enough. */
const englishOnly = [
  '.github/PULL_REQUEST_TEMPLATE.md',
  'CHANGELOG.md',
  'CODE_OF_CONDUCT.md',
  'CONTRIBUTING.md',
  'test/facts/README.md',
]

/** Those whose Chinese text is still to be written. A text that comes leaves the list; in the end it is empty. */
const awaited: readonly string[] = [
  'packages/cli/README.md',
  'packages/smartag-client/README.md',
  'packages/testing/README.md',
]

const all = documents()
const english = all.filter((document) => !isChinese(document))
const pairs = english.filter((document) => all.includes(twinOf(document)))

/** What begins a comment, up to the end of the line; a comment may be translated, what is run may not. */
const comments: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    ['sh', 'python', 'py', 'yaml', 'ini', 'toml', 'terraform', 'hcl', 'conf', 'nginx', 'haproxy', 'caddy', 'php'].map(
      (name) => [name, /(^|\s+)#.*$/],
    ),
  ),
  ...Object.fromEntries(['js', 'ts', 'jsonc', 'go', 'java', 'csharp', 'proto'].map((name) => [name, /(^|\s+)\/\/.*$/])),
}

function withoutComments({ language, lines }: Block): object {
  // A drawing or a made-up notation has words in it.
  if (!(language in comments) && language !== 'json') return { language, lines: lines.length }
  const comment = comments[language]
  return { language, lines: comment === undefined ? lines : lines.map((line) => line.replace(comment, '')) }
}

test('every document has a Chinese text beside it, but for those awaited', () => {
  const missing = english.filter((document) => !pairs.includes(document) && !englishOnly.includes(document))
  expect(missing.sort()).toEqual([...awaited].sort())
  expect(englishOnly.filter((document) => !all.includes(document))).toEqual([])
})

test('every Chinese text has an English one beside it', () => {
  expect(all.filter((document) => isChinese(document) && !english.some((one) => twinOf(one) === document))).toEqual([])
})

describe('a document and its Chinese text', () => {
  for (const document of pairs) {
    const one = pageOf(document)
    const other = pageOf(twinOf(document))

    test(`${document}: the same levels of headings, rows of tables and code`, () => {
      expect(other.headings.map(([level]) => level)).toEqual(one.headings.map(([level]) => level))
      expect(other.tables).toEqual(one.tables)
      expect(other.blocks.map(withoutComments)).toEqual(one.blocks.map(withoutComments))
    })

    test(`${document}: the Chinese text is Chinese`, () => {
      const characters = readFileSync(join(root, twinOf(document)), 'utf8').match(/\p{Script=Han}/gu) ?? []
      expect(characters.length).toBeGreaterThan(50)
    })
  }
})
