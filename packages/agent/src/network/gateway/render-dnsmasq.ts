import type { GatewayPlan } from './plan.ts'

/** Seconds: it bounds how long a terminal keeps an address of a block that is gone. */
const leaseSeconds = 120

/**
 * The configuration of dnsmasq, which gives addresses of the first block to terminals; undefined: there are none to give.
 * What it did not give itself it answers for too (`dhcp-authoritative`), or a terminal with an old address would wait.
 *
 * @param leases the file it keeps its leases in
 */
export function renderDnsmasq({ lan, blocks: [first] }: GatewayPlan, leases: string): string | undefined {
  if (first?.pool === undefined) return undefined
  const { pool, address } = first
  return `# Written by opensag agent. Changes are lost.
port=0
no-hosts
no-resolv
interface=${lan}
except-interface=lo
bind-dynamic
dhcp-authoritative
no-ping
quiet-dhcp
dhcp-range=${pool.first},${pool.last},${pool.mask},${leaseSeconds}
dhcp-option=option:router,${address}
dhcp-leasefile=${leases}
`
}
