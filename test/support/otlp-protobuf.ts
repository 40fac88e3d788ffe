// Reads what OTLP sends as Protocol Buffers into the shape that it has as JSON, for tests. Field numbers are those of
// opentelemetry/proto/trace/v1/trace.proto.

export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly traceState?: string
  readonly name: string
  readonly kind: number
  readonly attributes?: readonly OtlpAttribute[]
  readonly events?: readonly unknown[]
  readonly status?: { readonly code?: number; readonly message?: string }
}

export interface OtlpAttribute {
  readonly key: string
  readonly value: { readonly stringValue?: string; readonly intValue?: number }
}

export interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] }
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[]
  }[]
}

type Field = { readonly number: number; readonly bytes: Buffer } | { readonly number: number; readonly value: bigint }

function* fieldsOf(bytes: Buffer): Generator<Field> {
  let at = 0
  function varint(): bigint {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) throw new Error('The message ends in the middle of a number.')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.length) {
    const tag = Number(varint())
    const [number, type] = [tag >> 3, tag & 7]
    if (type === 0) yield { number, value: varint() }
    else {
      const length = type === 2 ? Number(varint()) : type === 1 ? 8 : 4
      if (at + length > bytes.length) throw new Error('The message ends in the middle of a field.')
      yield { number, bytes: bytes.subarray(at, at + length) }
      at += length
    }
  }
}

function all(bytes: Buffer, number: number): readonly Buffer[] {
  return [...fieldsOf(bytes)].flatMap((field) => (field.number === number && 'bytes' in field ? [field.bytes] : []))
}

function numberOf(bytes: Buffer, number: number): number {
  const found = [...fieldsOf(bytes)].find((field) => field.number === number && 'value' in field)
  return found !== undefined && 'value' in found ? Number(found.value) : 0
}

const textOf = (bytes: Buffer, number: number): string => all(bytes, number)[0]?.toString('utf8') ?? ''
const hexOf = (bytes: Buffer, number: number): string => all(bytes, number)[0]?.toString('hex') ?? ''

function attributeOf(bytes: Buffer): OtlpAttribute {
  const [value = Buffer.alloc(0)] = all(bytes, 2)
  const isText = all(value, 1).length > 0
  return { key: textOf(bytes, 1), value: isText ? { stringValue: textOf(value, 1) } : { intValue: numberOf(value, 3) } }
}

function spanOf(bytes: Buffer): OtlpSpan {
  const [status = Buffer.alloc(0)] = all(bytes, 15)
  return {
    traceId: hexOf(bytes, 1),
    spanId: hexOf(bytes, 2),
    traceState: textOf(bytes, 3),
    parentSpanId: hexOf(bytes, 4),
    name: textOf(bytes, 5),
    kind: numberOf(bytes, 6),
    attributes: all(bytes, 9).map(attributeOf),
    events: all(bytes, 11),
    status: { code: numberOf(status, 3), message: textOf(status, 2) },
  }
}

export function readOtlp(bytes: Buffer): OtlpRequest {
  return {
    resourceSpans: all(bytes, 1).map((ofResource) => ({
      resource: { attributes: all(all(ofResource, 1)[0] ?? Buffer.alloc(0), 1).map(attributeOf) },
      scopeSpans: all(ofResource, 2).map((ofScope) => ({ spans: all(ofScope, 2).map(spanOf) })),
    })),
  }
}
