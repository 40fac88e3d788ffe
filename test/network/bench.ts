import { type Box, type Machine, startBox, startMachine } from '../linux/box.ts'
import { runToEnd } from '../support/process.ts'

/** A bridge that machines are plugged into. */
export interface Segment {
  /** On which the bridge is, and what it is called there. */
  readonly machine: Machine
  readonly bridge: string
}

/** Machines and cables, and an internet that has a way to this host, where the server runs. */
export interface Bench {
  /** The router of the internet, `203.0.113.1`. Everything that goes through the internet can be captured on its bridge. */
  readonly internet: Box
  readonly internetSegment: Segment
  /** Another bridge: the LAN of a branch. */
  segment(): Promise<Segment>
  machine(): Promise<Machine>
  /** Puts an interface into a machine, up, that leads into a segment. */
  plug(machine: Machine, nic: string, segment: Segment): Promise<void>
  /** Plugs a machine into the internet by its interface `wan`. @returns its address there */
  plugIntoInternet(machine: Machine): Promise<string>
  /** A cable between two machines. */
  cable(one: Machine, nicOfOne: string, other: Machine, nicOfOther: string): Promise<void>
  /** From one instant to the next. What runs there does not hear of it. */
  powerOff(machine: Machine): Promise<void>
  close(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const machines = new Set<Machine>()
  let ports = 0
  let addresses = 10

  async function machine(): Promise<Machine> {
    const made = await startMachine()
    machines.add(made)
    return made
  }

  async function close(): Promise<void> {
    await Promise.all([...machines].map((one) => one.stop()))
    machines.clear()
  }

  async function cable(one: Machine, nicOfOne: string, other: Machine, nicOfOther: string): Promise<void> {
    const ends = ['name', nicOfOne, 'netns', one.pid, 'type', 'veth', 'peer', 'name', nicOfOther, 'netns', other.pid]
    const { code, errors } = await runToEnd('ip', ['link', 'add', ...ends])
    if (code !== 0) throw new Error(`A cable ${nicOfOne}–${nicOfOther}: ${errors}`)
    await Promise.all([sh(one, `ip link set ${nicOfOne} up`), sh(other, `ip link set ${nicOfOther} up`)])
  }

  async function plug(into: Machine, nic: string, { machine: other, bridge }: Segment): Promise<void> {
    const port = `p${++ports}`
    await cable(into, nic, other, port)
    await sh(other, `ip link set ${port} master ${bridge}`)
  }

  try {
    const internet = await startBox()
    machines.add(internet)
    await sh(
      internet,
      `ip link add inet type bridge forward_delay 0
       ip addr add 203.0.113.1/24 dev inet
       ip link set inet up
       sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.inet.send_redirects=0
       nft 'table ip way { chain out { type nat hook postrouting priority srcnat; oifname "wan" masquerade; }; }'`,
    )
    const switches = await machine()
    const internetSegment: Segment = { machine: internet, bridge: 'inet' }
    return {
      internet,
      internetSegment,
      machine,
      cable,
      plug,
      async segment() {
        const bridge = `lan${++ports}`
        await sh(switches, `ip link add ${bridge} type bridge forward_delay 0; ip link set ${bridge} up`)
        return { machine: switches, bridge }
      },
      async plugIntoInternet(into) {
        const address = `203.0.113.${++addresses}`
        await plug(into, 'wan', internetSegment)
        await sh(into, `ip addr add ${address}/24 dev wan; ip route add default via 203.0.113.1`)
        return address
      },
      async powerOff(off) {
        // Its network would outlive its processes for a moment, and answer.
        await sh(off, 'for link in $(ls /sys/class/net); do ip link set $link down; done')
        machines.delete(off)
        await off.stop()
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Runs a script in a machine up to its first mistake. @returns what it printed @throws when it made one */
export async function sh(machine: Machine, script: string): Promise<string> {
  const { status, stdout, stderr } = await machine.run(['sh', '-ec', script])
  if (status !== 0) throw new Error(`In ${machine.name}: ${script}\nended with ${status}: ${stderr}`)
  return stdout
}
