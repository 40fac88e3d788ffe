import { type Mistake, mistakeIn, type OperationEntry, type ParamEntry } from '@opensag/rules'
import type { FormValue, FormValues } from './form.ts'

/** What the API will not take, by the name on the wire of each field: `Tag.1.Key`. */
export function mistakesIn(operation: OperationEntry, values: FormValues): ReadonlyMap<string, Mistake> {
  const found = operation.params
    .filter(({ ignored }) => ignored !== true)
    .flatMap((entry) => mistakesOf(entry, values[entry.name]))
  return new Map(found)
}

function mistakesOf(entry: ParamEntry, value: FormValue | undefined): readonly (readonly [string, Mistake])[] {
  const { name, type } = entry
  if (!type.startsWith('array')) return mistakeAt(name, entry, typeof value === 'string' ? value : '')
  const items = typeof value === 'object' ? value : []
  const given = items.filter((item) => (typeof item === 'string' ? item.trim() !== '' : hasText(item)))
  if (given.length === 0) return entry.required ? [[name, 'missing']] : []
  return items.flatMap((item, index) => {
    const path = `${name}.${index + 1}`
    if (typeof item === 'string') return mistakeAt(path, itemOf(entry), item)
    if (!hasText(item)) return []
    return (entry.members ?? []).flatMap((member) =>
      mistakeAt(`${path}.${member.name}`, member, item[member.name] ?? ''),
    )
  })
}

function mistakeAt(path: string, entry: ParamEntry, value: string): readonly (readonly [string, Mistake])[] {
  const mistake = mistakeIn(entry, value)
  return mistake === undefined ? [] : [[path, mistake]]
}

/** One item of a list: an empty one is not sent, so that it is never missing. */
function itemOf({ required: _required, ...entry }: ParamEntry): ParamEntry {
  return entry
}

function hasText(item: Readonly<Record<string, string>>): boolean {
  return Object.values(item).some((text) => text.trim() !== '')
}
