import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chapters, noPages } from '../../site/pages.ts'
import { addressOf, documentOf, titleOf, writeSources } from '../../site/sources.ts'
import { tokensOf } from '../../site/tokens.ts'
import { documents, isChinese } from '../documents/documents.ts'
import { linksOf, readMarkdown } from '../documents/markdown.ts'
import { root } from '../support/process.ts'

const pages: readonly string[] = chapters.flatMap((chapter) => chapter.pages)
const folder = mkdtempSync(join(tmpdir(), 'opensag-site-'))
beforeAll(() => writeSources(root, folder))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (page: string, language: 'en' | 'zh'): string =>
  readFileSync(join(folder, `${addressOf(page, language)}.md`), 'utf8')

test('every document has its place in the site, once, or is named as none of it', () => {
  const all = documents().filter((document) => !isChinese(document))
  expect([...pages, ...noPages].map((page) => `${page}.md`).sort()).toEqual([...all].sort())
})

test('every page has a title in both languages, from its document', () => {
  const titles = (['en', 'zh'] as const).map((language) =>
    pages.map((page) => titleOf(documentOf(root, page, language).text)),
  )
  expect(titles.flat().filter((title) => title === '')).toEqual([])
  expect(titles[1]?.[0]).toBe('OpenSAG')
  expect(titleOf(documentOf(root, 'docs/restore', 'zh').text)).toMatch(/\p{Script=Han}/u)
})

test('every link between documents leads to a page of the site in the language of the page', () => {
  for (const language of ['en', 'zh'] as const)
    for (const page of pages) {
      const own = linksOf(readMarkdown(read(page, language))).map(({ target }) => target)
      const inside = own.filter((target) => target.startsWith('/') && !target.startsWith('/images/'))
      const missing = inside.filter((target) => !existsSync(join(folder, target.split('#')[0] ?? '')))
      expect({ page, missing }).toEqual({ page, missing: [] })
      // Where both texts exist, only the link at the top leads to the other one.
      const others = inside.filter((target) => target.startsWith('/zh/') !== (language === 'zh'))
      expect({ page, language, others: others.length <= (page === 'README' ? 2 : 1) }).toEqual({
        page,
        language,
        others: true,
      })
      expect(own.filter((target) => /\.md(#|$)/.test(target) && !/^(\/|https:)/.test(target))).toEqual([])
    }
})

test('a text that is not translated is shown in English, and says so in Chinese', () => {
  expect(read('CHANGELOG', 'zh')).toMatch(/^# .*\n\n> 本页尚无中文版本/)
  expect(read('docs/restore', 'zh')).not.toContain('本页尚无中文版本')
})

test('the words of a search are pairs of Han characters, and words of other scripts as they are', () => {
  expect(tokensOf('管理员密码')).toEqual(['管理', '理员', '员密', '密码'])
  expect(tokensOf('修改SAG的admin_password，码')).toEqual(['修改', 'sag', '的', 'admin_password', '码'])
  // As it runs in the browser: from its source, with nothing around it.
  const alone = new Function(`return (${tokensOf.toString()})`)() as typeof tokensOf
  expect(alone('重启 gateway')).toEqual(['重启', 'gateway'])
})
