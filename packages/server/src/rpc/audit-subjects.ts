import type { Caller } from '../access/caller.ts'
import type { Product } from '../declare/api.ts'
import { spreadJson } from '../declare/json-list.ts'
import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import type { FactsKey, FactsList } from '../store/audit/facts/subject.ts'
import {
  instanceLists,
  listsByOperation,
  namedByAnswer,
  namedByOperation,
  namedByProduct,
  namedByType,
  namedInLists,
  ofCaller,
  type ThingKind,
  thingNames,
} from './audit-things.ts'

/** A thing that a call is about. */
export interface Subject {
  readonly service: string
  /** As policies name it in its account: `smartag/sag-1`. */
  readonly path: string
  /** Where its facts are; undefined of what only has a name. */
  readonly facts: FactsKey | undefined
}

/** Characters of a name that are kept, as of every resource of an entry. */
const longestName = 256

interface NamedThing {
  readonly parameter: string
  readonly kind: ThingKind
  readonly isOfCaller: boolean
}

/** What each operation names: looked up once, since every call that writes asks. */
const namedBy = new WeakMap<Operation['params'], readonly NamedThing[]>()

function namedThings(product: Product, { name, params }: Pick<Operation, 'name' | 'params'>): readonly NamedThing[] {
  const known = namedBy.get(params)
  if (known !== undefined) return known
  const things = Object.entries({ ...namedByProduct[product], ...namedByOperation[name] }).flatMap(
    ([parameter, kind]): NamedThing[] => {
      const isOfCaller = parameter.startsWith('(')
      return isOfCaller || Object.hasOwn(params, parameter) ? [{ parameter, kind, isOfCaller }] : []
    },
  )
  namedBy.set(params, things)
  return things
}

/** What the parameters of a call name; nothing of what they name need exist. */
export function subjectsAsked(
  product: Product,
  operation: Pick<Operation, 'name' | 'params'>,
  raw: RawParams,
  caller: Caller,
): readonly Subject[] {
  const subjects: Subject[] = []
  for (const { parameter, kind, isOfCaller } of namedThings(product, operation)) {
    // A policy of the system has no facts, and none of an account may stand for it.
    if (kind === 'policy' && raw.get('PolicyType')?.trim() === 'System') continue
    const key = isOfCaller ? callerAs(parameter, caller) : raw.get(parameter)?.trim()
    if (key) subjects.push(subject(operation.name, kind, key, raw, caller))
  }
  const typed = namedByType[operation.name]
  const type = raw.get('ResourceType')?.trim() ?? ''
  const kind = typed && Object.hasOwn(typed.kinds, type) ? typed.kinds[type] : undefined
  const key = typed && raw.get(typed.parameter)?.trim()
  if (kind !== undefined && key) subjects.push(subject(operation.name, kind, key, raw, caller))
  if (product === 'Ram') subjects.push(...subjectsListed(operation, raw, caller))
  subjects.push(...instancesListed(operation.name, raw, caller))
  return subjects
}

/** How many things of a list an entry names: no operation takes more. */
const mostListed = 50

function subjectsListed(
  { name, params }: Pick<Operation, 'name' | 'params'>,
  raw: RawParams,
  caller: Caller,
): readonly Subject[] {
  return Object.entries(namedInLists).flatMap(([parameter, kinds]) => {
    if (!Object.hasOwn(params, parameter)) return []
    const type = raw.get('ResourceType')?.trim() ?? ''
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
    if (kind === undefined) return []
    return keysListed(raw, parameter).map((key) => subject(name, kind, key, raw, caller))
  })
}

function instancesListed(name: string, raw: RawParams, caller: Caller): readonly Subject[] {
  const listed = Object.hasOwn(instanceLists, name) ? instanceLists[name] : undefined
  if (listed === undefined) return []
  const keys = keysListed(raw, listed.parameter, listed.member)
  return keys.map((key) => subject(name, 'instance', key, raw, caller))
}

/** @param member of its members only these; absent: all */
function keysListed(raw: RawParams, parameter: string, member?: RegExp): readonly string[] {
  const sent = [...(spreadJson(raw, parameter) ?? [])].filter(
    ([one]) => one.startsWith(`${parameter}.`) && member?.test(one) !== false,
  )
  const keys = new Set(sent.map(([, key]) => key.trim()).filter((key) => key !== ''))
  return [...keys].slice(0, mostListed)
}

/** What an answer names beside: things the call has made. */
export function subjectsMade(
  { name: operation }: Pick<Operation, 'name'>,
  answer: unknown,
  raw: RawParams,
  caller: Caller,
): readonly Subject[] {
  const things = namedByAnswer[operation]
  if (things === undefined) return []
  return Object.entries(things).flatMap(([path, kind]) => {
    const key = memberAt(answer, path)
    return key === undefined ? [] : [subject(operation, kind, key, raw, caller)]
  })
}

function callerAs(parameter: string, caller: Caller): string | undefined {
  switch (parameter) {
    case ofCaller.user:
      return caller.kind === 'RAMUser' ? caller.userName : undefined
    case ofCaller.account:
      return caller.accountId
    case ofCaller.key:
      return caller.accessKeyId
    default:
      return undefined
  }
}

function subject(operation: string, kind: ThingKind, given: string, raw: RawParams, caller: Caller): Subject {
  const key = given.slice(0, longestName)
  const { service, type } = thingNames[kind]
  const { accountId } = caller
  if (kind === 'applicationPackage' || kind === 'cen' || kind === 'grant' || kind === 'job' || kind === 'session') {
    return { service, path: `${type}/${key}`, facts: undefined }
  }
  const lists = listsOf(operation, kind, raw)
  if (kind !== 'clientUser') return { service, path: `${type}/${key}`, facts: { kind, key, accountId, lists } }
  const within = (raw.get('SmartAGId') ?? raw.get('TargetSmartAGId') ?? '').trim().slice(0, longestName)
  return { service, path: `${type}/${within}/${key}`, facts: { kind, key, accountId, within, lists } }
}

function listsOf(operation: string, kind: ThingKind, raw: RawParams): readonly FactsList[] {
  if (operation !== 'ModifySmartAccessGateway') return listsByOperation[operation]?.[kind] ?? []
  // Its two lists are looked at when it may replace them.
  if (kind !== 'instance') return []
  let isSnat = false
  for (const name of raw.keys()) isSnat ||= name.startsWith('SnatEntries.')
  return [...(raw.has('CidrBlock') ? (['cidrs'] as const) : []), ...(isSnat ? (['snat'] as const) : [])]
}

function memberAt(answer: unknown, path: string): string | undefined {
  let member = answer
  for (const name of path.split('.')) {
    if (typeof member !== 'object' || member === null) return undefined
    member = (member as Readonly<Record<string, unknown>>)[name]
  }
  return typeof member === 'string' ? member : undefined
}
