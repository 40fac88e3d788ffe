import { expect, test } from 'vitest'
import { base64url, bytesOf } from './bytes.ts'

test('bytes are written as base64url and read again, of every length', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 37 + 251) % 256))
    const text = bytes.toString('base64url')
    expect(base64url(new Uint8Array(bytes).buffer)).toBe(text)
    expect(Buffer.from(bytesOf(text))).toEqual(bytes)
  }
})
