import { type ApiReference, mistakeIn, type ParamEntry } from '@opensag/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allOperations, apis } from '../apis/registry.ts'
import type { Operation, Param } from '../declare/index.ts'
import { apiReference } from './api-reference.ts'

/** One value that is checked on its own: a parameter, an item of a list, or a member of each object of a list. */
interface Checked {
  readonly title: string
  readonly entry: ParamEntry
  readonly param: Param<unknown, string>
}

const reference: ApiReference = apiReference([...apis.values()])
const entries = new Map(
  reference.apis.flatMap(({ families }) =>
    families.flatMap(({ operations }) => operations.map((operation) => [operation.name, operation] as const)),
  ),
)

function checkedOf({ name, params }: Operation): readonly Checked[] {
  const declared = entries.get(name)?.params ?? []
  return Object.entries(params).flatMap(([param, declaration]) => {
    const entry = declared.find((one) => one.name === param)
    return entry === undefined ? [] : partsOf(`${name} ${param}`, entry, declaration)
  })
}

/** Nothing of it is looked at; of a list of objects without declared members only whether there is one. */
function isIgnored({ state }: Param<unknown, string>): boolean {
  return state.isIgnored === true || (state.type === 'array<object>' && state.members === undefined)
}

function partsOf(title: string, entry: ParamEntry, param: Param<unknown, string>): readonly Checked[] {
  if (isIgnored(param)) return []
  const { members = {} } = param.state
  if (!entry.type.startsWith('array')) return [{ title, entry, param }]
  const item = members['item']
  if (entry.type !== 'array<object>' && item !== undefined) {
    const { required: _, ...ofItem } = entry
    return [{ title: `${title}.1`, entry: ofItem, param: item }]
  }
  return (entry.members ?? []).flatMap((member) => {
    const declaration = members[member.name]
    return declaration === undefined ? [] : partsOf(`${title}.1.${member.name}`, member, declaration)
  })
}

/** Texts near what is declared: the rest is refused for one reason, whoever checks it. */
function texts({ values = [], pattern, minimum, maximum, alsoAllowed = [], ...entry }: ParamEntry) {
  const numbers = [minimum, maximum, ...alsoAllowed].flatMap((limit) =>
    limit === undefined ? [] : [limit - 1, limit, limit + 1].map(String),
  )
  const lengths = [entry.minLength, entry.maxLength].flatMap((limit) =>
    limit === undefined
      ? []
      : [limit - 1, limit, limit + 1].flatMap((length) => ['a', '🚀'].map((one) => one.repeat(Math.max(0, length)))),
  )
  const words = [...values, entry.example ?? '', 'true', 'False', '0', '-1', '', ' ', '253460731706911258']
  const known = [...words, ...words.map((word) => word.toUpperCase()), ...numbers, ...lengths]
  return fc.oneof(
    fc.constantFrom(...known),
    fc.constantFrom(...known).map((text) => ` ${text}`),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.integer().map(String),
    ...(pattern === undefined ? [] : [fc.string({ unit: fc.constantFrom(...'aZ09_-./+云'), maxLength: 40 })]),
  )
}

function accepts({ param, entry }: Checked, text: string): boolean {
  const isMissing = text.trim() === ''
  // Published as required, but answered by the handler.
  if (isMissing && param.state.missingInRun === true) return entry.default !== undefined
  // A code of its own for what is sent blank; a page does not send it.
  return !('violations' in param.parse(new Map(isMissing ? [] : [['it', text]]), 'it'))
}

const facts = ({ values, minimum, minLength, pattern }: ParamEntry): number =>
  [values, minimum, minLength, pattern].filter((fact) => fact !== undefined).length

const all = allOperations.flatMap(checkedOf)

describe('a value is checked by the declared facts as the server checks it', () => {
  test('every declared parameter is among them', () => {
    const untried = allOperations.flatMap((operation) =>
      Object.entries(operation.params)
        .filter(([, param]) => !isIgnored(param))
        .map(([name]) => `${operation.name} ${name}`)
        .filter((title) => !all.some((one) => one.title === title || one.title.startsWith(`${title}.1`))),
    )
    expect(untried).toEqual([])
  })

  test.each(all.map((one) => [one.title, one] as const))('%s', (_title, one) => {
    // A rule that is no fact can refuse more than the facts do, never less.
    const onlyFacts = one.param.state.convert === undefined && one.param.state.rules.length === facts(one.entry)
    fc.assert(
      fc.property(texts(one.entry), (text) => {
        const mistake = mistakeIn(one.entry, text)
        if (accepts(one, text)) expect(mistake).toBeUndefined()
        else if (onlyFacts) expect(mistake).toBeDefined()
      }),
    )
  })
})
