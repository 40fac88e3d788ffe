import type { Caller } from '../access/caller.ts'
import type { Product } from '../declare/api.ts'
import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import type { AuditedChange, AuditedThing } from '../store/audit/details.ts'
import { detailsText } from '../store/audit/details.ts'
import { type FieldChange, Found } from '../store/audit/facts/found.ts'
import type { FactsKey } from '../store/audit/facts/subject.ts'
import type { Repositories } from '../store/repositories.ts'
import { parametersSent } from './audit-parameters.ts'
import { type Subject, subjectsAsked, subjectsMade } from './audit-subjects.ts'

/** What one call is about and what it changes, collected while it runs. */
export interface Trace {
  /** Looks at what the call is about, for its names: where units of work of the call's own see the changes. */
  identify(repositories: Repositories): Promise<void>
  /**
   * Runs the work of a unit and compares what it is about before and after; where the work makes the answer, also with
   * what only that names.
   */
  observe<T>(repositories: Repositories, work: () => Promise<T>, isAnswer: boolean): Promise<T>
  /** What {@link observe} saw last is durable. */
  keep(): void
  /** Resources by the names that policies have for them, and what else the entry shows; once the outcome is known. */
  summary(outcome: { readonly value: unknown } | { readonly error: unknown }, asked: readonly string[]): Summary
}

export interface Summary {
  readonly resources: readonly string[]
  readonly details: string | undefined
}

interface Seen {
  readonly subject: Subject
  readonly found: Found | undefined
}

interface Difference {
  readonly subject: Subject
  readonly changes: readonly FieldChange[]
}

/** Of a call that writes. */
export function createTrace(product: Product, operation: Operation, raw: RawParams, caller: Caller): Trace {
  const asked = subjectsAsked(product, operation, raw, caller)
  let seen: readonly Seen[] = []
  let last: readonly Difference[] = []
  const kept: Difference[] = []

  async function look({ audit }: Repositories, subjects: readonly Subject[]): Promise<readonly Seen[]> {
    const all: Seen[] = []
    for (const subject of subjects) {
      all.push({ subject, found: subject.facts === undefined ? undefined : await audit.facts(subject.facts) })
    }
    return all
  }

  return {
    async identify(repositories) {
      seen = await look(repositories, asked)
    },
    async observe(repositories, work, isAnswer) {
      // After a conflict nothing of an earlier run remains.
      last = []
      const before = await look(repositories, asked)
      seen = before
      const value = await work()
      const made = isAnswer ? await look(repositories, subjectsMade(operation, value, raw, caller)) : []
      const after: Seen[] = []
      for (const { subject, found } of before) after.push(...(await look(repositories, [renamed(subject, found)])))
      last = [
        ...before.flatMap(({ subject, found }, index) => differences(subject, found, after[index]?.found)),
        ...made.flatMap(({ subject, found }) => differences(subject, undefined, found)),
      ]
      seen = [...before.map((one, index) => ({ ...one, found: one.found ?? after[index]?.found })), ...made]
      return value
    },
    keep() {
      kept.push(...last)
      last = []
    },
    summary(outcome, resources) {
      const isDone = 'value' in outcome
      const named = new Map<string, string>()
      const things = new Map<string, AuditedThing>()
      function name(subject: Subject, found: Found | undefined): void {
        const identity = found?.identity()
        // What is refused tells nothing of the things of others.
        const isShown = isDone || identity?.accountId === caller.accountId
        const resource = resourceOf(subject, isShown ? identity?.accountId : undefined, resources, raw, caller)
        named.set(subject.path, resource)
        if (identity === undefined || !isShown || things.has(resource)) return
        things.set(resource, { resource, id: identity.id, name: identity.name })
      }
      if (seen.length > 0) for (const { subject, found } of seen) name(subject, found)
      else for (const subject of asked) name(subject, undefined)
      if (isDone) for (const subject of subjectsMade(operation, outcome.value, raw, caller)) name(subject, undefined)
      return {
        resources: withThings(resources, [...named.values()]),
        details: detailsText({
          things: [...things.values()],
          changes: changesOf(isDone ? [...kept, ...last] : kept, named),
          parameters: parametersSent(operation, raw),
        }),
      }
    },
  }
}

/** By its id, where its name may be another one now. */
function renamed(subject: Subject, found: Found | undefined): Subject {
  const { facts } = subject
  if (facts === undefined || found === undefined || (facts.kind !== 'user' && facts.kind !== 'group')) return subject
  const byId: FactsKey = { ...facts, key: found.identity().id, isId: true }
  return { ...subject, facts: byId }
}

function differences(subject: Subject, before: Found | undefined, after: Found | undefined): readonly Difference[] {
  const changes = Found.changes(before, after)
  return changes.length === 0 ? none : [{ subject, changes }]
}

const none: readonly never[] = []

/** The fields that changed, each once: from what it was at first to what it became at last. */
function changesOf(all: readonly Difference[], resources: ReadonlyMap<string, string>): readonly AuditedChange[] {
  if (all.length === 0) return none
  const changes = new Map<string, AuditedChange>()
  for (const { subject, changes: fields } of all) {
    const resource = resources.get(subject.path) ?? subject.path
    for (const change of fields) {
      const key = `${resource} ${change.field}`
      const { field, before } = changes.get(key) ?? change
      changes.set(key, { resource, field, before, after: change.after })
    }
  }
  return [...changes.values()].filter(({ before, after }) => before !== after)
}

/** The resource that policies were asked about where there is one: it says region and account as they were asked. */
function resourceOf(
  { service, path }: Subject,
  owner: string | undefined,
  asked: readonly string[],
  raw: RawParams,
  caller: Caller,
): string {
  const known = asked.find((resource) => resource.endsWith(`:${path}`))
  if (known !== undefined) return known
  const named = raw.get('RegionId')?.trim() ?? ''
  const region = service === 'smartag' && isRegion(named) ? named : '*'
  return `acs:${service}:${region}:${owner ?? caller.accountId}:${path}`
}

/** What stands for any thing of a kind says nothing beside the thing itself. */
function withThings(asked: readonly string[], things: readonly string[]): readonly string[] {
  if (things.length === 0) return asked
  return [...new Set([...asked.filter((resource) => !resource.endsWith('*')), ...things])]
}
