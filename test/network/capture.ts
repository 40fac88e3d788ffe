import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Machine, pidInside } from '../linux/box.ts'
import { until } from '../support/time.ts'

/** What passed an interface. */
export interface Packet {
  /** Of the Ethernet frame: 0x0800 is IPv4. */
  readonly type: number
  readonly source: string
  readonly destination: string
  /** Of IP: 1 ICMP, 6 TCP, 17 UDP, 50 ESP. */
  readonly protocol: number
  /** 0 where there are none. */
  readonly sourcePort: number
  readonly destinationPort: number
  readonly bytes: Buffer
}

export interface Capture {
  /** Everything since it was started. @throws when the kernel had to drop a packet */
  stop(): Promise<readonly Packet[]>
}

export async function startCapture(machine: Machine, nic: string): Promise<Capture> {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-capture-'))
  const file = join(folder, 'packets')
  // The file lies on the host's /tmp, which the machine shares; -Z: tcpdump keeps its user, and so may write there.
  const tcpdump = machine.start([
    'tcpdump',
    '-Z',
    'root',
    '--immediate-mode',
    '-n',
    '-U',
    '-s',
    '0',
    '-B',
    '8192',
    '-i',
    nic,
    '-w',
    file,
  ])
  let said = ''
  tcpdump.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  let isOver = false
  tcpdump.once('close', () => {
    isOver = true
  })
  await until('tcpdump listens', () => {
    if (isOver) throw new Error(`tcpdump: ${said}`)
    return said.includes('listening on')
  })

  function signal(name: NodeJS.Signals): void {
    const pid = pidInside(tcpdump)
    if (pid === undefined) throw new Error(`tcpdump: ${said}`)
    process.kill(pid, name)
  }

  /** Whether it has written all that the kernel has for it; what it has not is lost when it ends. */
  async function isWhole(): Promise<boolean> {
    const before = said.length
    signal('SIGUSR1')
    const counted = await until('its counters', () => counters.exec(said.slice(before)) ?? undefined)
    const [captured = 0, received = 0, dropped = 0] = counted.slice(1).map(Number)
    return captured + dropped >= received
  }

  return {
    async stop() {
      await until('everything is captured', isWhole)
      signal('SIGINT')
      await until('tcpdump has ended', () => isOver)
      const packets = packetsOf(readFileSync(file))
      rmSync(folder, { recursive: true })
      if (!/\b0 packets dropped by kernel/.test(said)) throw new Error(`The capture is not whole: ${said}`)
      return packets
    },
  }
}

const counters = /(\d+) packets? captured\D+(\d+) packets? received by filter\D+(\d+) packets? dropped by kernel/

/** The format of libpcap, version 2.4, as this machine writes it: little-endian, Ethernet. */
function packetsOf(pcap: Buffer): readonly Packet[] {
  if (pcap.readUInt32LE(0) !== 0xa1b2c3d4 || pcap.readUInt32LE(20) !== 1) throw new Error('Not a capture of Ethernet.')
  const packets: Packet[] = []
  for (let at = 24; at + 16 <= pcap.length; ) {
    const length = pcap.readUInt32LE(at + 8)
    packets.push(packetOf(pcap.subarray(at + 16, at + 16 + length)))
    at += 16 + length
  }
  return packets
}

function packetOf(frame: Buffer): Packet {
  const type = frame.readUInt16BE(12)
  const none = { type, source: '', destination: '', protocol: 0, sourcePort: 0, destinationPort: 0, bytes: frame }
  if (type !== 0x0800) return none
  const ip = frame.subarray(14)
  const protocol = ip.readUInt8(9)
  const body = ip.subarray((ip.readUInt8(0) & 15) * 4)
  // Only the first fragment has the ports.
  const hasPorts = (protocol === 6 || protocol === 17) && (ip.readUInt16BE(6) & 0x1fff) === 0
  return {
    ...none,
    source: [...ip.subarray(12, 16)].join('.'),
    destination: [...ip.subarray(16, 20)].join('.'),
    protocol,
    sourcePort: hasPorts ? body.readUInt16BE(0) : 0,
    destinationPort: hasPorts ? body.readUInt16BE(2) : 0,
  }
}
