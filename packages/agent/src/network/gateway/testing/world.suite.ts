import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BoxSecretPurpose,
  type NetworkConfig,
  type SealedMessage,
  Secret,
  sealBoxSecret,
  systemTimers,
  type Timers,
  type WireConfig,
} from '@opensag/protocol'
import { pino } from 'pino'
import { openBoxSecrets } from '../../../box/box-secrets.ts'
import { openIdentity } from '../../../connection-identity.ts'
import { createMemoryDisk } from '../../../disk.ts'
import { engineOf } from '../../applications/engine.ts'
import { type Bird, openBird } from '../../bird.ts'
import type { IpsecConfig } from '../../ipsec/ipsec.ts'
import { hasTags, lacksOf } from '../../machine.ts'
import { openSystem, type System } from '../../system.ts'
import { openGatewayNetwork } from '../gateway-network.ts'
import type { GatewayNetwork } from '../network-parts.ts'
import { removeGatewayNetwork } from '../remove.ts'

/** What keeps a network from being built here; undefined: nothing. */
export async function whatNetworksNeed(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root'
  const lacks = await lacksOf({
    programs: ['bird', 'conntrack', 'dnsmasq', 'ip', 'keepalived', 'nft', 'sysctl', 'tc', 'udhcpc'],
    capabilities: ['CAP_NET_ADMIN', 'CAP_SYS_ADMIN'],
    kernel: ['vxlan', 'nftables', 'htb', 'routing rules'],
  })
  return lacks[0] === undefined ? undefined : `${lacks[0].what}: ${lacks[0].cure}`
}

/** As the server would tell it for a branch with these two points of presence. */
export const network: NetworkConfig = {
  address: '198.18.0.1',
  as: 4_200_000_001,
  bandwidth: 10,
  pops: [
    {
      serial: 'pop-0',
      endpoint: '192.0.2.10',
      address: '198.18.128.2',
      vni: 2,
      local: '198.19.0.5',
      remote: '198.19.0.4',
    },
    {
      serial: 'pop-1',
      endpoint: '192.0.2.11',
      address: '198.18.128.3',
      vni: 3,
      local: '198.19.0.7',
      remote: '198.19.0.6',
    },
  ],
}

export function configOf(more: Partial<WireConfig> = {}): WireConfig {
  const none = { securityLockThreshold: 0, snat: [], probeAddresses: [] } as const
  return { cidrs: ['172.16.1.0/24'], routingStrategy: 'static', network, ...none, ...more }
}

/** What the points of presence of {@link network} reach. */
export const cloud = '10.10.0.1'

/** Addresses on the Internet: of the gateway, and of somebody. */
export const wanIp = '192.0.2.2'
export const outside = '203.0.113.9'

/**
 * A gateway in a network namespace of this host, whose tunnels are in clear: its `ipsec0` is a bridge that two points of presence, made by
 * hand, are plugged into. So everything but strongSwan is real.
 */
export interface TestWorld {
  readonly gateway: System
  /** For the files of its daemons. */
  readonly folder: string
  /** Not there while the gateway is not. */
  network(): GatewayNetwork
  readonly pops: readonly [System, System]
  /** Routes that BIRD of a point of presence has learnt. */
  learnt(pop: 0 | 1): Promise<string>
  /** On its LAN: a terminal, and a router that speaks OSPF and has 10.50.0.0/24 behind it. */
  readonly terminal: System
  readonly router: System
  /** What BIRD of the router speaks from now on. */
  routerSpeaks(text: string): Promise<void>
  /** At the other end of a leased line, if the gateway has an interface for one. */
  readonly line: System
  /** Next to it on the Internet, at {@link outside}. It knows nothing of the branch. */
  readonly internet: System
  /** What strongSwan was last told. */
  tunnels(): IpsecConfig | undefined
  /** A secret of its configuration, sealed to its key. */
  sealed(text: string, purpose: Omit<BoxSecretPurpose, 'serial'>): SealedMessage
  apply(config: WireConfig | undefined): Promise<void>
  /** An address for the terminal by DHCP; undefined: nobody gives one. */
  lease(): Promise<string | undefined>
  /** Whom the terminal was told to ask for names with the last one; empty: nobody. */
  askedForNames(): Promise<string>
  /** The agent starts; one that runs dies before. */
  start(): Promise<void>
  remove(): Promise<void>
  close(): Promise<void>
}

