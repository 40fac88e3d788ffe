import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Secret, wipeable } from './secret.ts'

test('a secret tells its value to who reveals it, and in no other way', () => {
  const secret = Secret.of('Gateway_2024')
  expect(secret.reveal()).toBe('Gateway_2024')
  expect(inspect({ secret }) + JSON.stringify({ secret })).not.toContain('Gateway')
  expect(() => String(secret)).toThrow(TypeError)
  expect(() => `${secret as unknown as string}`).toThrow(TypeError)
})

test('a text is revealed as it was given, also one that begins with a byte order mark', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ufeffA')), (text) => {
      expect(Secret.of(text).reveal()).toBe(text)
    }),
  )
})

test('a wiped secret has no value, and its bytes are zero', () => {
  const bytes = wipeable(3)
  bytes.set(Buffer.from('abc'))
  const secret = Secret.holding(bytes)
  secret.wipe()
  secret.wipe()
  expect([...bytes]).toEqual([0, 0, 0])
  expect(() => secret.reveal()).toThrow('no value')
  expect(() => secret.revealBytes()).toThrow('no value')
})

test('the bytes of a secret are its own: no pool shares them', () => {
  expect(Secret.of('abc').revealBytes().buffer.byteLength).toBe(3)
  expect(wipeable(5).buffer.byteLength).toBe(5)
})
