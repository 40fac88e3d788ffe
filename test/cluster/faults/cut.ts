import type { Machine } from '../world/network.ts'

/**
 * Drops every packet of a machine, or only those from and to some others, without a word to either side.
 * @param others addresses; all but its own when there are none
 */
export function cut(machine: Machine, others: readonly string[] = []): void {
  const of = (side: string): string => (others.length === 0 ? '' : `ip ${side} { ${others.join(', ')} } `)
  machine.must(
    ['nft', '-f', '-'],
    `table inet cut {
  chain in { type filter hook input priority 0; iifname != "lo" ${of('saddr')}drop; }
  chain out { type filter hook output priority 0; oifname != "lo" ${of('daddr')}drop; }
}
`,
  )
}

export function heal(machine: Machine): void {
  machine.must(['nft', 'delete', 'table', 'inet', 'cut'])
}
