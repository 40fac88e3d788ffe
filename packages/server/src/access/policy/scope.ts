import { isRegion } from '../../model/regions.ts'
import { isWild, type NamePattern, type Names, type Tagged, type TagTest, type Visible } from '../../model/scope.ts'
import { type Tags, tagJson } from '../../model/tags.ts'
import { readResource } from './arn.ts'
import type { CompiledPolicies, CompiledStatement } from './compile.ts'
import { type CompiledCondition, type ConditionContext, resourceTag } from './condition.ts'
import type { Effect } from './policy.ts'
import { compileWildcard } from './wildcard.ts'

/** Which list is asked about. */
export interface ListRequest {
  /** The names of the action; a statement about any of them counts. */
  readonly actions: readonly string[]
  readonly service: string
  readonly type: string
  readonly accountId: string
  /** Of every entry; undefined when the list has entries of several. */
  readonly regionId: string | undefined
  readonly context: ConditionContext
  /** Every tag that entries have under a key of {@link CompiledPolicies.tagKeys}, each once; undefined where entries have none. */
  readonly tags?: Tags | undefined
}

interface Limits {
  readonly wild: number
  readonly ids: number
  readonly exceptions: number
  readonly tags: number
}

/**
 * Limits of what a list is cut by: patterns with a wildcard are compared with each of perhaps a hundred thousand entries
 * (C). Ids have no meaning, so one that is named is named whole.
 */
const most: Limits = { wild: 4, ids: 3000, exceptions: 50, tags: 3000 }

const any: NamePattern = { region: '*', id: '*' }

/**
 * What of a list the policies let the caller see: `evaluate` for every entry at once. What of the statements does not
 * depend on the entry is decided here, the rest is for the store. No list is cut by more patterns than the store can
 * compare quickly: then nothing is seen.
 */
export function visibleIn(
  compiled: CompiledPolicies,
  request: ListRequest,
  limits: Limits = most,
): Visible | 'all' | 'none' {
  const allowed = namesOf(compiled, 'Allow', request)
  const denied = namesOf(compiled, 'Deny', request)
  if (isNothing(allowed) || isEverything(denied)) return 'none'
  if (isEverything(allowed) && isNothing(denied)) return 'all'
  return isTooMuch(limits, allowed, denied) ? 'none' : { allowed, denied }
}

function namesOf(compiled: CompiledPolicies, effect: Effect, request: ListRequest): Names {
  const patterns: NamePattern[] = []
  const exceptions: (readonly NamePattern[])[] = []
  const actions = request.actions.map((action) => action.toLowerCase())
  const tagged: Tagged[] = []
  for (const statement of compiled[effect].all) {
    const { resource } = statement
    const tests = testsOf(statement, actions, request)
    if (tests === undefined) continue
    const named = resource === undefined ? [any] : resource.patterns.flatMap((text) => patternsIn(text, request))
    const not = resource?.not === true
    if (tests.length > 0) {
      if (named.length > 0 || not) tagged.push({ names: distinct(named), not, tests })
    } else if (not) exceptions.push(named)
    else patterns.push(...named)
  }
  return { patterns: distinct(patterns), exceptions, tagged }
}

/** What is left to ask of the entries' tags where the statement is about the list; undefined where it is not. */
function testsOf(
  { rule }: CompiledStatement,
  actions: readonly string[],
  { context, tags }: ListRequest,
): readonly TagTest[] | undefined {
  const { matchesAction, principal, conditions } = rule()
  if (principal !== undefined || !actions.some(matchesAction)) return undefined
  const tests: TagTest[] = []
  for (const condition of conditions) {
    if (tags !== undefined && condition.name.startsWith(resourceTag)) tests.push(tagTest(condition, tags))
    else if (!condition.holds(context)) return undefined
  }
  return tests
}

/** The condition for each entry: what `holds` says of its tags. */
function tagTest({ name, every, ifExists, fulfils }: CompiledCondition, tags: Tags): TagTest {
  const wantedKey = name.slice(resourceTag.length)
  const ofKey = tags.filter(([key]) => key.toLowerCase() === wantedKey)
  const asked = (wanted: boolean) => ofKey.filter(([, value]) => fulfils(value) === wanted).map(tagJson)
  if (every) return { anyOf: [], noneOf: asked(false) }
  return { anyOf: asked(true), noneOf: ifExists ? ofKey.map(tagJson) : undefined }
}

/** What a resource of a statement says of the entries of the list; nothing when it is about others. */
function patternsIn(text: string, { service, type, accountId, regionId }: ListRequest): readonly NamePattern[] {
  if (text === '*') return [any]
  const { scope, relative } = readResource(text)
  if (scope === undefined) return []
  const [ofService, region, account] = scope
  if (!compileWildcard(ofService).matches(service) || !compileWildcard(account).matches(accountId)) return []
  if (regionId !== undefined && !compileWildcard(region).matches(regionId)) return []
  // A name of no region is nothing anywhere, and there could be any number of them.
  if (!isWild(region) && !isRegion(region)) return []
  const left = regionId === undefined ? region : '*'
  return afterText(relative, `${type}/`).map((id) => ({ region: left, id }))
}

/** What must match the rest of a text that begins with `text`; several where a star can end at several places. */
function afterText(pattern: string, text: string): readonly string[] {
  let states: ReadonlySet<string> = new Set([pattern])
  for (const character of text) states = new Set([...states].flatMap((state) => step(state, character)))
  // No id has a slash.
  const rests = new Set([...states].map((state) => state.replace(/\*+/g, '*')).filter((rest) => !rest.includes('/')))
  return rests.has('*') ? ['*'] : [...rests]
}

function step(pattern: string, character: string): readonly string[] {
  const rest = pattern.slice(1)
  if (pattern[0] === '*') return [pattern, ...step(rest, character)]
  return pattern[0] === '?' || pattern[0] === character ? [rest] : []
}

function isNothing({ patterns, exceptions, tagged }: Names): boolean {
  return patterns.length === 0 && exceptions.length === 0 && tagged.length === 0
}

function isEverything({ patterns, exceptions }: Names): boolean {
  const isAny = ({ region, id }: NamePattern): boolean => region === '*' && id === '*'
  return patterns.some(isAny) || exceptions.some((excepted) => excepted.length === 0)
}

function isTooMuch(limits: Limits, ...names: readonly Names[]): boolean {
  const tagged = names.flatMap((one) => one.tagged)
  const all = [
    ...names.flatMap(({ patterns, exceptions }) => [...patterns, ...exceptions.flat()]),
    ...tagged.flatMap((one) => one.names),
  ]
  const tests = tagged.flatMap((one) => one.tests)
  const tags = tests.reduce((sum, { anyOf, noneOf = [] }) => sum + anyOf.length + noneOf.length, 0)
  const ids = all.filter(({ id }) => id !== '*' && isWild(id))
  const regions = new Set(all.map(({ region }) => region).filter((region) => region !== '*' && isWild(region)))
  const exceptions = names.flatMap((one) => one.exceptions)
  return (
    ids.length + regions.size > limits.wild ||
    all.length > limits.ids ||
    exceptions.length + tagged.length > limits.exceptions ||
    tags > limits.tags
  )
}

function distinct(patterns: readonly NamePattern[]): readonly NamePattern[] {
  return [...new Map(patterns.map((pattern) => [`${pattern.region} ${pattern.id}`, pattern])).values()]
}
