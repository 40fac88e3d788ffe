import { createManualTime, type NetworkReport, type WireConfig } from '@opensag/protocol'
import { expect, test } from 'vitest'
import type { BoxFacts } from '../box/box-state.ts'
import { noProber } from '../probes/prober.ts'
import type { DiagnosisOptions } from './checks.ts'
import { diagnose } from './diagnose.ts'
import type { Survey } from './survey.ts'

const point = '203.0.113.1'
const pops = ['pop1', 'pop2'].map((serial) => ({ serial }))
const config = { network: { pops } } as unknown as WireConfig

const facts: BoxFacts = {
  ports: [
    { name: 'eth0', mac: '02:00:00:00:00:01', isUp: true, role: 'WAN' },
    { name: 'eth1', mac: '02:00:00:00:00:02', isUp: true, role: 'LAN' },
  ],
  wan: [{ port: 'eth0', type: 'DHCP', ip: '192.0.2.2', length: 24, isActive: true }],
  lan: [{ port: 'eth1', type: 'DHCP', ip: '10.1.0.1', length: 24 }],
  snat: false,
  refused: [],
}

const well: Survey = {
  nextHop: async () => ({ address: '192.0.2.1', ms: 1.25 }),
  pathMtu: async () => ({ got: 1500, most: 1500 }),
  routes: async () => 3,
}

interface Found extends Partial<Pick<DiagnosisOptions, 'survey' | 'serverUrl'>> {
  readonly box?: Partial<BoxFacts>
  readonly readBox?: () => Promise<BoxFacts>
  readonly up?: readonly string[]
  readonly answers?: number
  readonly status?: ReturnType<DiagnosisOptions['desiredConfig']['status']>
}

/** What is found, by check. */
async function findings({
  box,
  readBox,
  up = ['pop1', 'pop2'],
  answers = 10,
  status,
  survey = well,
  ...more
}: Found = {}) {
  const { timers } = createManualTime()
  let asked = 0
  const { findings: all } = await diagnose('dia-one', [point], {
    prober: { ...noProber, probe: async () => (asked++ < answers ? { is: 'answered', afterMs: 5 } : { is: 'lost' }) },
    // Nobody waits between two echo requests.
    timers: {
      ...timers,
      after(milliseconds, work) {
        if (milliseconds < 1_000) work()
        return () => {}
      },
    },
    wallClock: () => 0,
    serverUrl: 'wss://localhost/channel',
    box: { read: readBox ?? (async () => ({ ...facts, ...box })) },
    networkState: {
      read: async () => ({ tunnels: up.map((pop) => ({ pop, isUp: true, since: 0 })) }) as unknown as NetworkReport,
    },
    desiredConfig: {
      inForce: () => ({ instanceId: 'sag-1', revision: 7, config }),
      status: () => status ?? { applied: { instanceId: 'sag-1', revision: 7 } },
    },
    survey,
    ...more,
  })
  return Object.fromEntries(all.map(({ check, outcome, values }) => [check, [outcome, ...values]]))
}

test('of a gateway that is well everything is ok', async () => {
  const found = await findings()
  expect(found).toMatchObject({
    wanPort: ['ok', 'eth0', '192.0.2.2', 'DHCP'],
    lanPort: ['ok', 'eth1', '10.1.0.1', 'DHCP'],
    configuration: ['ok', '7'],
    nameServer: ['ok', 'localhost', expect.any(String)],
    nextHop: ['ok', '192.0.2.1', '1.3'],
    accessPoints: ['ok', `${point} 5.0 ms`],
    pathMtu: ['ok', `${point} 1500`],
    tunnels: ['ok', 'pop1', 'pop2'],
    routes: ['ok', '3'],
  })
})

const [wan] = facts.wan
const lost = { instanceId: 'sag-1', revision: 8, reason: 'unconfirmed' } as const
const applied = { instanceId: 'sag-1', revision: 7 } as const

test.each<readonly [string, Found, string, readonly string[]]>([
  [
    'a cable is pulled',
    { box: { ports: facts.ports.map((one) => ({ ...one, isUp: false })) } },
    'lanPort',
    ['noCable', 'eth1'],
  ],
  ['no address', { box: { wan: wan ? [{ ...wan, ip: undefined }] : [] } }, 'wanPort', ['noAddress', 'eth0', 'DHCP']],
  ['no port', { box: { wan: [] } }, 'wanPort', ['noPort']],
  ['given up', { status: { applied, reverted: lost } }, 'configuration', ['givenUp', '8', 'unconfirmed']],
  ['not taken', { status: { applied, failing: true } }, 'configuration', ['failing']],
  ['none yet', { status: {} }, 'configuration', ['none']],
  ['no such name', { serverUrl: 'wss://no-such-name.invalid/' }, 'nameServer', ['unresolved', 'no-such-name.invalid']],
  ['an address', { serverUrl: 'wss://[2001:db8::1]/' }, 'nameServer', ['notNeeded', '[2001:db8::1]']],
  ['no way out', { survey: { ...well, nextHop: async () => undefined } }, 'nextHop', ['noWay']],
  ['two of ten are lost', { answers: 8 }, 'accessPoints', ['lossy', `${point} 8/10`]],
  ['nothing comes back', { answers: 0 }, 'accessPoints', ['silent', point]],
  [
    'a narrow way',
    { survey: { ...well, pathMtu: async () => ({ got: 1400, most: 1500 }) } },
    'pathMtu',
    ['narrow', `${point} 1400/1500`],
  ],
  ['one tunnel', { up: ['pop2'] }, 'tunnels', ['someDown', 'pop1']],
  ['no tunnel', { up: [] }, 'tunnels', ['allDown', 'pop1', 'pop2']],
  ['no route', { survey: { ...well, routes: async () => 0 } }, 'routes', ['none']],
  [
    'it cannot be asked',
    { survey: { ...well, routes: () => Promise.reject(new Error('no')) } },
    'routes',
    ['impossible'],
  ],
])('%s', async (_, given, check, expected) => {
  expect((await findings(given))[check]?.slice(0, expected.length)).toEqual(expected)
})

test('the box is read once; where that fails every check of it is impossible', async () => {
  let reads = 0
  const found = await findings({
    async readBox() {
      reads += 1
      throw new Error('no')
    },
  })
  expect([reads, found['wanPort'], found['lanPort'], found['routes']]).toEqual([
    1,
    ['impossible'],
    ['impossible'],
    ['ok', '3'],
  ])
})
