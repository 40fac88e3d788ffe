import type {
  ApiEntry,
  ApiReference,
  CauseEntry,
  ErrorEntry,
  FamilyEntry,
  OperationEntry,
  ParamEntry,
} from '@opensag/rules'
import {
  type Api,
  accessLevelOf,
  conditionKeysOf,
  type ErrorTable,
  type Operation,
  type Param,
} from '../declare/index.ts'
import type { Explanation } from '../explanations/explanation.ts'
import { explanationOf } from '../explanations/explanations.ts'
import { frontDoorErrors } from './error-meanings.ts'
import { familyTitles } from './family-titles.ts'
import { fieldEntries } from './fields.ts'
import { histories, releases } from './history/generated/histories.ts'
import { productTitles } from './platform-pages.ts'
import { sampleOf } from './samples.ts'

/** Everything that is declared, as data. */
export function apiReference(apis: readonly Api[]): ApiReference {
  const shared = sharedExplanations()
  return {
    apis: apis.filter(({ operations }) => operations.size > 0).map((api) => apiEntry(api, shared.placeOf)),
    errors: errorEntries(frontDoorErrors, undefined, shared.placeOf),
    causes: shared.list,
    releases,
  }
}

type PlaceOf = (explanation: Explanation | undefined) => number | undefined

/** Many codes share one explanation: each is in the list once. */
function sharedExplanations(): { readonly list: readonly CauseEntry[]; readonly placeOf: PlaceOf } {
  const list: CauseEntry[] = []
  const places = new Map<string, number>()
  function placeOf(explanation: Explanation | undefined): number | undefined {
    if (explanation === undefined) return undefined
    const entry: CauseEntry = { en: explanation.en, zh: explanation.zh }
    const key = JSON.stringify(entry)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, list.length)
    return list.push(entry) - 1
  }
  return { list, placeOf }
}

function apiEntry(api: Api, placeOf: PlaceOf): ApiEntry {
  const { product, version } = api
  const members = new Map<string, OperationEntry[]>()
  for (const operation of api.operations.values()) {
    const entry = operationEntry(operation, placeOf)
    members.set(operation.family, [...(members.get(operation.family) ?? []), entry])
  }
  const known = Object.keys(familyTitles).filter((id) => members.has(id))
  const others = [...members.keys()].filter((id) => !known.includes(id)).sort()
  return {
    product,
    version,
    title: productTitles[product],
    families: [...known, ...others].map(
      (id): FamilyEntry => ({
        id,
        title: familyTitles[id] ?? productTitles[product],
        operations: members.get(id) ?? [],
      }),
    ),
  }
}

function operationEntry(operation: Operation, placeOf: PlaceOf): OperationEntry {
  const { name, about, source, access, result, errors } = operation
  const printed = accessLevelOf(operation)
  const keys = conditionKeysOf(operation)
  return {
    name,
    about,
    source,
    action: access.action,
    level: access.level,
    accessLevel: printed.level,
    ...(printed.isDerived ? { accessLevelDerived: true as const } : {}),
    ...(keys.length === 0 ? {} : { conditionKeys: keys }),
    resources: [access.resource].flat(),
    ...(access.dependent.length === 0 ? {} : { dependent: access.dependent }),
    ...(access.open === undefined ? {} : { open: access.open }),
    params: parametersOf(operation),
    result: fieldEntries(result),
    errors: errorEntries(errors, name, placeOf),
    sample: sampleOf(operation),
    history: histories[name] ?? [],
  }
}

function paramEntry(name: string, { state }: Param<unknown, string>): ParamEntry {
  const { members } = state
  // A list declares its rules at its one item.
  const item = state.type === 'array<object>' ? undefined : members?.['item']?.state
  const { values, anyCase, minimum, maximum, alsoAllowed, minLength, maxLength, pattern } = item ?? state
  return withoutAbsent({
    name,
    type: state.type,
    required: state.required || undefined,
    secret: state.isSecret || undefined,
    ignored: state.isIgnored,
    about: state.texts,
    example: state.exampleText,
    default: state.defaultValue === undefined ? undefined : String(state.defaultValue),
    values,
    anyCase,
    minimum,
    maximum,
    alsoAllowed,
    minLength,
    maxLength,
    pattern: pattern && ([pattern.source, pattern.flags] as const),
    members:
      state.type === 'array<object>'
        ? Object.entries(members ?? {}).map(([member, declared]) => paramEntry(member, declared))
        : undefined,
  })
}

/** The parameters of one operation, as data. */
export function parametersOf({ params }: Operation): readonly ParamEntry[] {
  return Object.entries(params).map(([name, declared]) => paramEntry(name, declared))
}

type Present<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> }

function withoutAbsent<T extends object>(entry: T): Present<T> {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Present<T>
}

function errorEntries(table: ErrorTable, operation: string | undefined, placeOf: PlaceOf): readonly ErrorEntry[] {
  return Object.entries(table).map(([code, [status, en, zh, outside]]) => {
    const cause = placeOf(explanationOf(code, operation))
    return { code, status, en, zh, ...(outside && { outside }), ...(cause === undefined ? {} : { cause }) }
  })
}
