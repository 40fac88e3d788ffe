import { type FleetRow, serialsOf, titleOf } from '../fleet/row.ts'

/** A value that a field can take, and what it is called. */
export interface Choice {
  readonly value: string
  readonly label: string
}

type ChoiceKind = 'region' | 'instance' | 'serial'

/** So many are offered; whoever types on gets others. */
export const mostChoices = 30

const kinds: readonly (readonly [ChoiceKind, RegExp])[] = [
  ['region', /^RegionId$/],
  ['instance', /^(SmartAGIds?|SagId|SagInsId)$/],
  ['serial', /^(SmartAGSn|SerialNumber|SagSn|Sn)$/],
]

/** What of the fleet a parameter names; undefined when it names something else. */
export function choiceKind(param: string): ChoiceKind | undefined {
  return kinds.find(([, names]) => names.test(param))?.[0]
}

/** Those of the fleet that what has been typed is a part of, by the value or by the instance's name. */
export function choicesFor(
  kind: ChoiceKind,
  typed: string,
  rows: readonly FleetRow[],
  regionId: string,
): readonly Choice[] {
  const wanted = typed.trim().toLowerCase()
  const found = new Map<string, Choice>()
  for (const choice of all(kind, rows, regionId)) {
    if (found.size === mostChoices) break
    if (`${choice.value}\n${choice.label}`.toLowerCase().includes(wanted)) found.set(choice.value, choice)
  }
  return [...found.values()]
}

function* all(kind: ChoiceKind, rows: readonly FleetRow[], regionId: string): Generator<Choice> {
  if (kind === 'region') yield { value: regionId, label: '' }
  for (const row of rows) {
    if (kind === 'region') yield { value: row.RegionId, label: '' }
    else if (kind === 'instance') yield { value: row.SmartAGId, label: titleOf(row) }
    else for (const value of serialsOf(row)) yield { value, label: titleOf(row) }
  }
}
