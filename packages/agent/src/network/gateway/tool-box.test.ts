import { toolRequestSchema } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { machineTools } from './tool-box.ts'

function machine(addresses: Partial<Record<'lan' | 'wan', string>> = { lan: '10.0.1.1', wan: '192.0.2.2' }) {
  const ran: (readonly string[])[] = []
  const asked: string[] = []
  const box = machineTools(
    {
      system: {
        async run(command, _, accepts) {
          ran.push(command)
          expect(accepts).toEqual([1])
          return '64 bytes from 10.0.1.9: icmp_seq=2 ttl=64 time=1.5 ms'
        },
        async ipJson(...args) {
          asked.push(args.join(' '))
          if (args.includes('link')) return links
          if (args.includes('main'))
            return [{ dst: 'default', gateway: '192.0.2.1', dev: 'eth0', protocol: 'dhcp', metric: 100 }]
          return args.includes('7240')
            ? [
                { dst: '10.0.0.0/8', dev: 'ccn0', protocol: 'bird' },
                { type: 'blackhole', dst: '10.0.1.7' },
              ]
            : []
        },
      },
      addressAt: async (from) => addresses[from],
      leasesFile: '/does/not/exist',
      wallClock: () => 0,
    },
    () => [],
  )
  return { box, ran, asked }
}

const counts = { bytes: 1, packets: 2, errors: 3, dropped: 4, multicast: 5 }
const links = [
  { ifname: 'lo', flags: ['LOOPBACK', 'LOWER_UP'], stats64: { rx: counts, tx: counts } },
  { ifname: 'eth0', flags: ['LOWER_UP'], stats64: { rx: counts, tx: counts } },
]

test('ping is run without a shell, from the address of the branch or of the line, to an address', async () => {
  const { box, ran } = machine()
  for (const from of ['lan', 'wan'] as const) {
    expect(await box.run({ tool: 'ping', target: '10.0.1.9', from, count: 3 })).toMatchObject({
      result: { times: [null, 1.5, null] },
    })
  }
  const rest = ['-c', '3', '-i', '0.2', '-W', '1', '10.0.1.9']
  expect(ran).toEqual([
    ['ping', '-n', '-I', '10.0.1.1', ...rest],
    ['ping', '-n', '-I', '192.0.2.2', ...rest],
  ])
})

test('a name is looked up before, and one of the machine itself is none: no program is given a name', async () => {
  const { box, ran } = machine()
  for (const target of ['localhost', 'no-such-name.invalid']) {
    await expect(box.run({ tool: 'ping', target, from: 'lan', count: 1 })).rejects.toMatchObject({ why: 'unresolved' })
  }
  expect(ran).toEqual([])
})

test('without an address nothing is sent', async () => {
  const { box, ran } = machine({})
  const request = { tool: 'traceroute', target: '10.0.1.9', from: 'lan' } as const
  await expect(box.run(request)).rejects.toMatchObject({ why: 'no-address' })
  expect(ran).toEqual([])
})

test('routes come table by table as packets of the branch look them up, counters of all but the loopback', async () => {
  const { box, asked } = machine()
  expect((await box.run({ tool: 'routes' })).result).toEqual({
    tool: 'routes',
    routes: [
      { table: 'branch', to: '10.0.0.0/8', port: 'ccn0', source: 'bird' },
      { table: 'branch', to: '10.0.1.7/32', type: 'blackhole' },
      { table: 'main', to: '0.0.0.0/0', via: '192.0.2.1', port: 'eth0', source: 'dhcp', metric: 100 },
    ],
  })
  expect(asked).toHaveLength(3)
  const { multicast: _, ...told } = counts
  expect((await box.run({ tool: 'counters' })).result).toMatchObject({
    counters: [{ port: 'eth0', isUp: true, received: told, sent: told }],
  })
  expect((await box.run({ tool: 'leases' })).result).toEqual({ tool: 'leases', leases: [] })
})

test.each(['10.0.1.9;reboot', '-f', '$(reboot)', `${'a'.repeat(300)}`, '10.0.1.9\n-f', '127.0.0.1'])(
  'what a server that is not to be trusted asks for never comes to be run: %j',
  (target) => {
    expect(toolRequestSchema.safeParse({ tool: 'ping', target, from: 'lan', count: 1 }).success).toBe(false)
  },
)
