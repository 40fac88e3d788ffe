import type { Forwarding } from '../../forwarding.ts'
import type { System } from '../system.ts'
import type { GatewayPlan } from './plan.ts'
import type { GatewaySetup } from './setup.ts'

/** A table of its own: what it holds outlives every change of the other one, and the agent. */
export const lockTable = 'opensag_lock'

/**
 * The kernel's own lock: forwarded packets of the branch, and what it asks the gateway for names, pass while its interface is in a set, whose elements end by
 * themselves. So it closes also when the program is dead that should close it. Made again it stays as it was, open or closed.
 */
export function renderLock({ lan }: GatewaySetup): string {
  return `table inet ${lockTable} {
  set alive { type ifname; flags timeout; }
  # What was opened, and not shut since: where it is not alive any more, its time has run out.
  set opened { type ifname; }
  # Where the gateway answers the branch that asks for names.
  set asked { type ipv4_addr; }
  chain forward { type filter hook forward priority -150; policy accept; }
  chain input { type filter hook input priority -150; policy accept; }
}
flush chain inet ${lockTable} forward
flush chain inet ${lockTable} input
table inet ${lockTable} {
  chain forward {
    iifname "${lan}" iifname != @alive counter drop
    oifname "${lan}" oifname != @alive counter drop
  }
  chain input {
    ip daddr @asked meta l4proto { tcp, udp } th dport 53 iifname "${lan}" iifname != @alive counter drop
  }
}
`
}

/** Where the branch asks for names: nowhere, where the gateway does not answer it. */
export function renderAsked({ dns, blocks }: Pick<GatewayPlan, 'dns' | 'blocks'>): string {
  const addresses = dns === undefined ? [] : blocks.map(({ address }) => address)
  const flush = `flush set inet ${lockTable} asked\n`
  return addresses.length === 0 ? flush : `${flush}add element inet ${lockTable} asked { ${addresses.join(', ')} }\n`
}

/** Adding an element that is there leaves its time as it was: it is taken away and added again, in one transaction. */
export function renderOpen({ lan }: GatewaySetup, forMs: number | undefined): string {
  const timeout = forMs === undefined ? '' : ` timeout ${Math.ceil(forMs)}ms`
  const opened = `add element inet ${lockTable} opened { "${lan}" }\n`
  return `${renderShut({ lan })}add element inet ${lockTable} alive { "${lan}"${timeout} }\n${opened}`
}

/** One that is not there cannot be taken away: it is added before. */
export function renderShut({ lan }: Pick<GatewaySetup, 'lan'>): string {
  return ['alive', 'opened']
    .map((set) => `element inet ${lockTable} ${set} { "${lan}" }`)
    .map((element) => `add ${element}\ndelete ${element}\n`)
    .join('')
}

export function kernelLock(system: System, setup: GatewaySetup): Forwarding {
  async function isIn(set: string): Promise<boolean> {
    const text = await system.run(['nft', 'list', 'set', 'inet', lockTable, set])
    return text.includes(`"${setup.lan}"`)
  }

  return {
    // In this order: the other way round it may run out in between.
    hasRunOut: async () => !(await isIn('alive')) && (await isIn('opened')),
    open: (forMs) => system.nft(renderLock(setup) + renderOpen(setup, forMs)),
    shut: () => system.nft(renderLock(setup) + renderShut(setup)),
  }
}
