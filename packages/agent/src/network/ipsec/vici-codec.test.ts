import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodePacket,
  encodePacket,
  packetLimit,
  packetType,
  type ReadSection,
  sectionIn,
  sectionsIn,
  textIn,
  ViciError,
  type ViciSection,
} from './vici-codec.ts'

const name = fc.string({ unit: 'binary', maxLength: 20 })
const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
)
const { section } = fc.letrec<{ section: ViciSection }>((tie) => ({
  section: fc.dictionary(name, fc.oneof({ maxDepth: 4 }, value, fc.array(value, { maxLength: 4 }), tie('section')), {
    maxKeys: 5,
  }),
}))

/** A section as it is read again. */
function asRead(given: ViciSection): ReadSection {
  const read = new Map<string, Buffer | readonly Buffer[] | ReadSection>()
  for (const [key, one] of Object.entries(given)) {
    if (typeof one === 'string' || Buffer.isBuffer(one)) read.set(utf8(key), Buffer.from(one))
    else if (Array.isArray(one))
      read.set(
        utf8(key),
        one.map((item: string | Buffer) => Buffer.from(item)),
      )
    else if (one !== undefined) read.set(utf8(key), asRead(one as ViciSection))
  }
  return read
}

const utf8 = (text: string): string => Buffer.from(text).toString()

function bodyOf(packet: Buffer): Buffer {
  expect(packet.readUInt32BE()).toBe(packet.length - 4)
  return packet.subarray(4)
}

test('what is written is read again, whatever bytes the values are', () => {
  fc.assert(
    fc.property(name, section, (command, message) => {
      expect(decodePacket(bodyOf(encodePacket(packetType.request, command, message)))).toEqual({
        type: packetType.request,
        name: utf8(command),
        message: asRead(message),
      })
    }),
  )
})

test('a request is written as libvici documents it', () => {
  const message = { a: '1', list: ['x', 'yz'], sec: { b: Buffer.of(0xff) }, none: undefined }
  expect(encodePacket(packetType.request, 'cmd', message).toString('hex')).toBe(
    [
      '00000027',
      '00' + '03636d64',
      '03' + '0161' + '000131',
      '04' + '046c697374' + '05' + '000178' + '05' + '0002797a' + '06',
      '01' + '03736563' + '03' + '0162' + '0001ff' + '02',
    ].join(''),
  )
})

test('whatever bytes come, they are a packet or are refused as none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        decodePacket(Buffer.from(bytes))
      } catch (error) {
        expect(error).toBeInstanceOf(ViciError)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a packet that was cut off in the middle of an element is refused', () => {
  const body = bodyOf(encodePacket(packetType.event, 'ike-updown', { gw: { 'child-sas': { net: { state: 'UP' } } } }))
  const cuts = Array.from({ length: body.length - 1 }, (_, index) => body.subarray(0, index + 1))
  const whole = cuts.filter((cut) => {
    try {
      return decodePacket(cut).name === 'ike-updown'
    } catch {
      return false
    }
  })
  // Nothing but the one that ends before the first element.
  expect(whole).toEqual([body.subarray(0, 'ike-updown'.length + 2)])
})

test('sections inside one another without end, and texts that are too long, are refused', () => {
  const deep = Buffer.concat([Buffer.of(packetType.response), Buffer.alloc(3_000, Buffer.of(1, 0))])
  expect(() => decodePacket(deep)).toThrow('inside one another')
  expect(() => encodePacket(packetType.request, 'x'.repeat(256))).toThrow(ViciError)
  expect(() => encodePacket(packetType.request, 'x', { value: 'x'.repeat(65_536) })).toThrow(ViciError)
  const items = Array.from({ length: packetLimit / 65_536 }, () => 'x'.repeat(65_535))
  expect(() => encodePacket(packetType.request, 'x', { items })).toThrow('too long')
})

test('a key of JavaScript itself is a key as any other', () => {
  const section = Buffer.concat([Buffer.of(1, 9), Buffer.from('__proto__'), Buffer.of(3, 1), Buffer.from('a')])
  const response = Buffer.of(packetType.response)
  const { message } = decodePacket(Buffer.concat([response, section, Buffer.from('00016202', 'hex')]))
  expect(textIn(sectionIn(message, '__proto__'), 'a')).toBe('b')
  expect(sectionsIn(message).map(([key]) => key)).toEqual(['__proto__'])
})
