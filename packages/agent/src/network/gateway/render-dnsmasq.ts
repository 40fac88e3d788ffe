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
export function renderDnsmasq({ lan, dhcp, pair, consoleAt }: GatewayPlan, leases: string): string | undefined {
  if (dhcp === undefined) return undefined
  const ranges = rangesOf(dhcp, consoleAt?.ip)
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

/** Without the address of the local console, which may be one of the block. */
function rangesOf({ first, last, mask, seconds }: DhcpPlan, without: string | undefined): string {
  const [low, high] = [ipv4ToNumber(first) ?? 0, ipv4ToNumber(last) ?? 0]
  const hole = without === undefined ? undefined : ipv4ToNumber(without)
  const ranges =
    hole === undefined || hole < low || hole > high
      ? [[low, high]]
      : [
          [low, hole - 1],
          [hole + 1, high],
        ]
  return ranges
    .filter(([from = 0, to = 0]) => from <= to)
    .map(([from = 0, to = 0]) => `dhcp-range=${numberToIpv4(from)},${numberToIpv4(to)},${mask},${seconds}\n`)
    .join('')
}
