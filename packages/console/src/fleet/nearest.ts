import { type FleetFacts, matching } from './filter.ts'
import { parseQuery, partsOf, type QueryKey, term } from './query.ts'
import { type FleetRow, healths, passwordStates } from './row.ts'
import { tagText } from './tags.ts'

/**
 * The filter that was probably meant by one that matches nothing: each part that is true of no row has the spelling nearest to it
 * that rows have. Undefined where there is none so near, and where the parts are true of different rows.
 */
export function nearestFilter(text: string, rows: readonly FleetRow[], facts: FleetFacts): string | undefined {
  let names: ReadonlySet<string> | undefined
  const parts = partsOf(text).map((part) => {
    if (matching(rows, parseQuery(part), facts).length > 0) return part
    const { terms, words } = parseQuery(part)
    const [word] = words
    if (word !== undefined) {
      names ??= namesIn(rows)
      return nearest(word, names)
    }
    const [{ key, values } = { values: [] }] = terms
    const [value, ...more] = values
    if (key === undefined || value === undefined || more.length > 0) return undefined
    const meant = nearest(value, valuesOf(key, rows, facts))
    return meant === undefined ? undefined : term(key, meant)
  })
  if (parts.length === 0 || parts.includes(undefined)) return undefined
  const found = parts.join(' ')
  return matching(rows, parseQuery(found), facts).length > 0 ? found : undefined
}

/** Names, and the words they are made of. */
function namesIn(rows: readonly FleetRow[]): ReadonlySet<string> {
  const names = rows.map(({ Name = '' }) => Name.toLowerCase())
  return new Set(names.flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)]).filter(Boolean))
}

function valuesOf(key: QueryKey, rows: readonly FleetRow[], facts: FleetFacts): ReadonlySet<string> {
  const lower = (values: Iterable<string>): ReadonlySet<string> => new Set([...values].map((one) => one.toLowerCase()))
  switch (key) {
    case 'state':
      return new Set(['trouble', ...healths])
    case 'password':
      return new Set(passwordStates)
    case 'kind':
      return new Set(['hardware', 'gateway', 'vcpe', 'app'])
    case 'is':
      return new Set(['behind'])
    case 'region':
      return lower(rows.map(({ RegionId }) => RegionId))
    case 'network':
      return lower([...facts.networkNames].flat())
    case 'model':
      return lower(rows.flatMap(({ HardwareVersion }) => HardwareVersion ?? []))
    case 'tag':
      return lower(rows.flatMap(({ Tags = [] }) => Tags.flatMap((tag) => [tag.Key ?? '', tagText(tag)])))
    case 'site':
      return lower(
        rows.flatMap(({ Tags = [] }) => Tags.flatMap(({ Key, Value }) => (Key === 'site' ? (Value ?? '') : []))),
      )
    case 'version':
    case 'id':
    case 'serial':
    case 'address':
      return new Set()
  }
}

/** The one with the fewest changes: one in five letters, two in more. */
function nearest(typed: string, known: ReadonlySet<string>): string | undefined {
  let best: string | undefined
  let fewest = typed.length > 5 ? 3 : typed.length > 2 ? 2 : 0
  for (const one of known) {
    if (Math.abs(one.length - typed.length) >= fewest) continue
    const changes = changesBetween(typed, one, fewest)
    if (changes >= fewest) continue
    best = one
    fewest = changes
  }
  return best
}

/** Letters that are to be put in, taken out, changed, or exchanged with the next one; not counted on once they are as many as `most`. */
function changesBetween(one: string, other: string, most: number): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      const changed = (last[column - 1] ?? 0) + (isSame ? 0 : 1)
      let fewest = Math.min(changed, (last[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1)
      const isExchanged = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (row > 1 && column > 1 && isExchanged) fewest = Math.min(fewest, (before[column - 2] ?? 0) + 1)
      now.push(fewest)
    }
    // No later row has fewer.
    if (now.every((changes) => changes >= most)) return most
    before = last
    last = now
  }
  return last[other.length] ?? 0
}
