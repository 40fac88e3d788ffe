import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/process.ts'
import { type Page, readMarkdown } from './markdown.ts'

/** Folders of documents besides the root, and whether what is below them counts too. */
const folders = { '': false, '.github': true, docs: true, bench: false, deploy: false, 'test/facts': false } as const

/** Every document, relative to the repository. */
export function documents(): readonly string[] {
  const packages = readdirSync(join(root, 'packages')).flatMap((name) =>
    ['README.md', 'README.zh-CN.md'].map((file) => `packages/${name}/${file}`),
  )
  const others = Object.entries(folders).flatMap(([folder, recursive]) =>
    readdirSync(join(root, folder), { recursive }).map((name) => join(folder, String(name))),
  )
  return [...packages.filter((name) => existsSync(join(root, name))), ...others]
    .filter((name) => name.endsWith('.md'))
    .sort()
}

export const isChinese = (document: string): boolean => document.endsWith('.zh-CN.md')

const read = new Map<string, Page>()

/** @param document relative to the repository */
export function pageOf(document: string): Page {
  const page = read.get(document) ?? readMarkdown(readFileSync(join(root, document), 'utf8'))
  read.set(document, page)
  return page
}
