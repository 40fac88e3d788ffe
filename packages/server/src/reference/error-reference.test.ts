import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allOperations as operations } from '../apis/registry.ts'
import { causes } from '../explanations/explanations.ts'
import { errorLink } from './error-link.ts'
import { meaningsOf } from './error-meanings.ts'
import { answeredCodes, errorPages } from './error-reference.ts'

const docs = join(import.meta.dirname, '../../../../docs')

test.each([...errorPages()])('docs/%s is what `npm run docs` writes', (name, content) => {
  expect(readFileSync(join(docs, name), 'utf8')).toBe(content)
})

describe('causes and cures', () => {
  test('every code that is answered has an entry', () => {
    expect(answeredCodes().filter((code) => !causes.has(code))).toEqual([])
  })

  test('no entry is about a code that nobody answers', () => {
    const answered = new Set(answeredCodes())
    expect([...causes.keys()].filter((code) => !answered.has(code))).toEqual([])
  })

  test('an entry speaks only of operations that answer its code', () => {
    const astray = [...causes].flatMap(([code, { in: special = {} }]) =>
      Object.keys(special)
        .filter((name) => operations.find((operation) => operation.name === name)?.errors[code] === undefined)
        .map((name) => [code, name]),
    )
    expect(astray).toEqual([])
  })

  test('every text is a whole sentence, in both languages', () => {
    for (const [code, entry] of causes) {
      for (const { en, zh } of [entry, ...Object.values(entry.in ?? {})]) {
        for (const text of en) expect(text, code).toMatch(/^[\p{Lu}`].*[.)]$/u)
        for (const text of zh) expect(text, code).toMatch(/[。）]$/)
      }
    }
  })

  test('operations it names exist', () => {
    const named =
      /\b(?:Describe|Create|Modify|Update|Bind|Unbind|Attach|Detach|Grant|Revoke|Delete|Reset|Upgrade|Downgrade|Synchronize|Clear|List|Enable|Disable|Unlock|Activate)[A-Z]\w+/g
    const unknown = [...causes.values()]
      .flatMap((entry) => JSON.stringify(entry).match(named) ?? [])
      .filter((name) => !operations.some((operation) => operation.name === name))
    expect(unknown).toEqual([])
  })
})

test('every operation that answers a code is told of exactly once', () => {
  for (const code of answeredCodes()) {
    const told = meaningsOf(code, operations).flatMap(({ operations: names }) => names)
    const answering = operations.filter(({ errors }) => Object.hasOwn(errors, code)).map(({ name }) => name)
    expect(told.sort(), code).toEqual(answering.sort())
  }
})

test('two codes never share an anchor', () => {
  const links = answeredCodes().map((code) => errorLink(code, 'en'))
  expect(new Set(links).size).toBe(links.length)
})
