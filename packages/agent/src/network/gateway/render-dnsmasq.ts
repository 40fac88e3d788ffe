import { ipv4ToNumber, numberToIpv4 } from '@opensag/rules'
import type { DnsPlan, DnsServer } from './dns-plan.ts'
import type { DhcpPlan } from './lan-plan.ts'
import type { GatewayPlan } from './plan.ts'

/**
 * The configuration of dnsmasq, which gives addresses to terminals and answers the branch that asks for names; undefined: there are no
 * addresses to give, and nothing is set of names.
 * Of two gateways each runs one, and the one that has the addresses of the branch answers. It does not know what the other one
 * has given, so it tries first whether an address is in use.
 * What it did not give itself it answers for too (`dhcp-authoritative`), or a terminal with an old address would wait.
 * Names are asked of the next server when whoever asked asks again (`strict-order`): it does not begin again by itself.
 *
 * @param leases the file it keeps its leases in
 */
export function renderDnsmasq(
  { lan, dhcp, dns, pair, consoleAt, probeAddresses }: GatewayPlan,
  leases: string,
): string | undefined {
  const own = [...(consoleAt === undefined ? [] : [consoleAt.ip]), ...probeAddresses]
  const ranges = dhcp === undefined ? '' : rangesOf(dhcp, own)
  if (ranges === '' && dns === undefined) return undefined
  return `# Written by opensag agent. Changes are lost.
${dns === undefined ? 'port=0' : 'strict-order'}
no-hosts
no-resolv
interface=${lan}
except-interface=lo
bind-dynamic
dhcp-authoritative
${pair === undefined ? 'no-ping\n' : ''}quiet-dhcp
${dhcp === undefined || ranges === '' ? '' : `${ranges}${optionsOf(dhcp, dns)}`}dhcp-leasefile=${leases}
${dns === undefined ? '' : serversOf(dns)}`
}

/** Terminals ask the gateway for names where it answers. */
function optionsOf({ router }: DhcpPlan, dns: DnsPlan | undefined): string {
  return `dhcp-option=option:router,${router}
${dns === undefined ? '' : `dhcp-option=option:dns-server,${router}\n`}`
}

function serversOf({ servers, forwards }: DnsPlan): string {
  const line = (domain: string, { ip, from }: DnsServer): string =>
    `server=${domain}${ip}${from === undefined ? '' : `@${from}`}\n`
  return [
    ...servers.map((one) => line('', one)),
    ...forwards.flatMap(({ domain, servers: others }) =>
      others.length === 0 ? [`local=/${domain}/\n`] : others.map((one) => line(`/${domain}/`, one)),
    ),
  ].join('')
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
