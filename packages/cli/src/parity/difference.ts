import type { ParityAnswer } from '@opensag/smartag-client'

export type DifferenceKind =
  | 'status'
  | 'code'
  | 'message'
  | 'missing-field'
  | 'extra-field'
  | 'type'
  | 'field-order'
  | 'element-order'

/** One way in which two answers to the same call differ. */
export interface Difference {
  readonly kind: DifferenceKind
  /** Where in the body, `SmartAccessGateways.SmartAccessGateway[].Status`; empty for the whole of it. */
  readonly path: string
  readonly recorded: string
  readonly here: string
}

export interface Compared {
  readonly differences: readonly Difference[]
  /** Lists with elements on one side only: their elements have no shape to compare. */
  readonly empty: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/** Members that tell which element of a list it is; the first that all elements have counts. */
const identity = /(^|[a-z])(Id|Sn|SerialNumber|Key|Code|Name)$/

/**
 * Every difference in status, code, message, shape and order. Other values are not compared: the two services hold other
 * data. Both answers have stand-ins already, so that a value that a call kept is the same text in both.
 */
export function differencesOf(recorded: ParityAnswer, here: ParityAnswer): Compared {
  const differences: Difference[] = []
  const empty: string[] = []
  const differ = (kind: DifferenceKind, path: string, one: string, other: string): void =>
    void differences.push({ kind, path, recorded: one, here: other })

  if (isRefusal(recorded) !== isRefusal(here)) {
    differ('status', '', String(recorded.status), String(here.status))
    differ('code', '', codeOf(recorded), codeOf(here))
    return { differences, empty }
  }
  function plain(kind: 'status' | 'code' | 'message', one: unknown, other: unknown): void {
    if (one === undefined || other === undefined || typeof one !== typeof other) return
    if (withoutNumbers(String(one)) !== withoutNumbers(String(other))) differ(kind, '', String(one), String(other))
  }
  plain('status', recorded.status, here.status)
  plain('code', recorded.body['Code'], here.body['Code'])
  plain('message', recorded.body['Message'], here.body['Message'])

  /** All values that stand at one path: one of the body, as many as elements inside of a list. */
  function compare(path: string, ones: readonly unknown[], others: readonly unknown[]): void {
    const types = [typesOf(ones), typesOf(others)] as const
    if (types[0] !== types[1]) differ('type', path, ...types)
    objects(path, ones.filter(isObject), others.filter(isObject))
    lists(path, ones.filter(Array.isArray), others.filter(Array.isArray))
  }

  function objects(path: string, ones: readonly Json[], others: readonly Json[]): void {
    if (ones.length === 0 || others.length === 0) return
    const [names, otherNames] = [namesOf(ones), namesOf(others)]
    const common = names.filter((name) => otherNames.includes(name))
    for (const name of names) if (!common.includes(name)) differ('missing-field', join(path, name), 'present', 'absent')
    for (const name of otherNames)
      if (!common.includes(name)) differ('extra-field', join(path, name), 'absent', 'present')
    const swapped = swappedIn(ones, others)
    if (swapped !== undefined) differ('field-order', path, ...swapped)
    for (const name of common) {
      const member = (one: Json): readonly unknown[] => (name in one ? [one[name]] : [])
      compare(join(path, name), ones.flatMap(member), others.flatMap(member))
    }
  }

  function lists(path: string, ones: readonly (readonly unknown[])[], others: readonly (readonly unknown[])[]): void {
    if (ones.length === 0 || others.length === 0) return
    const [elements, otherElements] = [ones.flat(), others.flat()]
    if ((elements.length === 0) !== (otherElements.length === 0)) empty.push(path)
    if (elements.length === 0 || otherElements.length === 0) return
    const [list = [], otherList = []] = ones.length === 1 && others.length === 1 ? [ones[0], others[0]] : []
    const [keys, otherKeys] = keysOf(list, otherList)
    const [common, otherCommon] = [keys.filter(isIn(otherKeys)), otherKeys.filter(isIn(keys))]
    if (common.join('\n') !== otherCommon.join('\n')) {
      differ('element-order', path, common.join(', '), otherCommon.join(', '))
    }
    compare(`${path}[]`, elements, otherElements)
  }

  compare('', [recorded.body], [here.body])
  return { differences, empty }
}

const isRefusal = ({ status }: ParityAnswer): boolean => status >= 400
const codeOf = (answer: ParityAnswer): string => (isRefusal(answer) ? String(answer.body['Code'] ?? 'none') : 'success')
const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typesOf(values: readonly unknown[]): string {
  const types = values.map((one) => (one === null ? 'null' : Array.isArray(one) ? 'list' : typeof one))
  return [...new Set(types)].sort().join(' or ')
}

function namesOf(values: readonly Json[]): readonly string[] {
  return [...new Set(values.flatMap((one) => Object.keys(one)))]
}

/**
 * The members of one element on each side that have another order there, or undefined. Elements have different members, so
 * only what stands before what counts, in any of them.
 */
function swappedIn(ones: readonly Json[], others: readonly Json[]): readonly [string, string] | undefined {
  const first = new Map<string, Json>()
  for (const one of ones) {
    const names = Object.keys(one)
    for (const [at, name] of names.entries()) {
      for (const after of names.slice(at + 1)) first.set(`${name}\n${after}`, one)
    }
  }
  for (const other of others) {
    const names = Object.keys(other)
    for (const [at, name] of names.entries()) {
      for (const after of names.slice(at + 1)) {
        const one = first.get(`${after}\n${name}`)
        if (one === undefined || first.has(`${name}\n${after}`)) continue
        const common = Object.keys(one).filter(isIn(names))
        return [common.join(', '), names.filter(isIn(common)).join(', ')]
      }
    }
  }
  return undefined
}

function isIn(names: readonly string[]): (name: string) => boolean {
  return (name) => names.includes(name)
}

/** What the elements of both lists are called, where the names mean the same on both sides. */
function keysOf(list: readonly unknown[], other: readonly unknown[]): readonly [readonly string[], readonly string[]] {
  const all = [...list, ...other]
  if (all.every((one) => typeof one === 'string')) return [list.filter(isComparable), other.filter(isComparable)]
  if (!all.every(isObject)) return [[], []]
  const candidates = Object.keys(all[0] ?? {}).filter((name) => identity.test(name))
  for (const name of candidates) {
    const keys = (elements: readonly unknown[]): readonly string[] =>
      elements.map((one) => (one as Json)[name]).filter(isComparable)
    const both = [keys(list), keys(other)] as const
    const isUnique = both.every((some) => new Set(some).size === some.length)
    const common = both[0].filter((key) => both[1].includes(key))
    if (isUnique && common.length > 1) return both
  }
  return [[], []]
}

/** A numbered stand-in says only in which order values were met: what has number 1 there need not be number 1 here. */
function isComparable(key: unknown): key is string {
  return typeof key === 'string' && key !== '' && !/<[a-z]+( \d+)?>/.test(key)
}

function withoutNumbers(text: string): string {
  return text.replace(/<([a-z]+) \d+>/g, '<$1>')
}
