import { keptList } from '../app/kept-list.ts'
import { type Grouping, groupingIn } from './groups.ts'

/** A list that somebody looks at often: an address with a name. */
export interface View {
  readonly name: string
  readonly q: string
  readonly group: Grouping | undefined
}

export type BuiltIn = 'all' | 'trouble' | 'behind'

export const builtIn: readonly { readonly name: BuiltIn; readonly q: string }[] = [
  { name: 'all', q: '' },
  { name: 'trouble', q: 'state:trouble' },
  { name: 'behind', q: 'is:behind' },
]

/** The most that one browser keeps, and the longest of each. */
export const mostViews = 12
export const longestName = 40
const longestQuery = 500

/** What a browser has kept, as far as it still is what we wrote: anybody can change it. */
export function viewsIn(text: string): readonly View[] {
  return keptList(text).flatMap(viewOf).slice(0, mostViews)
}

function viewOf(value: unknown): readonly View[] {
  if (typeof value !== 'object' || value === null) return []
  const { name, q, group } = value as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || name === '' || typeof q !== 'string') return []
  if (name.length > longestName || q.length > longestQuery) return []
  return [{ name, q, group: groupingIn(group) }]
}
