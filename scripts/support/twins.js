// The Chinese twins of our documents: `X.zh-CN.md` beside `X.md`, with the same headings, tables, code and links.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './prepare.js'
import { slugOf } from './slug.js'

/** Every document that has a twin, relative to the repository. */
export function documentsWithTwins() {
  const below = ['docs', 'deploy', 'bench', 'examples', 'packages'].flatMap((folder) => markdownUnder(folder))
  const all = [...below, 'README.md', 'SECURITY.md', 'CONTRIBUTING.md']
  return all.filter((file) => !isTwin(file) && existsSync(join(root, twinOf(file)))).sort()
}

function markdownUnder(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory())
      return ['node_modules', 'dist', 'bundle', 'src'].includes(entry.name) ? [] : markdownUnder(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

export const twinOf = (file) => file.replace(/\.md$/, '.zh-CN.md')
const isTwin = (file) => file.endsWith('.zh-CN.md')

/** What a reader's eye finds in a document: headings, the shape of its tables, its code, and where its links lead. */
export function partsOf(text) {
  const parts = { headings: [], tables: [], code: [], links: [] }
  let block
  let table
  for (const line of text.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) {
      if (block === undefined) block = []
      else {
        parts.code.push(block.join('\n'))
        block = undefined
      }
    } else if (block !== undefined) block.push(line)
    else {
      const [, marks, title] = /^(#{1,6}) (.*)$/.exec(line) ?? []
      if (title !== undefined) parts.headings.push({ level: marks.length, title })
      if (!line.startsWith('|')) table = undefined
      else {
        if (table === undefined) {
          table = []
          parts.tables.push(table)
        }
        table.push(line.replaceAll('\\|', '').split('|').length - 2)
      }
      for (const [, target] of line.matchAll(/\]\(([^)\s]+)\)/g)) parts.links.push(target)
    }
  }
  return parts
}

/** The anchors of the headings of a document, in order, as GitHub makes them. */
function anchorsOf(text) {
  const taken = new Map()
  return partsOf(text).headings.map(({ title }) => {
    const slug = slugOf(title.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1'))
    const times = taken.get(slug) ?? 0
    taken.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  })
}

function textOf(file) {
  return readFileSync(join(root, file), 'utf8')
}

/** The text of a twin in which what leads to an English document, or to an English heading, leads to its Chinese one. */
export function withChineseLinks(file, text) {
  return text.replace(/\]\(([^)\s]+)\)/g, (whole, target) => {
    const there = chineseTarget(file, target)
    return there === undefined ? whole : `](${there})`
  })
}

function chineseTarget(file, target) {
  const [, path, anchor] = /^([^#]*)#?(.*)$/.exec(target) ?? []
  if (/^[a-z]+:/.test(target) || (path !== '' && !path.endsWith('.md'))) return undefined
  const twin = path === '' ? file : join(dirname(file), isTwin(path) ? path : twinOf(path))
  const english = twin.replace('.zh-CN.md', '.md')
  // The line at the top that leads to the other language.
  if (path !== '' && twin === file && anchor === '') return undefined
  if (!existsSync(join(root, twin))) return undefined
  const there = path === '' ? '' : isTwin(path) ? path : twinOf(path)
  if (anchor === '') return there
  const [from, to] = [anchorsOf(textOf(english)), anchorsOf(textOf(twin))]
  return `${there}#${to.includes(anchor) ? anchor : (to[from.indexOf(anchor)] ?? anchor)}`
}

/** Links of a document that lead nowhere: to a file that is not there, or to a heading that its document does not have. */
export function brokenLinks(file, text) {
  return partsOf(text).links.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false
    const [, path, anchor] = /^([^#]*)#?(.*)$/.exec(target) ?? []
    const there = path === '' ? file : join(dirname(file), path)
    if (!existsSync(join(root, there))) return true
    if (anchor === '' || !there.endsWith('.md')) return false
    if (!anchorsOfFile.has(there)) anchorsOfFile.set(there, namesIn(textOf(there)))
    return !anchorsOfFile.get(there).has(decodeURIComponent(anchor))
  })
}

/** Read once: the reference pages are long, and much leads to them. */
const anchorsOfFile = new Map()

function namesIn(text) {
  return new Set([...anchorsOf(text), ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, name]) => name)])
}

/**
 * Emphasis that CommonMark does not see: `**句号。**下文`. A mark that stands between punctuation and a letter opens or closes
 * nothing, and Chinese has no blank there.
 */
export function openEmphasis(text) {
  const mark = /[\p{P}\p{S}]/u
  const open = []
  for (const line of text.split('\n')) {
    for (const { 0: whole, 1: inside, index } of line.matchAll(/\*\*([^*]+)\*\*/g)) {
      const [before, after] = [line[index - 1] ?? ' ', line[index + whole.length] ?? ' ']
      const unseen = (inner, outer) => mark.test(inner) && !mark.test(outer) && outer.trim() !== ''
      if (unseen(inside[0], before) || unseen(inside.at(-1), after)) open.push(whole)
    }
  }
  return open
}
