import type { Forwarding } from '../../forwarding.ts'
import type { System } from '../system.ts'
import type { GatewaySetup } from './setup.ts'

/** A table of its own: what it holds outlives every change of the other one, and the agent. */
export const lockTable = 'opensag_lock'

/**
 * The kernel's own lock: forwarded packets of the branch pass while its interface is in a set, whose elements end by
 * themselves. So it closes also when the program is dead that should close it. Made again it stays as it was, open or closed.
 */
export function renderLock({ lan }: GatewaySetup): string {
  return `table inet ${lockTable} {
  set alive { type ifname; flags timeout; }
  # What was opened, and not shut since: where it is not alive any more, its time has run out.
  set opened { type ifname; }
  chain forward { type filter hook forward priority -150; policy accept; }
}
flush chain inet ${lockTable} forward
table inet ${lockTable} {
  chain forward {
    iifname "${lan}" iifname != @alive counter drop
    oifname "${lan}" oifname != @alive counter drop
  }
}
`
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
