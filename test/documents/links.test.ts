import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { slugOf } from '../../scripts/support/slug.js'
import { root } from '../support/process.ts'
import { documents, pageOf } from './documents.ts'
import { linksOf } from './markdown.ts'

/** Anchors of headings, as GitHub numbers those that are equal, and those that are written down. */
function anchorsOf(document: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading] of pageOf(document).headings) {
    // Of a link only its text is shown; code is shown without its ticks.
    const slug = slugOf(heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1'))
    let own = slug
    for (let count = 1; anchors.has(own); count++) own = `${slug}-${count}`
    anchors.add(own)
  }
  for (const [, id = ''] of readFileSync(join(root, document), 'utf8').matchAll(/<a (?:id|name)="([^"]+)">/g))
    anchors.add(id)
  return anchors
}

const isElsewhere = (target: string): boolean => /^[a-z]+:/i.test(target)
const anchors = new Map(documents().map((document) => [document, anchorsOf(document)]))

/** What is wrong with a link of a document; undefined: it leads somewhere. */
function faultOf(document: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? document : normalize(join(dirname(document), decodeURIComponent(path)))
  if (!existsSync(join(root, file))) return 'no such file'
  if (anchor === undefined) return undefined
  const known = anchors.get(file)
  if (known === undefined) return 'an anchor in what is no document'
  return known.has(decodeURIComponent(anchor)) ? undefined : 'no such anchor'
}

test('every link of a document to a file of the repository leads to one, and to a heading that is there', () => {
  const links = documents().flatMap((document) =>
    linksOf(pageOf(document))
      .filter(({ target }) => !isElsewhere(target))
      .map(({ target, at }) => ({ document, target, at })),
  )
  expect(links.length).toBeGreaterThan(1000)
  const faults = links.flatMap(({ document, target, at }) => {
    const fault = faultOf(document, target)
    return fault === undefined ? [] : [`${document}:${at} ${target}: ${fault}`]
  })
  expect(faults).toEqual([])
})
