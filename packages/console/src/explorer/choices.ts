import { type FleetRow, serialsOf, titleOf } from '../fleet/row.ts'

/** A value that a field can take, and what it is called. */
export interface Choice {
  readonly value: string
  readonly label: string
}

/** So many are offered; whoever types on gets others. */
export const mostChoices = 30

/** Those that what has been typed is a part of, by the value or by what it is called, and how many more there are. */
export function matchingChoices(
  all: Iterable<Choice>,
  typed: string,
): { readonly choices: readonly Choice[]; readonly more: number } {
  const wanted = typed.trim().toLowerCase()
  const found = new Map<string, Choice>()
  for (const choice of all) {
    if (`${choice.value}\n${choice.label}`.toLowerCase().includes(wanted)) found.set(choice.value, choice)
  }
  const choices = [...found.values()]
  return { choices: choices.slice(0, mostChoices), more: Math.max(0, choices.length - mostChoices) }
}

/** The instances of the fleet, or the serial numbers of their devices: of one instance where one is given. */
export function* fleetChoices(
  kind: 'instance' | 'serial',
  rows: readonly FleetRow[],
  instanceId = '',
): Generator<Choice> {
  const own = kind === 'serial' && rows.some(({ SmartAGId }) => SmartAGId === instanceId)
  for (const row of rows) {
    if (kind === 'instance') yield { value: row.SmartAGId, label: titleOf(row) }
    else if (!own || row.SmartAGId === instanceId)
      for (const value of serialsOf(row)) yield { value, label: titleOf(row) }
  }
}
