import type { System } from '../../packages/agent/src/network/system.ts'
import { type Talker, talker } from './talk.ts'

/** One direction of a connection, as a collector understands it. */
export interface Seen {
  readonly version: number
  readonly from: string
  readonly to: string
  readonly protocol: number
  readonly packets: number
  readonly bytes: number
  /** Milliseconds from its first to its last packet. */
  readonly took: number
}

/** Gets NetFlow at a port of a machine. */
export async function collecting(system: System, port: number): Promise<Talker> {
  const collector = talker(
    system,
    `const udp = require('dgram').createSocket('udp4')
     udp.on('message', (bytes, { address }) => console.log(address + ' ' + bytes.toString('hex')))
     udp.bind(${port}, () => console.log('listening'))`,
  )
  await collector.line()
  return collector
}

/** What one datagram says, by the templates that it brings along. */
export function understood(datagram: Buffer): readonly Seen[] {
  const version = datagram.readUInt16BE(0)
  return version === 5 ? understood5(datagram) : understoodByTemplate(datagram, version)
}

function understood5(datagram: Buffer): readonly Seen[] {
  const count = datagram.readUInt16BE(2)
  if (datagram.length !== 24 + 48 * count) throw new Error('The length is another one than the count says.')
  return Array.from({ length: count }, (_, index) => {
    const one = datagram.subarray(24 + 48 * index)
    return {
      version: 5,
      from: `${addressAt(one, 0)}:${one.readUInt16BE(32)}`,
      to: `${addressAt(one, 4)}:${one.readUInt16BE(34)}`,
      protocol: one.readUInt8(38),
      packets: one.readUInt32BE(16),
      bytes: one.readUInt32BE(20),
      took: one.readUInt32BE(28) - one.readUInt32BE(24),
    }
  })
}

function understoodByTemplate(datagram: Buffer, version: number): readonly Seen[] {
  if (version === 10 && datagram.readUInt16BE(2) !== datagram.length) throw new Error('The length is not its own.')
  const templates = new Map<number, readonly (readonly [number, number])[]>()
  const seen: Seen[] = []
  let at = version === 10 ? 16 : 20
  while (at < datagram.length) {
    const [set, length] = [datagram.readUInt16BE(at), datagram.readUInt16BE(at + 2)]
    const body = datagram.subarray(at + 4, at + length)
    at += length
    if (set === (version === 10 ? 2 : 0)) {
      const fields = Array.from({ length: body.readUInt16BE(2) }, (_, index) => {
        return [body.readUInt16BE(4 + 4 * index), body.readUInt16BE(6 + 4 * index)] as const
      })
      templates.set(body.readUInt16BE(0), fields)
      continue
    }
    const fields = templates.get(set)
    if (fields === undefined) throw new Error(`Nothing says what is in the set ${set}.`)
    const size = fields.reduce((sum, [, bytes]) => sum + bytes, 0)
    for (let first = 0; first + size <= body.length; first += size) {
      seen.push(recordOf(body.subarray(first), fields, version))
    }
  }
  return seen
}

function recordOf(record: Buffer, fields: readonly (readonly [number, number])[], version: number): Seen {
  const values = new Map<number, Buffer>()
  let at = 0
  for (const [type, length] of fields) {
    values.set(type, record.subarray(at, at + length))
    at += length
  }
  const bytesOf = (type: number): Buffer => values.get(type) ?? Buffer.alloc(0)
  const number = (type: number): number => Number(BigInt(`0x${bytesOf(type).toString('hex')}`))
  const [first, last] = version === 10 ? [152, 153] : [22, 21]
  return {
    version,
    from: `${addressAt(bytesOf(8), 0)}:${number(7)}`,
    to: `${addressAt(bytesOf(12), 0)}:${number(11)}`,
    protocol: number(4),
    packets: number(2),
    bytes: number(1),
    took: number(last) - number(first),
  }
}

function addressAt(bytes: Buffer, at: number): string {
  return [...bytes.subarray(at, at + 4)].join('.')
}
