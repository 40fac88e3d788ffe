import type { QosConfig } from '@opensag/protocol'
import { classHandle } from '../bandwidth.ts'
import { matchesOf } from '../packet-match.ts'
import type { GatewayPlan } from './plan.ts'

type Rule = QosConfig['rules'][number]

/**
 * The chain that leads packets of the branch to their classes of HTB (bandwidth); nothing where there is none. The clock of the
 * machine says which rules count, packet by packet, so nothing has to happen when the time of one begins or ends.
 */
export function renderClassification({ classes, rules }: Pick<GatewayPlan, 'classes' | 'rules'>): string {
  if (classes.length === 0) return ''
  const priorities = new Set(classes.map(({ priority }) => priority))
  return `  # Of a packet the first rule counts, also one that has no class.
  chain classes {
    type filter hook forward priority mangle; policy accept;
    oifname != { "ccn0", "ccn1" } accept
${rules.map((rule) => `    ${matchOf(rule)}${priorities.has(rule.priority) ? `meta priority set 1:${classHandle(rule.priority)} ` : ''}accept\n`).join('')}  }
`
}

/** What packets have to be like; nothing for all of them. A space follows. */
function matchOf({ since, until, ...packets }: Rule): string {
  return [
    ...matchesOf(packets),
    ...(since === undefined ? [] : [`meta time >= ${since}`]),
    ...(until === undefined ? [] : [`meta time < ${until}`]),
  ]
    .map((match) => `${match} `)
    .join('')
}
