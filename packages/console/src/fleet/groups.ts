import { countsByHealth, type FleetRow, type Health, healthOf, isTrouble } from './row.ts'
import { tagText } from './tags.ts'

/** What a list can be grouped by. */
export const groupings = ['network', 'region', 'state', 'model'] as const

/** `tag:site`: by the value of a tag. */
export type Grouping = (typeof groupings)[number] | `tag:${string}`

/** What an address or a saved view says of it. */
export function groupingIn(text: unknown): Grouping | undefined {
  if (typeof text === 'string' && /^tag:./.test(text)) return text as `tag:${string}`
  return groupings.find((one) => one === text)
}

/** The key of the tag that is grouped by. */
export function tagKeyOf(by: Grouping): string | undefined {
  return by.startsWith('tag:') ? by.slice('tag:'.length) : undefined
}

export interface Group {
  /** The network, region, state, model or tag; empty: in none. */
  readonly key: string
  readonly rows: readonly FleetRow[]
  readonly counts: Readonly<Record<Health, number>>
  readonly troubles: number
}

/** One line of the list: the head of a group, or a row. */
export type Line =
  | { readonly is: 'group'; readonly key: string; readonly group: Group; readonly isOpen: boolean }
  | { readonly is: 'row'; readonly key: string; readonly row: FleetRow }

/** Where the most is wrong stands first; rows keep their order. */
export function grouped(rows: readonly FleetRow[], by: Grouping): readonly Group[] {
  const found = new Map<string, FleetRow[]>()
  for (const row of rows) {
    const key = keyOf(row, by)
    const known = found.get(key)
    if (known === undefined) found.set(key, [row])
    else known.push(row)
  }
  return [...found]
    .map(([key, own]): Group => {
      const troubles = own.filter((row) => isTrouble(healthOf(row))).length
      return { key, rows: own, counts: countsByHealth(own), troubles }
    })
    .sort((a, b) => b.troubles - a.troubles || b.rows.length - a.rows.length || (a.key < b.key ? -1 : 1))
}

/** The lines of a list; `turned` has the keys of the groups that somebody opened or closed against their default. */
export function linesOf(
  groups: readonly Group[],
  { isOpen, turned }: { readonly isOpen: (group: Group) => boolean; readonly turned: ReadonlySet<string> },
): readonly Line[] {
  return groups.flatMap((group): readonly Line[] => {
    const open = isOpen(group) !== turned.has(group.key)
    const head: Line = { is: 'group', key: `group ${group.key}`, group, isOpen: open }
    return open ? [head, ...lines(group.rows)] : [head]
  })
}

export function lines(rows: readonly FleetRow[]): readonly Line[] {
  return rows.map((row) => ({ is: 'row', key: row.SmartAGId, row }))
}

function keyOf(row: FleetRow, by: Grouping): string {
  const key = tagKeyOf(by)
  if (key !== undefined) {
    const tag = row.Tags?.find(({ Key }) => Key === key)
    return tag === undefined ? '' : tagText(tag)
  }
  switch (by as (typeof groupings)[number]) {
    case 'network':
      return row.AssociatedCcnId ?? ''
    case 'region':
      return row.RegionId
    case 'state':
      return healthOf(row)
    case 'model':
      return row.HardwareVersion ?? row.InstanceType
  }
}
