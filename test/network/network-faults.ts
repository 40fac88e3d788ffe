import { setTimeout as pause } from 'node:timers/promises'
import type { Machine } from '../linux/box.ts'
import { sh } from './bench.ts'
import type { Branch, PopOfWorld, World } from './world.ts'

export interface FaultSite {
  readonly world: World
  readonly pop: PopOfWorld
  /** The one that is hit, where it is a branch. */
  readonly branch: Branch
  /** How long it lasts, where it lasts. */
  readonly milliseconds: number
}

/** Goes wrong, and is put right again where nothing else would do so. */
export type NetworkFault = (site: FaultSite) => Promise<void>

const dies =
  (name: string, where: (site: FaultSite) => Machine): NetworkFault =>
  async (site) =>
    void (await sh(where(site), `pkill -KILL -x ${name} || true`))

const unplugged =
  (nic: string, where: (site: FaultSite) => Machine): NetworkFault =>
  async (site) => {
    await sh(where(site), `ip link set ${nic} down`)
    await pause(site.milliseconds)
    // Whoever plugs it in again finds its way again: the kernel has forgotten the routes that went through it.
    await sh(where(site), `ip link set ${nic} up; ${nic === 'wan' ? 'ip route replace default via 203.0.113.1' : ''}`)
  }

const gateway = ({ branch }: FaultSite): Machine => branch.gateway
const popMachine = ({ pop }: FaultSite): Machine => pop.machine

export const networkFaults: Readonly<Record<string, NetworkFault>> = {
  'strongSwan of a gateway dies': dies('charon', gateway),
  'BIRD of a gateway dies': dies('bird', gateway),
  'dnsmasq of a gateway dies': dies('dnsmasq', gateway),
  'strongSwan of the point of presence dies': dies('charon', popMachine),
  'BIRD of the point of presence dies': dies('bird', popMachine),
  'the agent is killed': async ({ branch }) => branch.program.signal('SIGKILL'),
  'the program of the point of presence is killed': async ({ pop }) => pop.program.signal('SIGKILL'),
  'everything at a gateway dies': async ({ branch }) => {
    await sh(branch.gateway, 'pkill -KILL -x "charon|bird|dnsmasq" || true')
    branch.program.signal('SIGKILL')
  },
  'everything at the point of presence dies': async ({ pop }) => {
    await sh(pop.machine, 'pkill -KILL -x "charon|bird" || true')
    pop.program.signal('SIGKILL')
  },
  'the server is killed': async ({ world }) => world.server.signal('SIGKILL'),
  'the server stands still': async ({ world, milliseconds }) => {
    world.server.signal('SIGSTOP')
    await pause(milliseconds)
    world.server.signal('SIGCONT')
  },
  'the agent stands still': async ({ branch, milliseconds }) => {
    branch.program.signal('SIGSTOP')
    await pause(milliseconds)
    branch.program.signal('SIGCONT')
  },
  'a gateway is cut off': unplugged('wan', gateway),
  'the cable to the branch is out': unplugged('lan', gateway),
  'the point of presence is cut off': unplugged('wan', popMachine),
  'the disk of a gateway is full': async ({ branch, milliseconds }) => {
    const filler = '/var/lib/opensag-agent/filler'
    await sh(branch.gateway, `dd if=/dev/zero of=${filler} bs=4k count=1000 2>/dev/null || true`)
    await pause(milliseconds)
    await sh(branch.gateway, `rm -f ${filler}`)
  },
}
