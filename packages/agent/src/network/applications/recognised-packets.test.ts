import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPacketReader, type RecognisedPacket } from './recognised-packets.ts'

/** As `ndpiReader --capture` writes it: a packet of TCP or UDP with what is known of it. */
function record({ protocol, from, to, application, carrier }: RecognisedPacket, fragment = 0): Buffer {
  const ip = Buffer.alloc(28)
  ip[0] = 0x45
  ip.writeUInt16BE(fragment, 6)
  ip[9] = protocol
  for (const [at, { address }] of [[12, from] as const, [16, to] as const]) {
    for (const [index, part] of address.split('.').entries()) ip[at + index] = Number(part)
  }
  ip.writeUInt16BE(from.port, 20)
  ip.writeUInt16BE(to.port, 22)
  const trailer = Buffer.alloc(38)
  trailer.writeUInt32BE(0x19680924, 0)
  trailer.writeUInt16BE(carrier, 4)
  trailer.writeUInt16BE(application, 6)
  const packet = Buffer.concat([Buffer.alloc(14), ip, trailer])
  const header = Buffer.alloc(16)
  header.writeUInt32LE(packet.length, 8)
  header.writeUInt32LE(packet.length, 12)
  return Buffer.concat([header, packet])
}

const fileHeader = Buffer.alloc(24)
const end = fc.record({ address: fc.ipV4(), port: fc.nat(65_535) })
const packets = fc.array(
  fc.record({
    protocol: fc.constantFrom(6, 17),
    from: end,
    to: end,
    application: fc.integer({ min: 1, max: 500 }),
    carrier: fc.nat(500),
  }),
  { maxLength: 5 },
)

test('packets are read as they were written, however their bytes come', () => {
  fc.assert(
    fc.property(packets, fc.integer({ min: 1, max: 200 }), (written, size) => {
      const bytes = Buffer.concat([fileHeader, ...written.map((packet) => record(packet))])
      const found: RecognisedPacket[] = []
      const read = createPacketReader((packet) => found.push(packet))
      for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size))
      expect(found).toEqual(written)
    }),
    { numRuns: 50 },
  )
})

test('packets that nothing is known of, and later fragments, are passed over; what is no such stream is an error', () => {
  const [from, to] = [
    { address: '10.0.0.1', port: 1 },
    { address: '10.0.0.2', port: 2 },
  ]
  const known = { protocol: 6, from, to, application: 7, carrier: 0 }
  const found: RecognisedPacket[] = []
  const read = createPacketReader((packet) => found.push(packet))
  read(Buffer.concat([fileHeader, record({ ...known, application: 0 }), record(known, 1), record(known)]))
  expect(found).toEqual([known])
  expect(() => read(Buffer.alloc(16, 0xff))).toThrow('This is no stream of packets.')
})
