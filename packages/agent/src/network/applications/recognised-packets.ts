import type { End } from '../flow-log/conntrack-flows.ts'

/** A packet of which the engine knows the application. */
export interface RecognisedPacket {
  /** 6: TCP, 17: UDP. */
  readonly protocol: number
  readonly from: End
  readonly to: End
  /** Numbers of the engine: what it is for, and what carries that, as TLS does; 0: it knows none. */
  readonly application: number
  readonly carrier: number
}

const fileHeaderBytes = 24
const recordHeaderBytes = 16
const ethernetBytes = 14
/** What stands behind each packet, with a checksum: `struct ndpi_packet_trailer` of nDPI 4.2. */
const trailerBytes = 38
const trailerMark = 0x19680924
/** More than one packet is never: then what is read is no such stream. */
const longestRecord = 65_536 + trailerBytes

/**
 * Reads what `ndpiReader --capture` writes: packets in the format of pcap, each with what the engine knows of its connection by then.
 *
 * @returns takes the next bytes. @throws when they are no such stream
 */
export function createPacketReader(found: (packet: RecognisedPacket) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  let skip = fileHeaderBytes

  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    let at = 0
    if (skip > 0) {
      if (rest.length < skip) return
      at = skip
      skip = 0
    }
    while (rest.length - at >= recordHeaderBytes) {
      const length = rest.readUInt32LE(at + 8)
      if (length > longestRecord) throw new Error('This is no stream of packets.')
      const next = at + recordHeaderBytes + length
      if (rest.length < next) break
      const packet = packetIn(rest.subarray(at + recordHeaderBytes, next))
      if (packet !== undefined) found(packet)
      at = next
    }
    rest = rest.subarray(at)
  }
}

/** Undefined: neither TCP nor UDP, a later fragment, or nothing is known of it. */
function packetIn(record: Buffer): RecognisedPacket | undefined {
  const trailer = record.length - trailerBytes
  if (trailer < ethernetBytes + 20 || record.readUInt32BE(trailer) !== trailerMark) return undefined
  const carrier = record.readUInt16BE(trailer + 4)
  const application = record.readUInt16BE(trailer + 6)
  if (carrier === 0 && application === 0) return undefined
  const ip = record.subarray(ethernetBytes, trailer)
  const headerBytes = ((ip[0] ?? 0) & 0x0f) * 4
  const protocol = ip[9] ?? 0
  const isFirst = (ip.readUInt16BE(6) & 0x1fff) === 0
  if ((ip[0] ?? 0) >> 4 !== 4 || !isFirst || (protocol !== 6 && protocol !== 17)) return undefined
  if (ip.length < headerBytes + 4) return undefined
  return {
    protocol,
    from: { address: addressAt(ip, 12), port: ip.readUInt16BE(headerBytes) },
    to: { address: addressAt(ip, 16), port: ip.readUInt16BE(headerBytes + 2) },
    application,
    carrier,
  }
}

function addressAt(ip: Buffer, at: number): string {
  return ip.subarray(at, at + 4).join('.')
}
