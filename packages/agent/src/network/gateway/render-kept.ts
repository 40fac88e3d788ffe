import type { RouteRule, RouteSource } from '@opensag/protocol'
import type { GatewayPlan } from './plan.ts'

type Kept = Pick<GatewayPlan, 'kept'>

/** How BIRD knows of which protocol a route of the branch is. */
const sources: Readonly<Record<RouteSource, string>> = {
  STATIC: 'source = RTS_STATIC',
  OSPF: 'proto = "lan"',
  BGP: 'proto ~ "lanbgp*"',
}

/** What of the branch the points of presence are not told: statements of the filter of what they are told. */
export function keptFromCloud({ kept }: Kept): string {
  return Object.entries(sources)
    .map(([source, condition]) => {
      const prefixes = prefixesOf(kept, (rule) => rule.from === 'local' && rule.source === source)
      return prefixes === undefined ? '' : `if ${condition} && net ~ ${prefixes} then reject; `
    })
    .join('')
}

/** What of the cloud the routers of the branch are not told: a part of the condition for what they are told. It all comes by BGP. */
export function keptFromBranch({ kept }: Kept): string {
  const prefixes = prefixesOf(kept, (rule) => rule.from === 'cloud' && rule.source === 'BGP')
  return prefixes === undefined ? '' : ` && ! (net ~ ${prefixes})`
}

/** An empty set is no set for BIRD. */
function prefixesOf(rules: readonly RouteRule[], isOne: (rule: RouteRule) => boolean): string | undefined {
  const prefixes = rules.filter(isOne).map(({ to }) => to)
  return prefixes.length === 0 ? undefined : `[ ${prefixes.join(', ')} ]`
}
