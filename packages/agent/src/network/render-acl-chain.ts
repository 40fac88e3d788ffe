import type { AclConfig } from '@opensag/protocol'
import { matchesOf } from './packet-match.ts'

type Rule = AclConfig[number]

type Between = (rule: Pick<Rule, 'direction' | 'side'>) => readonly string[]

/**
 * The chain of nftables of an access control list. A connection is judged by the packets of the side that began it, so its answers
 * pass, and it ends when a list that comes later stops those. An ICMP error about a connection that passes is a part of it.
 * What passes here still has to pass every other chain.
 *
 * @param between the interfaces of packets that are on a side and in a direction, as expressions of nftables
 */
export function renderAclChain(name: string, acl: AclConfig, between: Between): string {
  return `  chain ${name} {
    type filter hook forward priority filter - 10; policy accept;
    ct direction reply accept
    ct state related meta l4proto icmp accept
${acl.map((rule) => `    ${[...between(rule), ...matchesOf(rule), verdictOf(rule)].join(' ')}\n`).join('')}  }
`
}

function verdictOf({ policy }: Rule): string {
  return policy === 'drop' ? 'counter drop' : policy
}
