import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { chapters } from './pages.ts'

const repository = 'https://github.com/opensag/opensag/blob/main/'
const pages: readonly string[] = chapters.flatMap((chapter) => chapter.pages)
/** Said in the place of a text that is not translated. */
const onlyEnglish = '> 本页尚无中文版本，以下为英文原文。'

/** Where the page of a document is in the site: `docs/` is left out, a README is the first page of its folder. */
export function addressOf(page: string, language: 'en' | 'zh'): string {
  const path = page.replace(/^docs\//, '').replace(/(^|\/)README$/, '$1index')
  return language === 'zh' ? `zh/${path}` : path
}

/** The first heading of a document. */
export function titleOf(text: string): string {
  return (/^# +(.*)$/m.exec(text)?.[1] ?? '').replaceAll('`', '')
}

/** The document of a page in a language, and whether it is in that language. */
export function documentOf(
  root: string,
  page: string,
  language: 'en' | 'zh',
): { readonly text: string; readonly isTranslated: boolean } {
  const chinese = join(root, `${page}.zh-CN.md`)
  const isTranslated = language === 'zh' && existsSync(chinese)
  return { text: readFileSync(isTranslated ? chinese : join(root, `${page}.md`), 'utf8'), isTranslated }
}

/**
 * Writes what VitePress builds: each document in both languages, with links to documents led to their pages and those to other
 * files of the repository to where they are published.
 */
export function writeSources(root: string, target: string): void {
  rmSync(target, { recursive: true, force: true })
  cpSync(join(root, 'docs/images'), join(target, 'public/images'), { recursive: true })
  for (const language of ['en', 'zh'] as const)
    for (const page of pages) {
      const { text, isTranslated } = documentOf(root, page, language)
      const own = withLinks(root, page, language, text)
      const [title = '', ...rest] = own.split('\n')
      const whole = language === 'zh' && !isTranslated ? [title, '', onlyEnglish, ...rest].join('\n') : own
      const file = join(target, `${addressOf(page, language)}.md`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, whole)
    }
}

function withLinks(root: string, page: string, language: 'en' | 'zh', text: string): string {
  let isCode = false
  const lines = text.split('\n').map((line) => {
    if (/^ *```/.test(line)) isCode = !isCode
    if (isCode) return line
    return line.replace(/(!?)\]\(([^()\s]+)\)/g, (all, _image, link: string) =>
      all.replace(link, led(root, page, language, link)),
    )
  })
  return lines.join('\n')
}

function led(root: string, page: string, language: 'en' | 'zh', link: string): string {
  if (/^([a-z]+:|#)/i.test(link)) return link
  const [path = '', anchor] = link.split('#')
  const file = relative(root, join(root, dirname(page), path))
  const document = file.replace(/(\.zh-CN)?\.md$/, '')
  const suffix = anchor === undefined ? '' : `#${anchor}`
  if (/\.(png|svg)$/.test(file)) return `/images/${file.split('/').at(-1)}`
  if (!pages.includes(document)) return `${repository}${file}${suffix}`
  // A link to the other language of the same document is one to the other language of the site.
  const target =
    document === page && (file !== `${page}.md`) === (language === 'en') ? (language === 'en' ? 'zh' : 'en') : language
  return `/${addressOf(document, target)}.md${suffix}`
}
