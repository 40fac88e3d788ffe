import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PopConfig, type PopMember, systemTimers, type Timers } from '@opensag/protocol'
import { pino } from 'pino'
import type { IpsecConfig } from '../../ipsec/ipsec.ts'
import { lacksOf } from '../../machine.ts'
import { openSystem, type System } from '../../system.ts'
import { openMachine } from '../machine.ts'
import { openPop, type Pop, removePop } from '../pop.ts'
import type { PopSetup } from '../setup.ts'

/** What keeps a network from being built here; undefined: nothing. */
export async function whatNetworksNeed(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root'
  const lacks = await lacksOf({
    programs: ['bird', 'ip', 'nft', 'sysctl', 'tc'],
    capabilities: ['CAP_NET_ADMIN', 'CAP_SYS_ADMIN'],
    kernel: ['vxlan', 'nftables', 'htb', 'routing rules'],
  })
  return lacks[0] === undefined ? undefined : `${lacks[0].what}: ${lacks[0].cure}`
}

/** A gateway made by hand: its end of the link, BIRD, and the terminals of its branch as addresses of its own. */
export interface TestGateway {
  readonly member: PopMember
  readonly system: System
  /** Announces these and nothing else. */
  announce(...prefixes: readonly string[]): Promise<void>
  /** Whether a ping is answered. */
  reaches(from: string, to: string): Promise<boolean>
}

/**
 * A machine of a point of presence, in a network namespace of this host, whose tunnels are in clear: `ipsec0` is a bridge
 * that gateways are plugged into. So everything but strongSwan is real.
 */
export interface TestWorld {
  readonly prefix: string
  readonly home: System
  readonly pop: Pop
  /** Has the point of presence hold these networks, numbered from 1 on, and reach these peers. */
  hold(networks: readonly TestNetwork[], peers?: PopConfig['peers']): Promise<void>
  /** What strongSwan was last told. */
  readonly tunnels: () => IpsecConfig | undefined
  gateway(number: number, more?: Partial<PopMember>): Promise<TestGateway>
  /** A network of the cloud: `interface` of the machine leads to it, and its host there has that address. */
  cloud(name: string, host: string, gateway: string): Promise<System>
  inNetwork(number: number): System
  /** Lets the two machines reach one another. */
  join(other: TestWorld): Promise<void>
  readonly peer: PopConfig['peers'][number] & { readonly onWire: string }
  /** The numbers of the networks that have a namespace. */
  networks(): Promise<readonly number[]>
  /** What BIRD of that network answers. */
  birdc(number: number, ...command: readonly string[]): Promise<string>
  /** The interfaces of the machine that are up. */
  interfacesUp(): Promise<readonly string[]>
  /** For the program: what waits for less begins at once. */
  pass(milliseconds: number): void
  /** Ends the process of the point of presence as a kill does: its daemons go on. */
  kill(): void
  /** The same, and starts another one. */
  restart(): Promise<void>
  remove(): Promise<void>
  close(): Promise<void>
}

export interface TestNetwork {
  readonly gateways: readonly TestGateway[]
  readonly interworking?: boolean
}

let worlds = 0

