import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { documentsWithTwins, openEmphasis, partsOf, twinOf } from '../../scripts/support/twins.js'
import { root } from '../support/process.ts'
import { documents as allDocuments } from './documents.ts'

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

const documents = documentsWithTwins()
/** Its diagrams have words of one language in its code. */
const ofOneLanguage = ['docs/lifecycles.md']

/** A file of both languages is one: its address without the language, and without the heading, whose name is translated. */
function addresses(links: readonly string[]): readonly string[] {
  const front = /^(https:\/\/github\.com\/[^/]+\/[^/]+)\/blob\/main\/README\.md$/
  const address = (link: string): string => link.replace('.zh-CN.md', '.md').replace(/^([^#:]*)#.*$/, '$1')
  return links.map((link) => address(link).replace(front, '$1#readme')).sort()
}

/** Comments may be in the language of the document. */
const withoutComments = (code: string): string => code.replace(/(^|\s+)(#|\/\/) .*$/gm, '')

/** Documents for those who work on OpenSAG itself: English is enough. */
const englishOnly = ['.github/PULL_REQUEST_TEMPLATE.md', 'CHANGELOG.md', 'CODE_OF_CONDUCT.md', 'test/facts/README.md']

test('every other document has a Chinese twin', () => {
  const english = allDocuments().filter((file) => !file.endsWith('.zh-CN.md'))
  expect(english.filter((file) => !existsSync(join(root, twinOf(file))))).toEqual(englishOnly)
})

describe.each(documents)('%s', (file) => {
  const [english, chinese] = [partsOf(textOf(file)), partsOf(textOf(twinOf(file)))]

  test('has the headings and tables of its twin', () => {
    expect(chinese.headings.map(({ level }) => level)).toEqual(english.headings.map(({ level }) => level))
    expect(chinese.tables).toEqual(english.tables)
  })

  const comparable = !ofOneLanguage.includes(file)
  if (comparable)
    test('has the code and links of its twin', () => {
      expect(chinese.code.map(withoutComments)).toEqual(english.code.map(withoutComments))
      expect(addresses(chinese.links)).toEqual(addresses(english.links))
    })

  test('has a twin in Chinese', () => {
    const characters = textOf(twinOf(file)).match(/\p{Script=Han}/gu) ?? []
    expect(characters.length).toBeGreaterThan(50)
  })

  test('has no emphasis in Chinese that stays open', () => {
    expect(openEmphasis(textOf(twinOf(file)))).toEqual([])
  })
})
