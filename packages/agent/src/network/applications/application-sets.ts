import { createHash } from 'node:crypto'
import type { Applications } from '@opensag/protocol'
import { applications as all } from '@opensag/rules'
import type { Connection, Recognised } from './known-connections.ts'

/** A set of nftables that holds the connections of some applications. */
export interface ApplicationSet {
  readonly name: string
  readonly numbers: ReadonlySet<number>
}

/** What packets of a connection are told by: both ends, and the protocol. */
const fields = 'ip saddr . ip daddr . meta l4proto . th sport . th dport'
/** After its last packet a connection is forgotten. */
const staysFor = '10m'

/** A set takes no more: a script that adds others is refused as a whole. A connection is in it twice, for packets of both ways. */
export const mostInSet = 65_536

/** The sets that these rules need, each once. */
export function setsOf(
  rules: readonly { readonly applications?: Applications | undefined }[],
): readonly ApplicationSet[] {
  const sets = rules.flatMap(({ applications }) => (applications === undefined ? [] : [setOf(applications)]))
  return [...new Map(sets.map((set) => [set.name, set])).values()]
}

function setOf({ groups, signatures }: Applications): ApplicationSet {
  const numbers = all
    .filter(({ id, groupId }) => signatures.includes(id) || groups.includes(groupId))
    .map(({ id }) => id)
  return { name: nameOf({ groups, signatures }), numbers: new Set(numbers) }
}

/** It follows from the applications, so that two rules for the same ones have the same set. */
function nameOf({ groups, signatures }: Applications): string {
  const hash = createHash('sha256').update(JSON.stringify([[...groups].sort(), [...signatures].sort()]))
  return `apps-${hash.digest('hex').slice(0, 12)}`
}

/** Their declarations in a table. */
export function renderSets(sets: readonly ApplicationSet[]): string {
  return sets
    .map(
      ({ name }) =>
        `  set ${name} { typeof ${fields}; size ${mostInSet}; flags dynamic, timeout; timeout ${staysFor}; }\n`,
    )
    .join('')
}

/** The expressions that packets of these applications match. What matches stays in the set. */
export function matchOfApplications(applications: Applications): readonly string[] {
  const name = nameOf(applications)
  return [`${fields} @${name}`, `update @${name} { ${fields} timeout ${staysFor} }`]
}

/** Lines of nftables that put connections into the sets they belong to, for packets of both ways; empty: there is nothing to put. */
export function additions(
  table: string,
  sets: readonly ApplicationSet[],
  connections: Iterable<readonly [Connection, Recognised]>,
): string {
  const elements = new Map<string, string[]>()
  for (const [{ protocol, from, to }, { application, carrier }] of connections) {
    const ways = [
      `${from.address} . ${to.address} . ${protocol} . ${from.port} . ${to.port}`,
      `${to.address} . ${from.address} . ${protocol} . ${to.port} . ${from.port}`,
    ]
    for (const { name, numbers } of sets) {
      if (!numbers.has(application) && (carrier === undefined || !numbers.has(carrier))) continue
      const inSet = elements.get(name) ?? []
      inSet.push(...ways)
      elements.set(name, inSet)
    }
  }
  return [...elements].map(([name, all]) => `add element ${table} ${name} { ${all.join(', ')} }\n`).join('')
}