const serial = 'SAG-1'
const script = `#!/bin/sh
[ "$1" = bound ] || exit 0
ip address flush dev eth0
ip address add $ip/$mask dev eth0
ip route replace default via $router
echo "leased $ip"
echo "$dns" > "$0.dns"
`

const ospfOfRouter = `protocol ospf v2 { ipv4 { export none; }; area 0 {
  interface "eth0" { hello 3; dead 10; }; interface "lo" { stub; }; }; }
`

function routerText(speaks: string): string {
  return `router id 10.50.0.1;
protocol device { }
protocol kernel { ipv4 { import none; export all; }; }
${speaks}`
}

let worlds = 0

/** @param spare the gateway may use one more interface, at whose other end `line` is */
export async function openWorld({ spare = false }: { readonly spare?: boolean } = {}): Promise<TestWorld> {
  const prefix = `gwt${process.pid}-${++worlds}-`
  const folder = await mkdtemp(join(tmpdir(), 'opensag-gateway-'))
  const host = openSystem()
  const logger = pino({ level: 'silent' })
  const namespaces: string[] = []
  const undo: (() => Promise<unknown>)[] = []
  let told: IpsecConfig | undefined
  let running: { readonly network: GatewayNetwork; die(): void } | undefined

  async function namespace(name: string): Promise<System> {
    await host.ip([`netns add ${prefix}${name}`])
    namespaces.push(`${prefix}${name}`)
    const system = openSystem(`${prefix}${name}`)
    await system.ip(['link set lo up'])
    return system
  }

  /** A cable from a bridge of the gateway to `eth0` of another machine. */
  async function plug(bridge: string, port: string, other: System): Promise<void> {
    await gateway.ip([
      `link add ${port} type veth peer name eth0 netns ${other.namespace}`,
      `link set ${port} master ${bridge} up`,
    ])
    await other.ip(['link set eth0 up'])
  }

  const tags = await hasTags()
  const disk = createMemoryDisk()
  const { sealing } = await openIdentity({ disk, serial, random: randomBytes })
  const gateway = await namespace('gw')
  const terminal = await namespace('term')
  const router = await namespace('router')
  const line = await namespace('line')
  const internet = await namespace('internet')
  const pops = [await namespace('pop0'), await namespace('pop1')] as const
  await gateway.ip([
    'link add ipsec0 address 02:00:00:00:00:01 type bridge',
    'link set ipsec0 up',
    'link add lan address 02:00:00:00:00:02 type bridge',
    'link add wan type bridge',
    'link set wan up',
    `address add ${wanIp}/24 dev wan`,
    'route add default via 192.0.2.1',
    // As strongSwan does, and past its own table so that it is no route of the branch.
    ...network.pops.map(({ address }) => `route add ${address}/32 dev ipsec0 table 220`),
    'rule add lookup 220 pref 220',
  ])
  if (spare) await gateway.ip([`link add spare type veth peer name eth0 netns ${line.namespace}`])
  await plug('lan', 'lan-term', terminal)
  await plug('lan', 'lan-router', router)
  await plug('wan', 'wan-internet', internet)
  await internet.ip(['address add 192.0.2.1/24 dev eth0', `address add ${outside}/32 dev lo`])
  for (const [slot, pop] of pops.entries()) {
    await plug('ipsec0', `to-pop${slot}`, pop)
    await startTestPop(pop, slot)
  }
  const routing = await startRouter()

  async function startTestPop(pop: System, slot: number): Promise<void> {
    const { address, vni, local, remote } = network.pops[slot] ?? { address: '', vni: 0, local: '', remote: '' }
    await pop.ip([
      `address add ${address}/32 dev lo`,
      `address add ${cloud}/32 dev lo`,
      `route add ${network.address}/32 dev eth0 src ${address}`,
      `link add vx type vxlan id ${vni} local ${address} remote ${network.address} dstport 4789 nolearning`,
      `address add ${remote}/31 dev vx`,
      'link set vx mtu 1350 up',
    ])
    await startBird(
      pop,
      `pop${slot}`,
      `router id ${address};
protocol device { }
protocol static { ipv4; route 10.10.0.0/24 blackhole; }
protocol kernel { ipv4 { import none; export where source = RTS_BGP; }; }
protocol bfd { interface "vx" { interval 200 ms; multiplier 3; }; }
protocol bgp branch { local as 65000; source address ${remote}; neighbor ${local} as ${network.as};
  bfd on; connect retry time 1; connect delay time 1; error wait time 1,1;
  ipv4 { import all; export all; next hop self; }; }
`,
    )
  }

  async function startRouter(): Promise<Bird> {
    await router.ip([
      'address add 172.16.1.250/24 dev eth0',
      'address add 10.50.0.1/24 dev lo',
      'route add default via 172.16.1.1',
    ])
    return startBird(router, 'router', routerText(ospfOfRouter))
  }

  async function startBird(system: System, name: string, text: string): Promise<Bird> {
    const bird = openBird({ name, folder, system, timers: systemTimers, logger })
    await bird.configure(text)
    undo.unshift(() => bird.remove())
    return bird
  }

  async function start(): Promise<void> {
    const { timers, stop } = mortal(systemTimers)
    const own = await openGatewayNetwork({
      serial,
      setup: { lan: 'lan', wan: 'wan', ...(spare ? { spare: ['spare'] } : {}) },
      folder,
      system: gateway,
      queue: 'pfifo',
      engine: await engineOf(host),
      hasTags: tags,
      consolePort: 80,
      resolverFiles: [join(folder, 'resolv.conf')],
      secrets: openBoxSecrets({ disk, serial }),
      ipsec: {
        async apply(config) {
          told = config
        },
        states: () => (told?.tunnels ?? []).map(({ name }) => ({ name, isUp: true, since: 0 })),
        onChange() {},
        async close() {},
      },
      timers,
      logger,
    })
    running = { network: own, die: stop }
  }

  await writeFile(join(folder, 'leased'), script, { mode: 0o700 })

  function current(): GatewayNetwork {
    if (running === undefined) throw new Error('The gateway is not there.')
    return running.network
  }

  async function remove(): Promise<void> {
    running?.die()
    running = undefined
    await removeGatewayNetwork(gateway, folder, async () => undefined, logger)
  }

  return {
    gateway,
    folder,
    network: current,
    pops,
    learnt: (pop) => pops[pop].run(['ip', 'route', 'show', 'proto', 'bird']),
    terminal,
    router,
    routerSpeaks: (text) => routing.configure(routerText(text)),
    line,
    internet,
    tunnels: () => told,
    sealed: (text, purpose) => sealBoxSecret(sealing.publicKey, Secret.of(text), { serial, ...purpose }, randomBytes),
    apply: (config) => current().apply(config && { instanceId: 'sag-x', revision: 1, config }),
    async lease() {
      try {
        const said = await terminal.run([
          'udhcpc',
          '-f',
          '-q',
          '-n',
          '-t',
          '4',
          '-T',
          '1',
          '-i',
          'eth0',
          '-s',
          join(folder, 'leased'),
        ])
        return /^leased (.*)$/m.exec(said)?.[1]
      } catch {
        return undefined
      }
    },
    askedForNames: async () => (await readFile(join(folder, 'leased.dns'), 'utf8')).trim(),
    async start() {
      running?.die()
      await start()
    },
    remove,
    async close() {
      await remove()
      for (const step of undo) await step()
      for (const name of namespaces) await host.ip([`netns del ${name}`])
      await rm(folder, { recursive: true })
    },
  }
}

/** Timers of a process that can be killed: nothing of them runs from then on. */
function mortal(timers: Timers): { readonly timers: Timers; stop(): void } {
  let isDead = false
  return {
    timers: {
      now: () => timers.now(),
      after: (milliseconds, run) => timers.after(milliseconds, () => (isDead ? undefined : run())),
    },
    stop() {
      isDead = true
    },
  }
}

/** Whether a ping from a machine is answered. */
export async function reaches(from: System, to: string, source?: string): Promise<boolean> {
  const own = source === undefined ? [] : ['-I', source]
  try {
    await from.run(['ping', '-c', '1', '-W', '1', ...own, to])
    return true
  } catch {
    return false
  }
}