export async function openWorld(setup: PopSetup, popNumber = 1): Promise<TestWorld> {
  const prefix = `popt${process.pid}-${++worlds}`
  const folder = await mkdtemp(join(tmpdir(), 'opensag-pop-'))
  const namespaces: string[] = []
  const routers: (() => Promise<unknown>)[] = []
  const host = openSystem()
  const popAddress = `198.18.128.${popNumber}`
  const onWire = `192.0.2.${200 + popNumber}`
  let told: IpsecConfig | undefined
  let ports = 0

  async function namespace(name: string): Promise<System> {
    await host.ip([`netns add ${prefix}${name}`])
    namespaces.push(`${prefix}${name}`)
    const system = openSystem(`${prefix}${name}`)
    await system.ip(['link set lo up'])
    return system
  }

  const home = await namespace('-home')
  await home.ip([
    // With an address of its own: otherwise it takes another one with each gateway, which the others do not know.
    `link add ipsec0 address 02:00:00:00:00:0${popNumber} type bridge`,
    `address add ${onWire}/24 dev ipsec0`,
    'link set ipsec0 up',
    'link add wan type bridge',
    'address add 198.51.100.1/24 dev wan',
    'link set wan up',
  ])
  const options = {
    folder: join(folder, 'pop'),
    machine: await openMachine(`${prefix}-home`, `${prefix}-ccn-`),
    logger: pino({ level: 'silent' }),
  }
  let life = mortalTimers()
  const open = (): Promise<Pop> =>
    openPop({
      ...options,
      timers: life.timers,
      serial: `POP0000${popNumber}`,
      setup,
      ipsec: {
        async apply(config) {
          told = config
        },
        close: async () => undefined,
      },
    })
  let pop = await open()

  return {
    prefix,
    home,
    get pop() {
      return pop
    },
    hold: (networks, peers = []) =>
      pop.apply({
        address: popAddress,
        peers,
        networks: networks.map(({ gateways, interworking = true }, index) => ({
          ccn: `ccn-${index + 1}`,
          number: index + 1,
          interworking,
          members: gateways.map(({ member }) => member),
        })),
      }),
    tunnels: () => told,
    peer: { serial: `POP0000${popNumber}`, endpoint: '198.51.100.1', address: popAddress, onWire },
    async join({ home: there, prefix: itsPrefix, peer }) {
      await home.ip([
        `link add peer type veth peer name peer netns ${itsPrefix}-home`,
        'link set peer master ipsec0 up',
        `route add ${peer.address}/32 via ${peer.onWire} dev ipsec0`,
      ])
      await there.ip(['link set peer master ipsec0 up', `route add ${popAddress}/32 via ${onWire} dev ipsec0`])
    },
    networks: () => options.machine.networks(),
    inNetwork: (number) => openSystem(`${prefix}-ccn-${number}`),
    birdc: (number, ...command) =>
      host.run(['birdc', '-s', join(folder, 'pop', `${prefix}-ccn-${number}.ctl`), ...command]),
    async gateway(number, more = {}) {
      const member: PopMember = {
        serial: `SAG0000${number}`,
        address: `198.18.0.${number}`,
        as: 4_200_000_000 + number,
        bandwidth: 100,
        backup: false,
        vni: 2 * number,
        local: `198.19.0.${4 * number}`,
        remote: `198.19.0.${4 * number + 1}`,
        prefixes: [`172.16.${number}.0/24`],
        routing: 'static',
        ...more,
      }
      const name = `-gw${number}-${++ports}`
      const system = await namespace(name)
      const port = `p${ports}`
      await home.ip([
        `link add ${port} type veth peer name ipsec0 netns ${prefix}${name}`,
        `link set ${port} master ipsec0 up`,
        `route replace ${member.address}/32 via 192.0.2.${number} dev ipsec0`,
      ])
      await system.ip([
        `address add ${member.address}/32 dev lo`,
        `address add 192.0.2.${number}/24 dev ipsec0`,
        'link set ipsec0 up',
        `route add ${popAddress}/32 via ${onWire} src ${member.address}`,
        `link add ccn0 type vxlan id ${member.vni} local ${member.address} remote ${popAddress} dstport 4789 nolearning`,
        `address add ${member.remote}/31 dev ccn0`,
        'link set ccn0 mtu 1350 up',
        ...member.prefixes.map((one) => `address add ${firstHost(one)}/32 dev lo`),
      ])
      const file = join(folder, `gateway${ports}.conf`)
      const socket = join(folder, `gateway${ports}.ctl`)
      let isRunning = false
      const gateway: TestGateway = {
        member,
        system,
        async announce(...prefixes) {
          await writeFile(file, birdOf(member, prefixes))
          if (isRunning) return void (await system.run(['birdc', '-s', socket, 'configure']))
          isRunning = true
          // It goes into the background when it has its socket.
          await system.run(['bird', '-c', file, '-s', socket])
          routers.push(() => system.run(['birdc', '-s', socket, 'down']))
        },
        reaches: (from, to) => pinged(system, from, to),
      }
      await gateway.announce(...member.prefixes)
      return gateway
    },
    async cloud(name, address, gateway) {
      const system = await namespace(`-${name}`)
      await home.ip([`link add ${name} type veth peer name eth0 netns ${prefix}-${name}`])
      await system.ip([`address add ${address} dev eth0`, 'link set eth0 up', `route add default via ${gateway}`])
      return system
    },
    interfacesUp: () => options.machine.interfacesUp(),
    pass: (milliseconds) => life.pass(milliseconds),
    kill: () => life.end(),
    async restart() {
      life.end()
      life = mortalTimers()
      told = undefined
      pop = await open()
    },
    remove: () => removePop({ ...options, timers: systemTimers }),
    async close() {
      for (const end of routers) await end()
      life.end()
      await removePop({ ...options, timers: systemTimers })
      for (const name of namespaces) await host.ip([`netns del ${name}`])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Those of a process: nothing of it happens any more once it is dead. */
function mortalTimers(): { readonly timers: Timers; pass(milliseconds: number): void; end(): void } {
  let isAlive = true
  let ahead = 0
  const waiting = new Set<{ readonly at: number; fire(): void }>()
  const now = (): number => systemTimers.now() + ahead
  return {
    timers: {
      ...systemTimers,
      now,
      after(milliseconds, work) {
        const one = {
          at: now() + milliseconds,
          fire(): void {
            cancel()
            if (waiting.delete(one) && isAlive) work()
          },
        }
        const cancel = systemTimers.after(milliseconds, one.fire)
        waiting.add(one)
        return () => {
          waiting.delete(one)
          cancel()
        }
      },
    },
    pass(milliseconds) {
      ahead += milliseconds
      for (const one of [...waiting]) if (one.at <= now()) one.fire()
    },
    end() {
      isAlive = false
    },
  }
}

/** Whether a ping from one of its addresses is answered. */
export async function pinged(system: System, from: string, to: string): Promise<boolean> {
  try {
    await system.run(['ping', '-n', '-c', '1', '-W', '1', '-I', from, to])
    return true
  } catch {
    return false
  }
}

/** From now on counts the pings that come to a machine, also those whose answer is lost. */
export async function countRequests(system: System): Promise<void> {
  await system.nft(`table inet watch {
  chain input {
    type filter hook input priority 0
    icmp type echo-request counter
  }
}
`)
}

export async function requests(system: System): Promise<number> {
  return counted(await system.nftJson('list', 'table', 'inet', 'watch'))
}

/** What those rules have counted that count, of what `nft --json list` answers. */
export function counted(listed: unknown): number {
  const { nftables } = listed as { nftables: { rule?: { expr: { counter?: { packets: number } }[] } }[] }
  return nftables.flatMap(({ rule }) => rule?.expr ?? []).reduce((sum, { counter }) => sum + (counter?.packets ?? 0), 0)
}

/** Its terminal. */
function firstHost(prefix: string): string {
  return prefix.replace(/\.0\/\d+$/, '.10')
}

function birdOf({ remote, local, as, address }: PopMember, prefixes: readonly string[]): string {
  return `router id ${address};
protocol device { }
protocol kernel { ipv4 { import none; export where source = RTS_BGP; }; }
protocol static { ipv4; ${prefixes.map((one) => `route ${one} via "lo";`).join(' ')} }
protocol bfd { interface "ccn*" { interval 200 ms; multiplier 3; }; }
protocol bgp pop { local ${remote} as ${as}; neighbor ${local} as 65000; bfd on;
  connect retry time 1; connect delay time 1; error wait time 1, 1; hold time 9;
  ipv4 { import all; export where source = RTS_STATIC; next hop self; }; }
`
}
