import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeAcceptance } from './acceptance.suite.ts'
import { describeCanonical } from './canonical.suite.ts'
import { describeMutations } from './mutation.suite.ts'
import type { Vector } from './vector.ts'

/** Recorded by `scripts/capture-vectors.js`, never edited by hand. */
const file = new URL('captured.vectors.json', import.meta.url)
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, 'utf8'))

test('every kind of request is among them', () => {
  const tags = new Set(vectors.flatMap((vector) => vector.tags))
  const kinds = ['chinese', 'emoji', 'special', 'list', 'object-list', 'sort-order', 'sts', 'form', 'json', 'byte']
  expect([...tags]).toEqual(expect.arrayContaining([...kinds, 'xml', 'newline', 'percent', 'empty', 'encoded-key']))
  expect(new Set(vectors.map(({ client }) => client)).size).toBe(4)
  expect(new Set(vectors.map(({ scheme }) => scheme))).toEqual(new Set(['V1', 'V3', 'V3-SM3', 'V3-RSA']))
})

describeAcceptance('captured', vectors)
describeCanonical('captured', vectors)
describeMutations('captured', vectors)

/** A collection of requests of many clients in several languages. The project stands without it; where it is, it is held to it too. */
const reference =
  process.env.OPENSAG_REFERENCE_VECTORS ?? join(import.meta.dirname, '../../../shared/reference/wire-vectors.json')
if (existsSync(reference)) {
  const more: readonly Vector[] = JSON.parse(readFileSync(reference, 'utf8'))
  describeAcceptance('reference', more)
  describeCanonical('reference', more)
  describeMutations('reference', more)
}
