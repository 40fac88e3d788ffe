import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { networkStateOf } from './report.ts'
import { networkStatus } from './status.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-report-'))
})
afterEach(() => rm(folder, { recursive: true }))

const counters = (bytes: number, packets: number, dropped: number) => ({ bytes, packets, dropped })
/** As iproute2 6.1 answers. */
const links = [
  { ifname: 'lan', stats64: { rx: counters(1, 1, 1), tx: counters(2, 2, 2) } },
  { ifname: 'ccn0', stats64: { rx: counters(100, 10, 1), tx: counters(10, 2, 0) } },
  { ifname: 'ccn1', stats64: { rx: counters(200, 20, 0), tx: counters(20, 4, 2) } },
  { ifname: 'ccn0.5', stats64: { rx: counters(4000, 40, 40), tx: counters(4000, 40, 40) } },
]
const queues = [
  { kind: 'htb', handle: '1:', dev: 'ccn0', root: true, drops: 7 },
  { kind: 'pfifo', handle: '20:', dev: 'ccn0', parent: '1:20', drops: 7 },
  { kind: 'htb', handle: '1:', dev: 'lan', root: true, drops: 50 },
]
const carried = { received: 300, sent: 30, packets: 46, dropped: 10 }
const routes = [
  { dst: '10.8.0.0/24', gateway: '10.1.0.9', dev: 'lan', metric: 32, flags: [] },
  { dst: '10.8.1.7', gateway: '10.1.0.9', dev: 'lan', metric: 32, flags: [] },
  { dst: 'default', gateway: '10.1.0.9', dev: 'lan', metric: 32, flags: [] },
  { dst: '10.2.0.0/24', gateway: '198.19.0.8', dev: 'ccn0', metric: 32, flags: [] },
]

function stateWith(answers: { readonly routes: unknown; readonly links: unknown }) {
  const leasesFile = join(folder, 'leases')
  return {
    leasesFile,
    state: networkStateOf({
      system: {
        ipJson: async (...args) => (args.includes('route') ? answers.routes : answers.links),
        tcJson: async () => (answers.links === links ? queues : []),
      },
      ipsec: {
        states: () => [
          { name: 'pop2', isUp: false, since: 9 },
          { name: 'POP1', isUp: true, since: 5 },
          { name: 'pop1', isUp: false, since: 7 },
          { name: 'another', isUp: true, since: 5 },
        ],
        onChange: () => {},
      },
      pair: { state: () => undefined, onChange: () => {} },
      lan: 'lan',
      leasesFile,
      pops: () => ['POP1', 'pop2', 'pop3'],
      wallClock: () => 1_000_000,
    }),
  }
}

test('tunnels to its points of presence, prefixes of its branch, leases that have not run out, and what its links and their queues count', async () => {
  const { state, leasesFile } = stateWith({ routes, links })
  const mac = '02:00:00:00:00:01'
  await writeFile(
    leasesFile,
    `999 ${mac} 10.1.0.10 old *\n1001 ${mac} 10.1.0.11 new *\n0 ${mac} 10.1.0.12 * *\nduid 00:01\n`,
  )
  expect(await state.read()).toEqual({
    tunnels: [
      { pop: 'POP1', isUp: true, since: 5 },
      { pop: 'pop2', isUp: false, since: 9 },
    ],
    learnt: ['10.8.0.0/24', '10.8.1.7/32'],
    leases: 2,
    traffic: carried,
  })
})

test('without leases, links and routes there are none', async () => {
  const { state } = stateWith({ routes: [], links: [] })
  expect(await state.read()).toMatchObject({
    learnt: [],
    leases: 0,
    traffic: { received: 0, sent: 0, packets: 0, dropped: 0 },
  })
})

test('no more prefixes are told than a report has room for', async () => {
  const many = Array.from({ length: 900 }, (_, n) => ({ dst: `10.${n >> 8}.${n & 255}.0/24`, dev: 'lan' }))
  const { learnt } = await stateWith({ routes: many, links }).state.read()
  expect(learnt).toHaveLength(200)
})

test('before the machine single routes and leases are shown too', async () => {
  const { state, leasesFile } = stateWith({ routes, links })
  const mac = '02:00:00:00:00:01'
  await writeFile(leasesFile, `999 ${mac} 10.1.0.10 old *\n1001 ${mac} 10.1.0.11 new *\n0 ${mac} 10.1.0.12 * *\n`)
  const given = { state, leasesFile, wallClock: () => 1_000_000 }
  const all = [...routes, { type: 'unreachable', dst: 'default', metric: 1, flags: [] }]
  const status = await networkStatus({ ...given, system: { ipJson: async () => all } })
  expect(status).toEqual({
    tunnels: [
      { pop: 'POP1', isUp: true, since: 5 },
      { pop: 'pop2', isUp: false, since: 9 },
    ],
    learnt: ['10.8.0.0/24', '10.8.1.7/32'],
    traffic: carried,
    routes: [
      { to: '10.8.0.0/24', via: '10.1.0.9', dev: 'lan' },
      { to: '10.8.1.7', via: '10.1.0.9', dev: 'lan' },
      { to: 'default', via: '10.1.0.9', dev: 'lan' },
      { to: '10.2.0.0/24', via: '198.19.0.8', dev: 'ccn0' },
      { to: 'default (unreachable)', via: null, dev: null },
    ],
    leases: [
      { address: '10.1.0.11', mac, name: 'new', until: 1_001_000 },
      { address: '10.1.0.12', mac, name: null, until: null },
    ],
  })
  const failing = (message: string) => ({ ipJson: () => Promise.reject(new Error(message)) })
  const none = await networkStatus({ ...given, system: failing('Error: ipv4: FIB table does not exist.') })
  expect(none.routes).toEqual([])
  await expect(networkStatus({ ...given, system: failing('no right') })).rejects.toThrow('no right')
})
