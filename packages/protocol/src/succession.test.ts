import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeyPair, isSignedBy, signWith } from './keys.ts'
import {
  afterSuccessor,
  afterSwitch,
  afterWelcome,
  announced,
  believes,
  mostSuccessions,
  prepared,
  type ServerKeys,
  signSwitch,
  switched,
} from './succession.ts'

const first: ServerKeys = { present: createKeyPair('Ed25519', randomBytes), next: undefined, chain: [] }
const ready = prepared(first, randomBytes)
const second = switched(ready)
const [k0, k1] = [first.present.publicKey, second.present.publicKey]
const thief = createKeyPair('Ed25519', randomBytes)

function named(keys: ServerKeys) {
  const succession = announced(keys)
  if (succession === undefined) throw new Error('Nothing is prepared.')
  return succession
}

/** What a thief who has the private half of `present` can sign. */
const forged = named({ ...first, next: thief })

const A = { serverKey: k0, successor: undefined }
const AB = { serverKey: k0, successor: k1 }
const B = { serverKey: k1, successor: undefined }

// What another implementation would have to do.
test('a succession and a switch are signed under labels of their own', () => {
  const label = (use: string): Buffer => Buffer.from(`opensag channel 1 server ${use}\0`)
  const both = Buffer.concat([k0, k1].map((key) => Buffer.from(key, 'base64url')))
  expect(isSignedBy(k0, Buffer.concat([label('succession'), both]), named(ready).signature)).toBe(true)
  const transcript = randomBytes(32)
  const signature = signSwitch(second.present, transcript)
  expect(isSignedBy(k1, Buffer.concat([label('switch'), transcript]), signature)).toBe(true)
})

test('a second preparation keeps the key of the first', () => {
  expect(prepared(ready, randomBytes)).toEqual(ready)
})

test('a switch without a prepared key changes nothing', () => {
  expect(switched(first)).toBe(first)
})

test('a switch forgets the old private key and adds how the new one followed it', () => {
  expect(second).toEqual({ present: ready.next, next: undefined, chain: [named(ready)] })
})

test('the successor is pinned beside the key that signed it', () => {
  expect(afterSuccessor(A, named(ready))).toEqual(AB)
})

test.each([
  ['a key that another key signed', { key: k1, signature: named({ ...ready, present: thief }).signature }],
  ['a signature for another key', { key: thief.publicKey, signature: named(ready).signature }],
  ['the pinned key itself', named({ ...first, next: first.present })],
  ['a signature under another label', { key: k1, signature: signWith(first.present, Buffer.from(k1, 'base64url')) }],
])('%s is not pinned', (_, succession) => {
  expect(afterSuccessor(A, succession)).toEqual(A)
})

test('another successor does not replace the first, whoever signed it', () => {
  expect(afterSuccessor(AB, forged)).toEqual(AB)
})

test('a key from before the switch names no successor any more', () => {
  expect(afterSuccessor(B, forged)).toEqual(B)
})

test('a welcome proved by the present key changes nothing, one proved by the successor ends the old key', () => {
  expect(afterWelcome(AB, k0)).toBe(AB)
  expect(afterWelcome(AB, k1)).toEqual(B)
  expect(believes(B, k0, second.chain)).toBe(false)
})

test('the successor is the key of the server once it signed this connection', () => {
  const [transcript, other] = [randomBytes(32), randomBytes(32)]
  const signature = signSwitch(second.present, transcript)
  expect(afterSwitch(AB, { key: k1, signature }, transcript)).toEqual(B)
  expect(afterSwitch(AB, { key: k1, signature }, other)).toEqual(AB)
  expect(afterSwitch(AB, { key: k1, signature: signSwitch(first.present, transcript) }, transcript)).toEqual(AB)
  expect(afterSwitch(A, { key: k1, signature }, transcript)).toEqual(A)
})

test('a gateway that was away follows the chain, and believes nothing that is not in it', () => {
  expect(believes(A, k1, second.chain)).toBe(true)
  expect(believes(A, k1, [])).toBe(false)
  expect(believes(A, thief.publicKey, second.chain)).toBe(false)
})

test('a chain that skips or changes a signature leads nowhere', () => {
  const third = switched(prepared(second, randomBytes))
  const key = third.present.publicKey
  expect(believes(A, key, third.chain)).toBe(true)
  expect(believes(B, key, third.chain)).toBe(true)
  expect(believes(A, key, third.chain.slice(1))).toBe(false)
  const [one, two] = third.chain
  if (one === undefined || two === undefined) throw new Error('The chain is too short.')
  expect(believes(A, key, [{ ...one, signature: two.signature }, two])).toBe(false)
})

test('a gateway that holds a successor follows a chain through that one only', () => {
  expect(believes(AB, thief.publicKey, [forged])).toBe(false)
  expect(believes(AB, k1, [forged])).toBe(true)
  const third = switched(prepared(second, randomBytes))
  expect(believes(AB, third.present.publicKey, third.chain)).toBe(true)
})

test('the chain keeps the latest successions', () => {
  let keys = first
  for (let count = 0; count <= mostSuccessions; count++) keys = switched(prepared(keys, randomBytes))
  expect(keys.chain).toHaveLength(mostSuccessions)
  expect(keys.chain.at(-1)?.key).toBe(keys.present.publicKey)
  expect(believes(B, keys.present.publicKey, keys.chain)).toBe(false)
  expect(
    believes({ serverKey: keys.chain[0]?.by ?? '', successor: undefined }, keys.present.publicKey, keys.chain),
  ).toBe(true)
})
