// A key without any right, and strangers, try to use up a server: `node bench/dist/attack.js [minutes] [flags of opensag server]`.
// Steady and bounded itself: it asks for about half a core. Everything runs on the loopback network and in a temporary folder.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepSilent, loopbackAddresses, sendForm, sendSteadily, type Tally } from './attack-senders.ts'
import { askOperator } from './operator.ts'
import { home, type Peer, startOpenSag, startSimulation } from './peers.ts'
import { type Key, signedForm } from './sign.ts'
import { purchaseFor, send } from './workload.ts'

const addresses = 250
/** The largest body that is read. */
const bodyBytes = 384 * 1024
const ramVersion = '2015-05-01'

async function main(minutes: number, flags: readonly string[]): Promise<void> {
  console.log(`Node ${process.versions.node}; opensag server ${flags.join(' ')}; ${minutes} minutes under attack\n`)
  const folder = mkdtempSync(join(tmpdir(), 'opensag-attack-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'data')
  const server = await startOpenSag(home, data, { flags })
  const fleet = await startSimulation(server.port, data, 1)
  const rightful = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')) as Key
  const [instance = ''] = await purchaseFor(server, rightful, 1)
  const powerless = await keyWithoutRights(server, rightful)

  const watch = startWatch({ server, data, key: rightful, instance })
  await pause(60_000)
  watch.report('before')
  const attack = startAttack(server.port, powerless, instance)
  for (let minute = 1; minute <= minutes; minute++) {
    await pause(60_000)
    watch.report(`minute ${minute}`)
    console.log(attack.tell())
  }
  attack.stop()
  await pause(60_000)
  watch.report('a minute after')
  watch.stop()
  console.log(attack.tell())
  await fleet.stop()
  await server.stop()
}

async function keyWithoutRights(server: Peer, rightful: Key): Promise<Key> {
  const user = { Version: ramVersion, UserName: 'powerless' }
  await send(server, rightful, 'CreateUser', user)
  const { AccessKey } = (await send(server, rightful, 'CreateAccessKey', user)) as {
    readonly AccessKey: { readonly AccessKeyId: string; readonly AccessKeySecret: string }
  }
  return { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
}

/** Everything at once, each kind from addresses of its own. */
function startAttack(port: number, powerless: Key, instance: string): { tell(): string; stop(): void } {
  const tallies = new Map<string, Tally>()
  const tallyOf = (kind: string): Tally => {
    const tally: Tally = new Map()
    tallies.set(kind, tally)
    return tally
  }
  const denied = (): string => signedForm(powerless, 'ModifySmartAccessGateway', { SmartAGId: instance, Name: 'mine' })
  const wrong: Key = { ...powerless, accessKeySecret: 'not-the-secret-of-this-key' }
  const large = `Description=${'%41'.repeat((bodyBytes - 12) / 3)}`
  const steady = (kind: string, from: string, perSecond: number, body: () => string): (() => void) =>
    sendSteadily({ port, from, perSecond, sockets: 8 }, body, tallyOf(kind))
  const stops = [
    steady('signed, denied, at most 100/s', '127.0.1.1', 100, denied),
    steady('wrong signature, at most 40/s', '127.0.2.1', 40, () => signedForm(wrong, 'DescribeRegions', {})),
    steady('384 KiB of unknown senders, at most 5/s', '127.0.3.1', 5, () => large),
  ]
  const websockets = keepSilent(
    { port, addresses: loopbackAddresses(4, addresses), perSecond: 40 },
    'websocket',
    tallyOf('silent WebSockets, at most 40/s'),
  )
  const tcp = keepSilent(
    { port, addresses: loopbackAddresses(5, addresses), perSecond: 40 },
    'tcp',
    tallyOf('silent TCP, at most 40/s'),
  )
  return {
    tell() {
      const lines = [...tallies].map(
        ([kind, tally]) => `  ${kind}: ${[...tally].map(([what, times]) => `${what} ${times}`).join(', ')}`,
      )
      return [...lines, `  silent and open: ${websockets.open()} WebSockets, ${tcp.open()} TCP\n`].join('\n')
    },
    stop() {
      for (const stop of [...stops, websockets.stop, tcp.stop]) stop()
    },
  }
}

interface Watched {
  readonly server: Peer
  readonly data: string
  readonly key: Key
  readonly instance: string
}

/** The rightful caller writes once a second; what it met is told for each minute, with the size of the server. */
function startWatch({ server, data, key, instance }: Watched): { report(name: string): void; stop(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  let waits: number[] = []
  let refusals: string[] = []
  let looks = 0
  let offline = 0
  let turn = 0
  let cpuMs = server.cpuMs()
  const timer = setInterval(() => {
    const call = signedForm(key, 'ModifySmartAccessGateway', { SmartAGId: instance, Name: `branch-${++turn}` })
    void sendForm(server.port, '127.0.0.1', agent, call).then(({ code, ms }) => {
      waits.push(ms)
      if (code !== '200') refusals.push(code)
    })
    if (turn % 5 === 0) void look()
  }, 1000)

  async function look(): Promise<void> {
    const devices = (await askOperator(data, 'device list', {})) as readonly { readonly online: boolean }[]
    looks += 1
    if (!devices.every(({ online }) => online)) offline += 1
  }

  console.log('                  RSS MiB  data MiB  CPU s  writes  refused  median ms  worst ms  gateway online')
  return {
    report(name) {
      const sorted = waits.toSorted((a, b) => a - b)
      const now = server.cpuMs()
      const figures = [
        server.residentMiB().toFixed(0).padStart(7),
        (sizeOf(data) / 1024 / 1024).toFixed(1).padStart(9),
        ((now - cpuMs) / 1000).toFixed(1).padStart(6),
        String(sorted.length).padStart(7),
        String(refusals.length).padStart(8),
        (sorted[sorted.length >> 1] ?? Number.NaN).toFixed(1).padStart(10),
        (sorted.at(-1) ?? Number.NaN).toFixed(0).padStart(9),
        `${looks - offline} of ${looks}`.padStart(15),
      ]
      console.log(`${name.padEnd(17)} ${figures.join(' ')}${refusals.length === 0 ? '' : `  ${refusals.join(' ')}`}`)
      cpuMs = now
      waits = []
      refusals = []
      looks = 0
      offline = 0
    },
    stop() {
      clearInterval(timer)
      agent.destroy()
    },
  }
}

/** Files come and go while it looks. */
function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    if (found === undefined) return sum
    return sum + (found.isDirectory() ? sizeOf(join(folder, name)) : found.size)
  }, 0)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

// Each way out goes through `exit`, and the server ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
const [minutes = '10', ...flags] = process.argv.slice(2)
try {
  await main(Number(minutes), flags)
  process.exit()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
