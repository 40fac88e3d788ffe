/** What charon is told and tells: nested sections of values and lists. A value is whatever bytes; text is UTF-8. */
export interface ViciSection {
  readonly [key: string]: string | Buffer | readonly (string | Buffer)[] | ViciSection | undefined
}

/** A section as it was read: nothing in it is `undefined`, and all values are bytes. */
export type ReadSection = ReadonlyMap<string, Buffer | readonly Buffer[] | ReadSection>

/** charon says what this program does not understand. */
export class ViciError extends Error {
  override readonly name = 'ViciError'
}

/** Types of packets (README of libvici, "Message format"). */
export const packetType = {
  request: 0,
  response: 1,
  unknownCommand: 2,
  register: 3,
  unregister: 4,
  confirmed: 5,
  unknownEvent: 6,
  event: 7,
} as const

export type PacketType = (typeof packetType)[keyof typeof packetType]

export interface Packet {
  readonly type: PacketType
  /** Of a request, an event and their registrations. */
  readonly name: string
  readonly message: ReadSection
}

/** Bytes of a packet, without its length: more is sent by neither side (VICI_MESSAGE_SIZE_MAX). */
export const packetLimit = 512 * 1024
/** Of sections inside sections: charon's own have five at most. */
const depthLimit = 16

const element = { sectionStart: 1, sectionEnd: 2, keyValue: 3, listStart: 4, listItem: 5, listEnd: 6 } as const

const named: readonly PacketType[] = [packetType.request, packetType.register, packetType.unregister, packetType.event]

/** A packet with its length in front. `undefined` in a section is left out. @throws when it is too long */
export function encodePacket(type: PacketType, name: string, message: ViciSection = {}): Buffer {
  const parts: Buffer[] = [Buffer.of(type)]
  if (named.includes(type)) parts.push(shortText(name))
  writeSection(message, parts)
  const body = Buffer.concat(parts)
  if (body.length > packetLimit) throw new ViciError(`A packet of ${body.length} bytes is too long.`)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return Buffer.concat([length, body])
}

function writeSection(section: ViciSection, parts: Buffer[]): void {
  for (const [key, value] of Object.entries(section)) {
    if (value === undefined) continue
    if (typeof value === 'string' || Buffer.isBuffer(value))
      parts.push(Buffer.of(element.keyValue), shortText(key), longBytes(value))
    else if (isList(value)) {
      parts.push(Buffer.of(element.listStart), shortText(key))
      for (const item of value) parts.push(Buffer.of(element.listItem), longBytes(item))
      parts.push(Buffer.of(element.listEnd))
    } else {
      parts.push(Buffer.of(element.sectionStart), shortText(key))
      writeSection(value, parts)
      parts.push(Buffer.of(element.sectionEnd))
    }
  }
}

/** `Array.isArray` does not know of arrays that are `readonly`. */
function isList(value: readonly (string | Buffer)[] | ViciSection): value is readonly (string | Buffer)[] {
  return Array.isArray(value)
}

function shortText(text: string): Buffer {
  const bytes = Buffer.from(text)
  if (bytes.length > 0xff) throw new ViciError('A name is too long.')
  return Buffer.concat([Buffer.of(bytes.length), bytes])
}

function longBytes(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value)
  if (bytes.length > 0xffff) throw new ViciError('A value is too long.')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** Of a packet without its length. @throws {ViciError} when it is none */
export function decodePacket(body: Buffer): Packet {
  const reader = new Reader(body)
  const type = reader.byte()
  if (!isPacketType(type)) throw new ViciError(`There is no packet of type ${type}.`)
  const name = named.includes(type) ? reader.shortText() : ''
  return { type, name, message: readSection(reader, 0) }
}

function isPacketType(type: number): type is PacketType {
  return type <= packetType.event
}

function readSection(reader: Reader, depth: number): ReadSection {
  if (depth > depthLimit) throw new ViciError('Too many sections are inside one another.')
  const section = new Map<string, Buffer | readonly Buffer[] | ReadSection>()
  while (!reader.isAtEnd()) {
    const type = reader.byte()
    if (type === element.sectionEnd && depth > 0) return section
    if (type === element.keyValue) section.set(reader.shortText(), reader.longBytes())
    else if (type === element.listStart) section.set(reader.shortText(), readList(reader))
    else if (type === element.sectionStart) section.set(reader.shortText(), readSection(reader, depth + 1))
    else throw new ViciError(`An element of type ${type} has no place here.`)
  }
  if (depth > 0) throw new ViciError('A section does not end.')
  return section
}

function readList(reader: Reader): readonly Buffer[] {
  const items: Buffer[] = []
  for (;;) {
    const type = reader.byte()
    if (type === element.listEnd) return items
    if (type !== element.listItem) throw new ViciError(`An element of type ${type} has no place in a list.`)
    items.push(reader.longBytes())
  }
}

class Reader {
  private readonly bytes: Buffer
  private at = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  isAtEnd(): boolean {
    return this.at === this.bytes.length
  }

  byte(): number {
    return this.take(1).readUInt8()
  }

  shortText(): string {
    return this.take(this.byte()).toString()
  }

  longBytes(): Buffer {
    return this.take(this.take(2).readUInt16BE())
  }

  private take(length: number): Buffer {
    const taken = this.bytes.subarray(this.at, this.at + length)
    if (taken.length !== length) throw new ViciError('A packet ends too early.')
    this.at += length
    return taken
  }
}

/** Undefined: there is no such value, or it is something else. */
export function textIn(section: ReadSection | undefined, key: string): string | undefined {
  const value = section?.get(key)
  return Buffer.isBuffer(value) ? value.toString() : undefined
}

export function bytesIn(section: ReadSection | undefined, key: string): Buffer | undefined {
  const value = section?.get(key)
  return Buffer.isBuffer(value) ? value : undefined
}

export function sectionIn(section: ReadSection | undefined, key: string): ReadSection | undefined {
  const value = section?.get(key)
  return value instanceof Map ? value : undefined
}

/** The sections directly inside one, with their names. */
export function sectionsIn(section: ReadSection | undefined): readonly (readonly [string, ReadSection])[] {
  const found: (readonly [string, ReadSection])[] = []
  for (const [key, value] of section ?? []) if (value instanceof Map) found.push([key, value])
  return found
}
