import type { WireFlowLog } from '@opensag/protocol'
import { ipv4ToNumber } from '@opensag/rules'
import type { FlowRecord } from './ager.ts'
import type { Count, End } from './conntrack-flows.ts'

export type NetflowVersion = NonNullable<WireFlowLog['netflow']>['version']

/** One direction of a connection: NetFlow knows no other. */
interface Way {
  readonly from: End
  readonly to: End
  readonly protocol: number
  readonly count: Count
  readonly start: number
  readonly end: number
}

/** So many fit into a packet of every link, whatever the version. */
const mostWays = 25

export interface NetflowWriter {
  /** Datagrams for a collector. */
  write(records: readonly FlowRecord[], now: number): readonly Buffer[]
}

/**
 * NetFlow v5, v9 (RFC 3954) and v10, which is IPFIX (RFC 7011). The template goes with every datagram: a collector that starts
 * late, or missed one, understands the next. TCP flags are not known and left out; v5, which has a place for them, has 0.
 *
 * @param startedAt milliseconds since 1970; v5 and v9 count from it
 */
export function createNetflowWriter(version: NetflowVersion, startedAt: number): NetflowWriter {
  /** v5: ways; v9: datagrams; v10: ways. */
  let sequence = 0

  function write(records: readonly FlowRecord[], now: number): readonly Buffer[] {
    const ways = records.flatMap(waysOf)
    const datagrams: Buffer[] = []
    for (let first = 0; first < ways.length; first += mostWays) {
      const some = ways.slice(first, first + mostWays)
      datagrams.push(packets[version](some, { now, startedAt, sequence: sequence >>> 0 }))
      sequence += version === 'V9' ? 1 : some.length
    }
    return datagrams
  }

  return { write }
}

function waysOf({ flow, sent, answered, start, end }: FlowRecord): readonly Way[] {
  const { from, to, protocol } = flow
  // An answer of ICMP has its type where the question has it.
  const back = protocol === 1 ? { from: { ...to, port: 0 }, to: from } : { from: to, to: from }
  return [
    { from, to, protocol, count: sent, start, end },
    { ...back, protocol, count: answered, start, end },
  ].filter(({ count }) => count.packets > 0)
}

interface Moment {
  readonly now: number
  readonly startedAt: number
  readonly sequence: number
}

const packets: Readonly<Record<NetflowVersion, (ways: readonly Way[], moment: Moment) => Buffer>> = {
  V5: packet5,
  V9: packet9,
  V10: packet10,
}

function packet5(ways: readonly Way[], { now, startedAt, sequence }: Moment): Buffer {
  const bytes = new Bytes()
  bytes.u16(5, ways.length).u32(now - startedAt, now / 1000, (now % 1000) * 1_000_000, sequence, 0)
  for (const { from, to, protocol, count, start, end } of ways) {
    bytes.address(from.address, to.address).u32(0, 0, count.packets, count.bytes, start - startedAt, end - startedAt)
    bytes.u16(from.port, to.port).u8(0, 0, protocol, 0).u32(0, 0)
  }
  return bytes.buffer()
}

const templateId = 256
/** Numbers and lengths of the fields, alike in v9 and v10: addresses, ports, protocol, bytes, packets. */
const fields: readonly (readonly [number, number])[] = [
  [8, 4],
  [12, 4],
  [7, 2],
  [11, 2],
  [4, 1],
  [1, 8],
  [2, 8],
]
/** FIRST_SWITCHED and LAST_SWITCHED, milliseconds since the exporter started. */
const times9: typeof fields = [
  [22, 4],
  [21, 4],
]
/** flowStartMilliseconds and flowEndMilliseconds, since 1970. */
const times10: typeof fields = [
  [152, 8],
  [153, 8],
]

function packet9(ways: readonly Way[], { now, startedAt, sequence }: Moment): Buffer {
  const bytes = new Bytes()
  bytes.u16(9, ways.length + 1).u32(now - startedAt, now / 1000, sequence, 0)
  writeTemplate(bytes, 0, [...fields, ...times9])
  writeWays(bytes, ways, (set, way) => set.u32(way.start - startedAt, way.end - startedAt))
  return bytes.buffer()
}

function packet10(ways: readonly Way[], { now, sequence }: Moment): Buffer {
  const bytes = new Bytes()
  bytes.u16(10, 0).u32(now / 1000, sequence, 0)
  writeTemplate(bytes, 2, [...fields, ...times10])
  writeWays(bytes, ways, (set, way) => set.u64(way.start, way.end))
  const packet = bytes.buffer()
  packet.writeUInt16BE(packet.length, 2)
  return packet
}

function writeTemplate(bytes: Bytes, set: number, all: typeof fields): void {
  bytes.u16(set, 8 + 4 * all.length, templateId, all.length)
  for (const [type, length] of all) bytes.u16(type, length)
}

function writeWays(bytes: Bytes, ways: readonly Way[], writeTimes: (set: Bytes, way: Way) => void): void {
  const set = new Bytes()
  for (const way of ways) {
    const { from, to, protocol, count } = way
    set.address(from.address, to.address).u16(from.port, to.port).u8(protocol).u64(count.bytes, count.packets)
    writeTimes(set, way)
  }
  const padding = (4 - (set.length % 4)) % 4
  bytes
    .u16(templateId, 4 + set.length + padding)
    .append(set.buffer())
    .append(Buffer.alloc(padding))
}

/** Big-endian numbers, one after another. */
class Bytes {
  readonly #all: Buffer[] = []
  length = 0

  append(bytes: Buffer): this {
    this.#all.push(bytes)
    this.length += bytes.length
    return this
  }

  u8(...values: readonly number[]): this {
    return this.append(Buffer.from(values))
  }

  u16(...values: readonly number[]): this {
    return this.#each(2, values, (bytes, value) => bytes.writeUInt16BE(value))
  }

  /** What is too large for it is its largest number, what is below 0 is 0. */
  u32(...values: readonly number[]): this {
    return this.#each(4, values, (bytes, value) =>
      bytes.writeUInt32BE(Math.floor(Math.min(Math.max(value, 0), 2 ** 32 - 1))),
    )
  }

  u64(...values: readonly number[]): this {
    return this.#each(8, values, (bytes, value) => bytes.writeBigUInt64BE(BigInt(Math.floor(value))))
  }

  address(...texts: readonly string[]): this {
    return this.u32(...texts.map((text) => ipv4ToNumber(text) ?? 0))
  }

  buffer(): Buffer {
    return Buffer.concat(this.#all)
  }

  #each(size: number, values: readonly number[], write: (bytes: Buffer, value: number) => void): this {
    for (const value of values) {
      const bytes = Buffer.alloc(size)
      write(bytes, value)
      this.append(bytes)
    }
    return this
  }
}
