import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { isWrapped } from '../master-key-form.ts'
import { unwrapKey, wrapKey } from './wrapping.ts'

const key = randomBytes(32)
const passphrase = Secret.of('correct horse battery staple')
const cheap = 2

test('a wrapped key opens with its passphrase and with no other, and shows nothing of itself', async () => {
  const wrapped = await wrapKey(key, passphrase, cheap)
  expect(isWrapped(wrapped)).toBe(true)
  expect(await unwrapKey(wrapped, passphrase)).toEqual(key)
  expect(await unwrapKey(wrapped, Secret.of('correct horse battery stable'))).toBeUndefined()
  expect(wrapped.includes(key.toString('base64url'))).toBe(false)
  expect(await wrapKey(key, passphrase, cheap)).not.toEqual(wrapped)
})

test('a passphrase that another keyboard composes differently is the same one', async () => {
  const wrapped = await wrapKey(key, Secret.of('caf\u00e9'), cheap)
  expect(await unwrapKey(wrapped, Secret.of('cafe\u0301'))).toEqual(key)
})

test('no bare key is taken for a wrapped one, whatever its first byte', () => {
  expect(isWrapped(Buffer.alloc(32, '{'))).toBe(false)
})

test('the usual cost is what RFC 7914 and OWASP ask for at least, and is in the file', async () => {
  const { cost } = JSON.parse((await wrapKey(key, passphrase)).toString()) as { readonly cost: number }
  expect(cost).toBeGreaterThanOrEqual(2 ** 17)
})

test.each([
  ['a cost that takes all memory', { cost: 2 ** 40 }],
  ['a cost that is no power of two', { cost: 3 }],
  ['another way to derive', { kdf: 'md5' }],
])('a file with %s is refused', async (_, change) => {
  const content = JSON.parse((await wrapKey(key, passphrase, cheap)).toString()) as object
  await expect(unwrapKey(Buffer.from(JSON.stringify({ ...content, ...change })), passphrase)).rejects.toHaveProperty(
    'name',
    'ZodError',
  )
})
