import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { play } from './load.ts'
import { operator, type Peer, startBare, startOpenSag } from './processes.ts'
import { type Key, post, signedPost } from './sign.ts'

const callers = 64
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7)
const perCaller = Number(process.env['BENCH_REQUESTS'] ?? 60)
const starts = 5

/** Middle value; of an even number, the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.floor(half - 0.5)] ?? 0) + (sorted[Math.ceil(half - 0.5)] ?? 0)) / 2
}

async function measureStarts(): Promise<void> {
  const times: Record<string, { ms: number[]; mib: number[] }> = {}
  for (let round = 0; round < starts; round++) {
    for (const start of [startBare, startOpenSag]) {
      const peer = await start()
      times[peer.name] ??= { ms: [], mib: [] }
      const seen = times[peer.name] as { ms: number[]; mib: number[] }
      seen.ms.push(peer.startMs)
      seen.mib.push(peer.residentMiB())
      await peer.stop()
    }
  }
  const bare = times['bare node:http']
  for (const [name, { ms, mib }] of Object.entries(times)) {
    row('start to first answer', name, median(ms), 'ms', median(ms) / median(bare?.ms ?? []))
    row('idle memory', name, median(mib), 'MiB', median(mib) / median(bare?.mib ?? []))
  }
}

async function measureCalls(): Promise<void> {
  const bare = await startBare()
  const peer = await startOpenSag()
  try {
    const key = JSON.parse(readFileSync(join(peer.data ?? '', 'credentials.json'), 'utf8')) as Key
    const instances = await purchaseInstances(peer, key)
    const kinds = {
      'signed read': (caller: number) =>
        signed(peer, key, 'DescribeSAGDeviceInfo', {
          SmartAGId: instances[caller] ?? '',
          SmartAGSn: serial(caller),
        }),
      'signed durable write': (caller: number, turn: number) =>
        signed(peer, key, turn % 2 === 0 ? 'UnbindSerialNumber' : 'BindSerialNumber', {
          SmartAGId: instances[caller] ?? '',
          SerialNumber: serial(caller),
        }),
    }
    const results: Record<string, { own: number[]; bare: number[] }> = {}
    for (let round = 0; round < rounds; round++) {
      for (const [kind, prepare] of Object.entries(kinds)) {
        results[kind] ??= { own: [], bare: [] }
        const seen = results[kind] as { own: number[]; bare: number[] }
        const prepared = Array.from({ length: callers }, (_, caller) =>
          Array.from({ length: perCaller }, (_, turn) => prepare(caller, turn)),
        )
        const plain = prepared.map((requests) => requests.map((request) => unsigned(bare, request)))
        seen.bare.push((await play(bare.port, plain)).perSecond)
        const own = await play(peer.port, prepared)
        if (own.failures > 0) throw new Error(`${own.failures} calls of "${kind}" were refused; nothing was measured.`)
        seen.own.push(own.perSecond)
      }
    }
    for (const [kind, { own, bare: beside }] of Object.entries(results)) {
      const ratios = own.map((value, index) => value / (beside[index] ?? Number.NaN))
      row(kind, 'bare node:http', median(beside), '/s', 1)
      row(kind, 'OpenSAG', median(own), '/s', median(ratios))
    }
    row('memory after load', 'OpenSAG', peer.residentMiB(), 'MiB', peer.residentMiB() / bare.residentMiB())
  } finally {
    await Promise.all([bare.stop(), peer.stop()])
  }
}

function serial(caller: number): string {
  return `sagbench${String(caller).padStart(4, '0')}`
}

function signed(peer: Peer, key: Key, action: string, params: Readonly<Record<string, string>>): Buffer {
  return signedPost(`127.0.0.1:${peer.port}`, key, action, params)
}

/** The same bytes for the peer that does nothing with them. */
function unsigned(peer: Peer, request: Buffer): Buffer {
  const text = request.toString('latin1')
  return post(`127.0.0.1:${peer.port}`, text.slice(text.indexOf('\r\n\r\n') + 4))
}

/** One instance with one bound device for each caller. */
async function purchaseInstances(peer: Peer, key: Key): Promise<readonly string[]> {
  const ids: string[] = []
  for (let caller = 0; caller < callers; caller++) {
    await operator(peer.data ?? '', 'device add', { serial: serial(caller), model: 'sag-1000', version: '2.3.1.1' })
    const id = (await send(peer, key, 'CreateSmartAccessGateway', purchase))['SmartAGId']
    await send(peer, key, 'BindSerialNumber', { SmartAGId: String(id), SerialNumber: serial(caller) })
    ids.push(String(id))
  }
  return ids
}

async function send(
  peer: Peer,
  key: Key,
  action: string,
  params: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const request = signed(peer, key, action, params).toString('utf8')
  const answer = await fetch(`http://127.0.0.1:${peer.port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: request.slice(request.indexOf('\r\n\r\n') + 4),
  })
  const body = (await answer.json()) as Readonly<Record<string, unknown>>
  if (!answer.ok) throw new Error(`${action}: ${body['Code']}: ${body['Message']}`)
  return body
}

const purchase = {
  HardWareSpec: 'sag-1000',
  HaType: 'no_backup',
  ChargeType: 'PREPAY',
  Period: '12',
  MaxBandWidth: '50',
  AutoPay: 'true',
  AlreadyHaveSag: 'true',
  BuyerMessage: 'bench',
  ReceiverName: 'Bench',
  ReceiverCountry: 'China',
  ReceiverState: 'Shanghai',
  ReceiverCity: 'Shanghai',
  ReceiverDistrict: 'Pudong',
  ReceiverTown: 'Zhangjiang',
  ReceiverAddress: '1',
  ReceiverZip: '201203',
  ReceiverMobile: '13000000000',
  ReceiverEmail: 'bench@example.com',
}

function row(what: string, peer: string, value: number, unit: string, ratio: number): void {
  console.log(
    `${what.padEnd(24)} ${peer.padEnd(16)} ${value.toFixed(0).padStart(8)} ${unit.padEnd(4)} ${ratio.toFixed(2).padStart(7)} × bare`,
  )
}

console.log(`Node ${process.versions.node}, ${callers} callers, medians of ${rounds} interleaved rounds.`)
console.log('Load generator and server share the machine: read ratios, not absolute numbers.\n')
await measureStarts()
await measureCalls()
