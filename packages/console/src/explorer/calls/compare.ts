import type { AnswerFormat } from '../run.ts'
import { parsedXml } from './parse-xml.ts'

/** What an answer says, whatever it was written in. */
export type Tree = string | readonly Tree[] | { readonly [name: string]: Tree }

/** One place in which two answers differ: with `before` only it is gone, with `after` only it is new. */
export interface Difference {
  /** `SmartAccessGateways.SmartAccessGateway[sag-1].Name` */
  readonly field: string
  readonly before?: string
  readonly after?: string
}

/** An answer as a tree of texts; undefined when it is neither JSON nor XML. */
export function treeOf(answer: string, format: AnswerFormat): Tree | undefined {
  if (format === 'XML') return parsedXml(answer)
  try {
    return textsIn(JSON.parse(withTextNumbers(answer)))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A number stays as it was written: JavaScript would round a long one, and two that differ would look the same. */
function withTextNumbers(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (part) =>
    part.startsWith('"') ? part : `"${part}"`,
  )
}

function textsIn(value: unknown): Tree {
  if (Array.isArray(value)) return value.map(textsIn)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, textsIn(member)]))
}

/** Where two answers differ, in the order of the first. The ID of the request differs always and is no difference. */
export function differences(before: Tree, after: Tree): readonly Difference[] {
  return between(before, after, '').filter(({ field }) => field !== 'RequestId')
}

function between(before: Tree | undefined, after: Tree | undefined, field: string): readonly Difference[] {
  if (before === undefined && after === undefined) return []
  if (before === undefined || after === undefined) {
    return [{ field, ...told('before', before), ...told('after', after) }]
  }
  if (typeof before === 'string' && typeof after === 'string') {
    return before === after ? [] : [{ field, before, after }]
  }
  if (isList(before) || isList(after)) return betweenLists(asList(before), asList(after), field)
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) => between(before[name], after[name], field === '' ? name : `${field}.${name}`))
  }
  return [{ field, ...told('before', before), ...told('after', after) }]
}

/** Items are the same by what names them, and else by their place. */
function betweenLists(before: readonly Tree[], after: readonly Tree[], field: string): readonly Difference[] {
  const key = namingMember(before, after)
  const old = byKey(before, key)
  const now = byKey(after, key)
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
    between(old.get(name), now.get(name), `${field}[${name}]`),
  )
}

function byKey(items: readonly Tree[], key: string | undefined): ReadonlyMap<string, Tree> {
  return new Map(items.map((item, index) => [key === undefined ? String(index + 1) : keyIn(item, key), item]))
}

function keyIn(item: Tree, key: string): string {
  const value = isObject(item) ? item[key] : item
  return typeof value === 'string' ? value : ''
}

/** The member that tells the items of both lists apart: an ID, or else a name. `.` where the items are texts of their own. */
function namingMember(...lists: readonly (readonly Tree[])[]): string | undefined {
  const items = lists.flat()
  const isUnique = (key: string): boolean =>
    lists.every((list) => {
      const keys = new Set(list.map((item) => keyIn(item, key)))
      return keys.size === list.length && !keys.has('')
    })
  if (items.every((item) => typeof item === 'string')) return isUnique('.') ? '.' : undefined
  const [first] = items
  const names = first !== undefined && isObject(first) ? Object.keys(first) : []
  return [/Id$/, /(Sn|SerialNumber)$/, /^Key$|Name$/]
    .flatMap((form) => names.filter((name) => form.test(name)))
    .find(isUnique)
}

function told(side: 'before' | 'after', tree: Tree | undefined): Partial<Difference> {
  if (tree === undefined) return {}
  return { [side]: typeof tree === 'string' ? tree : JSON.stringify(tree, undefined, 2) }
}

/** XML does not say that one element is a list of one. */
function asList(tree: Tree): readonly Tree[] {
  if (isList(tree)) return tree
  return tree === '' ? [] : [tree]
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree)
}

function isObject(tree: Tree): tree is { readonly [name: string]: Tree } {
  return typeof tree === 'object' && !Array.isArray(tree)
}
