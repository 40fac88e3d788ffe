import { renderAclChain } from '../render-acl-chain.ts'
import { networkLinks } from './leased-plan.ts'
import type { GatewayPlan } from './plan.ts'

/**
 * The access control list of the branch; nothing where there is none. It is asked about what is forwarded between the branch and
 * the other side only: what the gateway itself lives of (tunnels, BGP, DHCP, the connection with the server) never meets it.
 */
export function renderAcl({ lan, wan, acl, leased }: Pick<GatewayPlan, 'lan' | 'wan' | 'acl' | 'leased'>): string {
  if (acl.length === 0) return ''
  const branch = `"${lan}"`
  const others = {
    network: `{ ${networkLinks(leased)} }`,
    internet: `"${wan}"`,
  } as const
  return renderAclChain('acl', acl, ({ direction, side }) => {
    const [from, to] = direction === 'out' ? [branch, others[side]] : [others[side], branch]
    return [`iifname ${from}`, `oifname ${to}`]
  })
}
