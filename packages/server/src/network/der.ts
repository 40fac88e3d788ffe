// Just as much of DER (ITU-T X.690) as a certificate is made of.

/** Bits 8 and 7 of a tag, and bit 6. */
const [contextSpecific, constructed] = [0x80, 0x20]

export function sequence(...items: readonly Buffer[]): Buffer {
  return tagged(0x10 | constructed, Buffer.concat(items))
}

export function set(item: Buffer): Buffer {
  return tagged(0x11 | constructed, item)
}

/** A number that is not negative, big-endian. */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first)
  // Its first bit is the sign.
  return tagged(2, (digits[0] ?? 0) < 0x80 ? digits : Buffer.concat([Buffer.from([0]), digits]))
}

export function boolean(value: boolean): Buffer {
  return tagged(1, Buffer.from([value ? 0xff : 0]))
}

/** `unused`: bits at the end that do not count. */
export function bitString(bytes: Buffer, unused = 0): Buffer {
  return tagged(3, Buffer.concat([Buffer.from([unused]), bytes]))
}

export function octetString(bytes: Buffer): Buffer {
  return tagged(4, bytes)
}

/** Such as `2.5.29.17`. */
export function objectIdentifier(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return tagged(6, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

export function utf8String(text: string): Buffer {
  return tagged(12, Buffer.from(text))
}

/** In whole seconds. As certificates have to, with two digits of the year until 2049 (RFC 5280, 4.1.2.5). */
export function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\.\d+|[-:T]/g, '')
  return Number(digits.slice(0, 4)) < 2050 ? tagged(23, Buffer.from(digits.slice(2))) : tagged(24, Buffer.from(digits))
}

/** With a tag that its place gives a meaning: of other values, or `primitive`. */
export function inContext(number: number, content: Buffer, form?: 'primitive'): Buffer {
  return tagged(number | contextSpecific | (form === 'primitive' ? 0 : constructed), content)
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 | bytes.length, ...bytes]
}

function base128(arc: number): readonly number[] {
  const bytes = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 0x80)
  return bytes
}
