import { ipv4ToNumber, numberToIpv4 } from '@opensag/rules'
import type { DhcpPlan } from './lan-plan.ts'
import type { GatewayPlan } from './plan.ts'

/**
 * The configuration of dnsmasq, which gives addresses to terminals; undefined: there are none to give.
 * Of two gateways each runs one, and the one that has the addresses of the branch answers. It does not know what the other one
 * has given, so it tries first whether an address is in use.
 * What it did not give itself it answers for too (`dhcp-authoritative`), or a terminal with an old address would wait.
 *
 * @param leases the file it keeps its leases in
 */
export function renderDnsmasq(
  { lan, dhcp, pair, consoleAt, probeAddresses }: GatewayPlan,
  leases: string,
): string | undefined {
  if (dhcp === undefined) return undefined
  const ranges = rangesOf(dhcp, [...(consoleAt === undefined ? [] : [consoleAt.ip]), ...probeAddresses])
  if (ranges === '') return undefined
  return `# Written by opensag agent. Changes are lost.
port=0
no-hosts
no-resolv
interface=${lan}
except-interface=lo
bind-dynamic
dhcp-authoritative
${pair === undefined ? 'no-ping\n' : ''}quiet-dhcp
${ranges}dhcp-option=option:router,${dhcp.router}
dhcp-leasefile=${leases}
`
}

/** Without the addresses that are the gateway's own, as that of the local console, which may be some of the block. */
function rangesOf({ first, last, mask, seconds }: DhcpPlan, without: readonly string[]): string {
  const [low, high] = [ipv4ToNumber(first) ?? 0, ipv4ToNumber(last) ?? 0]
  const holes = without
    .map((ip) => ipv4ToNumber(ip) ?? 0)
    .filter((hole) => low <= hole && hole <= high)
    .sort((one, other) => one - other)
  const starts = [low, ...holes.map((hole) => hole + 1)]
  const ends = [...holes.map((hole) => hole - 1), high]
  return starts
    .map((from, index) => [from, ends[index] ?? high] as const)
    .filter(([from, to]) => from <= to)
    .map(([from, to]) => `dhcp-range=${numberToIpv4(from)},${numberToIpv4(to)},${mask},${seconds}\n`)
    .join('')
}
