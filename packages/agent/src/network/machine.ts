import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Command, run } from '../run-command.ts'

/** What a machine must have. */
export interface Needs {
  /** Names from {@link packageOf}. */
  readonly programs: readonly Program[]
  /** Names from {@link capabilityBits}. */
  readonly capabilities: readonly Capability[]
  readonly kernel: readonly KernelFeature[]
}

/** Something that is missing, in a sentence without a stop, and the command or the step that cures it. */
export interface Lack {
  readonly what: string
  readonly cure: string
}

export type Program = keyof typeof packageOf
type Capability = keyof typeof capabilityBits
export type KernelFeature = keyof typeof kernelTrials

/** The package of Debian and Ubuntu that brings a program. */
const packageOf = {
  bird: 'bird2',
  birdc: 'bird2',
  conntrack: 'conntrack',
  dnsmasq: 'dnsmasq-base',
  ip: 'iproute2',
  keepalived: 'keepalived',
  ndpiReader: 'libndpi-bin',
  nft: 'nftables',
  openvpn: 'openvpn',
  ping: 'iputils-ping',
  sysctl: 'procps',
  tc: 'iproute2',
  udhcpc: 'udhcpc',
  unshare: 'util-linux',
} as const

/** Bits of `CapEff`, capabilities(7). */
const capabilityBits = { CAP_NET_ADMIN: 12n, CAP_NET_RAW: 13n, CAP_NET_BIND_SERVICE: 10n, CAP_SYS_ADMIN: 21n } as const

/** What is tried in a network namespace that ends with the program: it says more than a list of modules does. */
const kernelTrials = {
  vxlan: {
    command: ['ip', 'link', 'add', 'trial', 'type', 'vxlan', 'id', '1', 'local', '127.0.0.1', 'dstport', '4789'],
    input: '',
    option: 'CONFIG_VXLAN',
    module: 'vxlan',
  },
  nftables: {
    command: ['nft', '-f', '-'],
    input: `table inet trial {
  set alive { type ifname; flags timeout; }
  chain forward { type filter hook forward priority filter; ct state established accept; rt ipsec missing drop; tcp flags syn tcp option maxseg size set rt mtu; }
  chain pre { type nat hook prerouting priority dstnat; fib daddr . iif type local dnat ip to 192.0.2.1; }
  chain post { type nat hook postrouting priority srcnat; ip saddr 192.0.2.0/24 snat ip to 192.0.2.1; }
}
`,
    option: 'CONFIG_NF_TABLES, CONFIG_NF_TABLES_INET, CONFIG_NFT_CT, CONFIG_NFT_NAT, CONFIG_NFT_FIB_INET',
    module: 'nf_tables',
  },
  htb: {
    command: ['tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'handle', '1:', 'htb', 'default', '10'],
    input: '',
    option: 'CONFIG_NET_SCH_HTB',
    module: 'sch_htb',
  },
  'routing rules': {
    command: ['ip', 'rule', 'add', 'iif', 'lo', 'lookup', '7240', 'pref', '7240'],
    input: '',
    option: 'CONFIG_IP_MULTIPLE_TABLES',
    module: undefined,
  },
} as const satisfies Readonly<
  Record<
    string,
    { readonly command: Command; readonly input: string; readonly option: string; readonly module: string | undefined }
  >
>

const patience = 30_000

/** What of `needs` this machine lacks, found out by trying. Empty: nothing. */
export async function lacksOf(needs: Needs): Promise<readonly Lack[]> {
  const missing = await missingPrograms(needs.programs)
  const rights = await missingCapabilities(needs.capabilities)
  // Without the programs or the rights every trial fails, and says nothing of the kernel.
  const kernel = missing.length + rights.length > 0 ? [] : await missingFeatures(needs.kernel)
  return [...missing, ...rights, ...kernel]
}

/** Whether a queue that shares fairly is there. Without it a plain one serves. */
export function hasFairQueue(): Promise<boolean> {
  return succeeds(['tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'fq_codel'], '')
}

/** Whether interfaces for packets with a tag can be made. Without them there are leased lines without tags only. */
export function hasTags(): Promise<boolean> {
  return succeeds(['ip', '-batch', '-'], 'link add a type veth peer name b\nlink add link a name c type vlan id 1\n')
}

/** Whether a command does, in a network that goes with it. */
async function succeeds(command: Command, input: string): Promise<boolean> {
  try {
    await run(['unshare', '--net', ...command], { input, patience })
    return true
  } catch {
    return false
  }
}

/** For a person: one line for each, with its cure. */
export function describeLacks(lacks: readonly Lack[]): string {
  return lacks.map(({ what, cure }) => `- ${what}: ${cure}`).join('\n')
}

async function missingPrograms(programs: readonly Program[]): Promise<readonly Lack[]> {
  const missing: Program[] = []
  for (const program of programs) if (!(await isInstalled(program))) missing.push(program)
  if (missing.length === 0) return []
  const packages = [...new Set(missing.map((program) => packageOf[program]))].sort()
  const what = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not installed`
  return [{ what, cure: `apt-get install -y --no-install-recommends ${packages.join(' ')}` }]
}

async function isInstalled(program: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const folder of [...folders, '/usr/sbin', '/sbin']) {
    try {
      await access(join(folder, program), constants.X_OK)
      return true
    } catch {
      // Not in this folder, or not to be run: the next one may have it.
    }
  }
  return false
}

async function missingCapabilities(names: readonly Capability[]): Promise<readonly Lack[]> {
  const status = await readFile('/proc/self/status', 'utf8')
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  const missing = names.filter((name) => (effective & (1n << capabilityBits[name])) === 0n)
  if (missing.length === 0) return []
  const cure = 'run it as root, or add them to CapabilityBoundingSet and AmbientCapabilities of its systemd unit'
  return [{ what: `it does not have the right ${missing.join(', ')}`, cure }]
}

async function missingFeatures(features: readonly KernelFeature[]): Promise<readonly Lack[]> {
  const lacks: Lack[] = []
  for (const feature of features) {
    const { command, input, option, module } = kernelTrials[feature]
    try {
      await run(['unshare', '--net', ...command], { input, patience })
    } catch (error) {
      const said = (error as Error).message.trim().split('\n').at(-1)
      const load = module === undefined ? '' : `modprobe ${module}, or `
      lacks.push({ what: `the kernel does not take ${feature} (${said})`, cure: `${load}a kernel with ${option}` })
    }
  }
  return lacks
}
