import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allOperations as operations } from '../apis/registry.ts'
import { errorLink } from './error-link.ts'
import { meaningsOf } from './error-meanings.ts'
import { answeredCodes, errorPages } from './error-reference.ts'

const docs = join(import.meta.dirname, '../../../../docs')

test.each([...errorPages()])('docs/%s is what `npm run docs` writes', (name, content) => {
  expect(readFileSync(join(docs, name), 'utf8')).toBe(content)
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
