import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frameLimit } from './frames.ts'
import { longestMessage, PartsInWaiting, partsOf } from './parts.ts'
import { ProtocolError } from './wire.ts'

/** As a frame carries it: the tag of its cipher takes 16 bytes. */
const room = frameLimit - 16

function together(parts: readonly string[]): readonly (string | undefined)[] {
  const waiting = new PartsInWaiting()
  return parts.map((part) => waiting.take(part))
}

test('whatever a message says, its parts fit into frames and are that message again, at the last one', () => {
  // Texts of some frames, of characters that UTF-8 writes in one to four bytes.
  const unit = fc.array(fc.constantFrom('a', '"', '\\', 'é', '漢', '🛰', '\ud800'), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(unit, fc.nat(3000), (units, times) => {
      const message = { text: units.join('').repeat(times) }
      const parts = partsOf(JSON.stringify(message))
      for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(room)
      const taken = together(parts)
      expect(taken.slice(0, -1).every((one) => one === undefined)).toBe(true)
      expect(JSON.parse(taken.at(-1) ?? '')).toEqual(message)
    }),
    { numRuns: 40 },
  )
})

test('a message that fits goes as it is', () => {
  const text = `{"a":"${'x'.repeat(room - 20)}"}`
  expect(partsOf(text)).toEqual([text])
  expect(together([text])).toEqual([text])
})

describe('bounds', () => {
  test('a message that is too long is not sent', () => {
    expect(() => partsOf('x'.repeat(longestMessage + 1))).toThrow(RangeError)
    expect(partsOf('x'.repeat(longestMessage)).length).toBeGreaterThan(1)
  })

  test('whoever sends parts without end is stopped at the longest message', () => {
    const waiting = new PartsInWaiting()
    const part = `+${'x'.repeat(room - 1)}`
    let taken = 0
    expect(() => {
      for (;;) {
        waiting.take(part)
        taken += part.length - 1
      }
    }).toThrow(ProtocolError)
    expect(taken).toBeLessThanOrEqual(longestMessage)
  })

  test('another message between two parts breaks the protocol', () => {
    const waiting = new PartsInWaiting()
    waiting.take('+{')
    expect(() => waiting.take('{"kind":"go"}')).toThrow(ProtocolError)
  })
})
