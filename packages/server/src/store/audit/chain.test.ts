import { randomBytes } from 'node:crypto'
import { createKeyPair } from '@opensag/protocol'
import { expect, test } from 'vitest'
import {
  areSignedFacts,
  beginSegment,
  canonicalRow,
  isGenuine,
  isGenuineAnchor,
  signedAnchor,
  signedSeal,
  signFacts,
  type TrailRow,
} from './chain.ts'

const key = createKeyPair('Ed25519', randomBytes)
const row: TrailRow = { id: 7, at: 1000, account_id: '1', outcome: null }

function hashOf(...rows: readonly TrailRow[]) {
  const segment = beginSegment(undefined)
  for (const one of rows) segment.add(one)
  return segment.facts()?.hash
}

test('a row is one text, whatever the order of its columns', () => {
  expect(canonicalRow(row)).toBe('{"account_id":"1","at":1000,"id":7}')
  expect(canonicalRow({ outcome: null, account_id: '1', at: 1000, id: 7 })).toBe(canonicalRow(row))
})

test('a column of a later version changes nothing of rows that have no value in it, and is covered in those that do', () => {
  expect(hashOf({ ...row, added: null })).toBe(hashOf(row))
  expect(hashOf({ ...row, added: 'x' })).not.toBe(hashOf(row))
})

test('the hash covers every row and their order', () => {
  const other = { ...row, id: 8 }
  expect(new Set([hashOf(row), hashOf(other), hashOf(row, other), hashOf(other, row), hashOf()]).size).toBe(5)
})

test('a hash goes on from the one before', () => {
  const [one, two] = [beginSegment(undefined), { ...row, id: 8 }]
  one.add(row)
  const facts = one.facts()
  const on = beginSegment(facts && { hash: facts.hash, total_bytes: facts.total_bytes })
  on.add(two)
  expect(on.facts()?.hash).toBe(hashOf(row, two))
  expect(on.facts()?.total_bytes).toBeGreaterThan(facts?.total_bytes ?? Number.NaN)
})

test('a signature of one kind is none of another, whatever the facts', () => {
  const facts = { number: 1, hash: 'x' }
  const signature = signFacts('head', facts, key)
  expect(areSignedFacts('head', facts, key.publicKey, signature)).toBe(true)
  for (const kind of ['anchor', 'seal']) expect(areSignedFacts(kind, facts, key.publicKey, signature)).toBe(false)
})

test('a seal is no anchor and an anchor no seal, and each member is signed', () => {
  const segment = beginSegment(undefined)
  segment.add(row)
  const facts = segment.facts()
  if (facts === undefined) throw new Error('unreachable')
  const seal = signedSeal({ number: 1, ...facts, sealed_at: 5, key_id: 'k' }, key)
  const anchor = signedAnchor(seal, 6, 'k', key)
  expect(isGenuine(seal, key.publicKey)).toBe(true)
  expect(isGenuineAnchor(anchor, key.publicKey)).toBe(true)
  expect(isGenuine({ ...seal, signature: anchor.signature }, key.publicKey)).toBe(false)
  for (const member of Object.keys(seal)) {
    expect([member, isGenuine({ ...seal, [member]: 9 }, key.publicKey)]).toEqual([member, false])
  }
  for (const member of Object.keys(anchor)) {
    expect([member, isGenuineAnchor({ ...anchor, [member]: 9 }, key.publicKey)]).toEqual([member, false])
  }
})
