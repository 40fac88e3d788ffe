import type { Field, Operation, Shape } from '../../packages/server/src/declare/index.ts'

/** Facts by a path of their own, so that two lists of them can be compared member by member. */
export type Facts = Readonly<Record<string, unknown>>

function differences(declared: Facts, wanted: Facts): readonly string[] {
  const paths = [...new Set([...Object.keys(declared), ...Object.keys(wanted)])]
  return paths.filter((path) => JSON.stringify(declared[path]) !== JSON.stringify(wanted[path])).sort()
}

/** Where declarations differ from the published facts, by operation: what is declared instead, and why. */
export type Deliberate = Readonly<Record<string, Readonly<Record<string, readonly [ours: unknown, reason: string]>>>>

/** What is declared otherwise than it was published, in the form of what is meant. */
export function declaredOtherwise(declared: Facts, wanted: Facts): Facts {
  return Object.fromEntries(differences(declared, wanted).map((path) => [path, declared[path]]))
}

export function meantFor(operation: string, deliberate: Deliberate): Facts {
  const meant = Object.entries(deliberate[operation] ?? {})
  return Object.fromEntries(meant.map(([path, [ours]]) => [path, ours]))
}

export function declaredErrors({ errors }: Operation): Facts {
  const facts: Record<string, unknown> = {}
  for (const [code, [status, en, zh, outside]] of Object.entries(errors)) {
    // Answered although the table does not list it: the declaration itself says why.
    if (outside === undefined) facts[`errors.${code}`] = [status, en, zh]
  }
  return facts
}

export function declaredShape(shape: Shape, path: string): Facts {
  return Object.assign({}, ...Object.entries(shape).map(([name, field]) => declaredField(field, `${path}.${name}`)))
}

function declaredField(field: Field, path: string): Facts {
  if (field.kind === 'scalar') return { [path]: field.type }
  if (field.kind === 'object') return { [path]: 'object', ...declaredShape(field.shape, path) }
  const list = field.kind === 'wrapped' ? `${path}.${field.item}` : path
  const outer = field.kind === 'wrapped' ? { [path]: 'object' } : {}
  const { of } = field
  if (typeof of.kind === 'string') return { ...outer, [list]: `array<${String(of.type)}>` }
  return { ...outer, [list]: 'array<object>', ...declaredShape(of as Shape, list) }
}
