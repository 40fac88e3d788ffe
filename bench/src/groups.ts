import type { Generator } from './load/generator.ts'
import type { BenchOptions } from './options.ts'
import { callGroup } from './rows/call-group.ts'
import { gatewayGroup } from './rows/gateway-group.ts'
import { heldLoopGroup } from './rows/held-loop-group.ts'
import { networkGroup } from './rows/network-group.ts'
import { nodesGroup } from './rows/nodes-group.ts'
import { nonceGroup } from './rows/nonce-group.ts'
import { overloadGroup } from './rows/overload-group.ts'
import { postgresGroup } from './rows/postgres-group.ts'
import { rotationGroup } from './rows/rotation-group.ts'
import type { Measured, Row } from './rows/row.ts'
import { sizeGroup } from './rows/size-group.ts'
import { soakGroup } from './rows/soak-group.ts'
import { startGroup } from './rows/start-group.ts'

export interface Context {
  readonly options: BenchOptions
  readonly generator: Generator
  /** For the data of whatever is started. */
  readonly folder: string
  say(text: string): void
}

/** Rows that are measured together. */
export interface Group {
  readonly name: string
  readonly rows: readonly Row[]
  /** No longer than this. */
  readonly withinMs: (options: BenchOptions) => number
  measure(chosen: ReadonlySet<string>, context: Context): Promise<readonly Measured[]>
}

export const groups: readonly Group[] = [
  callGroup,
  overloadGroup,
  startGroup,
  nonceGroup,
  heldLoopGroup,
  gatewayGroup,
  rotationGroup,
  postgresGroup,
  nodesGroup,
  networkGroup,
  soakGroup,
  sizeGroup,
]

/** @throws Error whose message is for a person */
export function chosenRows(only: BenchOptions['only']): ReadonlySet<string> {
  const chosen = new Set<string>()
  for (const { name, rows } of groups) {
    for (const { id } of rows) if (only.size === 0 || only.has(name) || only.has(id)) chosen.add(id)
  }
  const known = new Set(groups.flatMap(({ name, rows }) => [name, ...rows.map(({ id }) => id)]))
  const unknown = [...only].filter((name) => !known.has(name))
  if (unknown.length > 0) throw new Error(`--only: no ${unknown.join(', ')} among ${[...known].join(', ')}.`)
  return chosen
}
