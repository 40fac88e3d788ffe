import { readFileSync, writeFileSync } from 'node:fs'
import type { Machine } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { type Bench, type Segment, sh } from './bench.ts'

/** A computer in a branch. It has what a DHCP server gives it, and nothing else. */
export interface Terminal {
  readonly machine: Machine
  /** Undefined: it has none. */
  lease(): Lease | undefined
  /** Asks for its lease anew, as a terminal does when half of the time is over. */
  renew(): Promise<void>
  /** Forgets its lease and asks for one, as when its cable is plugged in again. */
  replug(): Promise<void>
  /** The first lease that is as wanted. */
  leased(wanted: (lease: Lease) => boolean): Promise<Lease>
  /** Its address when that begins so; undefined: it has none yet. One that begins otherwise it forgets, and asks for another. */
  addressIn(beginning: string): Promise<string | undefined>
}

export interface Lease {
  readonly address: string
  /** Length of the prefix. */
  readonly prefix: number
  readonly router: string
  /** Of the DHCP server. */
  readonly server: string
  readonly seconds: number
}

const file = '/run/lease'

/** As the standard script of a distribution, in the small. */
const script = `#!/bin/sh -e
case $1 in
  deconfig) ip addr flush dev lan; rm -f ${file} ;;
  bound|renew)
    ip addr flush dev lan
    ip addr add "$ip/$mask" dev lan
    [ -z "$router" ] || ip route replace default via "\${router%% *}"
    echo "{\\"address\\":\\"$ip\\",\\"prefix\\":$mask,\\"router\\":\\"$router\\",\\"server\\":\\"$serverid\\",\\"seconds\\":$lease}" > ${file}.new
    mv ${file}.new ${file} ;;
esac
`

export async function addTerminal(bench: Bench, lan: Segment): Promise<Terminal> {
  const machine = await bench.machine()
  await bench.plug(machine, 'lan', lan)
  writeFileSync(machine.path('/run/lease.sh'), script, { mode: 0o755 })
  // It asks each second until somebody answers.
  const asking = ['-t', '3', '-T', '1', '-A', '1', '-p', '/run/udhcpc.pid', '-s', '/run/lease.sh'] as const
  machine.start(['udhcpc', '-f', '-i', 'lan', ...asking]).on('error', () => undefined)

  function lease(): Lease | undefined {
    try {
      return JSON.parse(readFileSync(machine.path(file), 'utf8')) as Lease
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  async function tell(signal: string): Promise<void> {
    await sh(machine, `kill -${signal} "$(cat /run/udhcpc.pid)"`)
  }

  async function replug(): Promise<void> {
    if (lease() !== undefined) {
      await tell('USR2')
      // Of two signals that wait the kernel delivers the lower first, whichever came first.
      await until('its lease is forgotten', () => lease() === undefined)
    }
    await tell('USR1')
  }

  return {
    machine,
    lease,
    renew: () => tell('USR1'),
    replug,
    async addressIn(beginning) {
      const has = lease()
      if (has === undefined || has.address.startsWith(beginning)) return has?.address
      await replug()
      return undefined
    },
    leased: (wanted) =>
      until(`a lease of ${machine.name}`, () => {
        const has = lease()
        return has !== undefined && wanted(has) && has
      }),
  }
}
