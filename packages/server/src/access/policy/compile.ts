import { compileResource, type Resource, readResource } from './arn.ts'
import { type CompiledCondition, compileCondition, resourceTag } from './condition.ts'
import { createPatternIndex, type PatternIndex } from './pattern-index.ts'
import type { Effect, Patterns, Policy, Principal, Statement } from './policy.ts'
import { compileWildcard } from './wildcard.ts'

/** Which statement of which policy, counted from 0 in the order they were given. */
export interface StatementRef {
  readonly policy: number
  readonly statement: number
}

export interface CompiledStatement {
  readonly ref: StatementRef
  /** As written; none in trust policies. */
  readonly resource: Patterns | undefined
  /** Made when it is first needed: of many statements most are never looked at. */
  readonly rule: () => Rule
}

export interface Rule {
  /** @param action in lower case. */
  matchesAction(action: string): boolean
  matchesResource(resource: Resource): boolean
  readonly principal: Principal | undefined
  readonly conditions: readonly CompiledCondition[]
}

/** The statements of one effect. Each is in exactly one of the first three. */
export interface StatementIndex {
  readonly byAction: PatternIndex<CompiledStatement>
  readonly byResource: PatternIndex<CompiledStatement>
  readonly always: readonly CompiledStatement[]
  /** The statements of all three. */
  readonly all: readonly CompiledStatement[]
}

/** What `evaluate` looks things up in. Opaque to everybody else. */
export interface CompiledPolicies {
  readonly Allow: StatementIndex
  readonly Deny: StatementIndex
  /** The keys of tags, in lower case, that conditions ask resources for: without any, tags need not be read. */
  readonly tagKeys: readonly string[]
}

interface Source {
  readonly ref: StatementRef
  readonly statement: Statement
}

/** Done once per principal and change of its policies; the work is in proportion to the documents. */
export function compilePolicies(policies: readonly Policy[]): CompiledPolicies {
  const sources = policies.flatMap(({ statements }, policy) =>
    statements.map((statement, index): Source => ({ ref: { policy, statement: index }, statement })),
  )
  const ofEffect = (wanted: Effect): readonly Source[] => sources.filter(({ statement }) => statement.effect === wanted)
  return { Allow: indexed(ofEffect('Allow')), Deny: indexed(ofEffect('Deny')), tagKeys: tagKeysOf(sources) }
}

function tagKeysOf(sources: readonly Source[]): readonly string[] {
  const keys = new Set<string>()
  for (const { statement } of sources) {
    for (const { key } of statement.conditions) {
      const name = key.toLowerCase()
      if (name.startsWith(resourceTag)) keys.add(name.slice(resourceTag.length))
    }
  }
  return [...keys]
}

/**
 * A statement hangs where it has least company: below its actions or below its resources, whichever is shared by fewer
 * statements. A thousand statements about a thousand gateways are then told apart by gateway, a thousand about as many
 * operations by operation. What excludes (`NotAction`, `NotResource`) tells nothing apart.
 */
function indexed(sources: readonly Source[]): StatementIndex {
  const actionCounts = counted(sources.map(({ statement }) => actionKeys(statement)))
  const resourceCounts = counted(sources.map(({ statement }) => resourceKeys(statement)))
  const byAction = createPatternIndex<CompiledStatement>()
  const byResource = createPatternIndex<CompiledStatement>()
  const always: CompiledStatement[] = []
  const all: CompiledStatement[] = []
  for (const { ref, statement } of sources) {
    const compiled = { ref, resource: statement.resource, rule: once(() => compileRule(statement)) }
    all.push(compiled)
    const company = (keys: readonly string[], counts: ReadonlyMap<string, number>): number =>
      keys.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...keys.map((key) => counts.get(key) ?? 0))
    const actions = actionKeys(statement)
    const resources = resourceKeys(statement)
    if (actions.length === 0 && resources.length === 0) always.push(compiled)
    else if (company(resources, resourceCounts) < company(actions, actionCounts)) {
      for (const key of resources) byResource.add(key, compiled)
    } else {
      for (const key of actions) byAction.add(key, compiled)
    }
  }
  return { byAction, byResource, always, all }
}

function counted(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of lists.flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function actionKeys({ action }: Statement): readonly string[] {
  return action.not ? [] : [...new Set(action.patterns.map((pattern) => pattern.toLowerCase()))]
}

function resourceKeys({ resource }: Statement): readonly string[] {
  if (resource === undefined || resource.not) return []
  return [...new Set(resource.patterns.map((pattern) => readResource(pattern).relative))]
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function compileRule({ action, resource, principal, conditions }: Statement): Rule {
  return {
    matchesAction: compileActions(action),
    matchesResource: resource === undefined ? () => true : compileResources(resource),
    principal,
    conditions: conditions.map(compileCondition),
  }
}

function compileActions({ not, patterns }: Patterns): (action: string) => boolean {
  const wildcards = patterns.map((pattern) => compileWildcard(pattern.toLowerCase()))
  const literals = new Set(wildcards.filter(({ literal }) => literal).map(({ prefix }) => prefix))
  const others = wildcards.filter(({ literal }) => !literal)
  return (action) => (literals.has(action) || others.some(({ matches }) => matches(action))) !== not
}

function compileResources({ not, patterns }: Patterns): (resource: Resource) => boolean {
  const compiled = patterns.map(compileResource)
  return (resource) => compiled.some(({ matches }) => matches(resource)) !== not
}
