import type { OperationEntry, ParamEntry } from '@opensag/rules'
import type { FormValue, FormValues } from './form.ts'
import { givenParams } from './form.ts'

/**
 * The filled form as the query of an address, by the names on the wire: `SmartAGIds.1=sag-…`. A secret is not in it:
 * addresses are kept, shared and shown.
 */
export function formQuery(operation: OperationEntry, values: FormValues): Readonly<Record<string, string>> {
  const pairs = givenParams(operation, values).flatMap(({ entry, value }) =>
    entry.secret ? [] : pairsOf(entry, value),
  )
  return Object.fromEntries(pairs)
}

function pairsOf(entry: ParamEntry, value: FormValue): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[entry.name, value]]
  const open = new Set(entry.members?.filter(({ secret }) => secret !== true).map(({ name }) => name))
  return value.flatMap((item, index) => {
    const name = `${entry.name}.${index + 1}`
    if (typeof item === 'string') return [[name, item] as const]
    return Object.entries(item)
      .filter(([member]) => open.has(member))
      .map(([member, text]) => [`${name}.${member}`, text] as const)
  })
}

/** The form as a link fills it. What the operation has not, and what would fill in a secret, is left out. */
export function formFromQuery(operation: OperationEntry, query: URLSearchParams): FormValues {
  const filled = operation.params.flatMap((entry): readonly (readonly [string, FormValue])[] => {
    const value = entry.secret ? undefined : valueFrom(entry, query)
    return value === undefined ? [] : [[entry.name, value]]
  })
  return Object.fromEntries(filled)
}

function valueFrom(entry: ParamEntry, query: URLSearchParams): FormValue | undefined {
  const { name, type, members = [] } = entry
  if (!type.startsWith('array')) return query.get(name) ?? undefined
  const indexes = new Set<number>()
  for (const key of query.keys()) {
    const index = key.startsWith(`${name}.`) ? key.slice(name.length + 1).split('.', 1)[0] : undefined
    if (index !== undefined && /^\d{1,4}$/.test(index)) indexes.add(Number(index))
  }
  const sorted = [...indexes].sort((a, b) => a - b)
  if (sorted.length === 0) return undefined
  if (type !== 'array<object>') return sorted.map((index) => query.get(`${name}.${index}`) ?? '')
  return sorted.map((index) =>
    Object.fromEntries(
      members.flatMap((member) => {
        const text = member.secret ? null : query.get(`${name}.${index}.${member.name}`)
        return text === null ? [] : [[member.name, text]]
      }),
    ),
  )
}
