import { networksIn } from '@opensag/rules'
import { type FleetRow, healthOf, healths } from './row.ts'
import { chipsOf, tagText } from './tags.ts'

export const columns = ['health', 'name', 'tags', 'network', 'region', 'cidr', 'model', 'version'] as const

export type Column = (typeof columns)[number]

export interface Sorting {
  readonly column: Column
  readonly descending: boolean
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export function sorted(
  rows: readonly FleetRow[],
  { column, descending }: Sorting,
  networkNames: ReadonlyMap<string, string>,
): readonly FleetRow[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, column, networkNames), name: nameKey(row) }))
  const sign = descending ? -1 : 1
  keyed.sort(
    (a, b) => sign * compare(a.key, b.key) || compare(a.name, b.name) || (a.row.SmartAGId < b.row.SmartAGId ? -1 : 1),
  )
  return keyed.map(({ row }) => row)
}

const names = new WeakMap<FleetRow, string>()

function nameKey(row: FleetRow): string {
  const known = names.get(row)
  if (known !== undefined) return known
  const key = naturalKey(row.Name ?? row.SmartAGId)
  names.set(row, key)
  return key
}

/** Numbers in it at one width, so that plain comparison sorts them as numbers: twenty times quicker than a collator. */
function naturalKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))
}

function keyOf(row: FleetRow, column: Column, networkNames: ReadonlyMap<string, string>): string | number {
  switch (column) {
    case 'health':
      return healths.indexOf(healthOf(row))
    case 'name':
      return nameKey(row)
    case 'tags':
      // Those without any come last.
      return naturalKey(chipsOf(row).map(tagText).join(' ')) || '\uffff'
    case 'model':
      return row.HardwareVersion ?? row.InstanceType
    case 'version':
      return naturalKey(row.SoftwareVersion ?? '')
    case 'network':
      return naturalKey(networkNames.get(row.AssociatedCcnId ?? '') ?? row.AssociatedCcnId ?? '')
    case 'region':
      return row.RegionId
    case 'cidr':
      return networksIn(row.CidrBlock)[0]?.first ?? Number.MAX_SAFE_INTEGER
  }
}

/** ASCII before everything else, and in it by code; the rest as the language orders it. */
function compare(a: string | number, b: string | number): number {
  if (a === b) return 0
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b)
  const [plainA, plainB] = [isPlain(a), isPlain(b)]
  if (plainA && plainB) return a < b ? -1 : 1
  return plainA === plainB ? collator.compare(a, b) : plainA ? -1 : 1
}

function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 126) return false
  }
  return true
}
