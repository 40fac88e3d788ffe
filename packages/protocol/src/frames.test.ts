import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrames, frameLimit } from './frames.ts'
import { ProtocolError } from './wire.ts'

function pair() {
  const shared = randomBytes(32)
  const transcript = randomBytes(32)
  return { server: createFrames('server', shared, transcript), gateway: createFrames('gateway', shared, transcript) }
}

test('texts arrive as they were sent, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), (texts) => {
      const { server, gateway } = pair()
      for (const text of texts) expect(gateway.open(server.seal(text))).toBe(Buffer.from(text).toString('utf8'))
    }),
  )
})

test('a frame changed in any byte does not open', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const { server, gateway } = pair()
      const frame = server.seal('{"kind":"ready"}')
      const index = at % frame.length
      frame[index] = (frame[index] ?? 0) ^ change
      expect(() => gateway.open(frame)).toThrow(ProtocolError)
    }),
  )
})

test('a repeated frame, a missing one and one thrown back do not open', () => {
  const repeated = pair()
  const frame = repeated.server.seal('one')
  repeated.gateway.open(frame)
  expect(() => repeated.gateway.open(frame)).toThrow(ProtocolError)

  const missing = pair()
  missing.server.seal('one')
  expect(() => missing.gateway.open(missing.server.seal('two'))).toThrow(ProtocolError)

  const reflected = pair()
  expect(() => reflected.server.open(reflected.server.seal('one'))).toThrow(ProtocolError)
})

test('a frame that is too short or too long is refused', () => {
  expect(() => pair().server.open(Buffer.alloc(15))).toThrow(ProtocolError)
  expect(() => pair().server.open(Buffer.alloc(frameLimit + 1))).toThrow(ProtocolError)
})
