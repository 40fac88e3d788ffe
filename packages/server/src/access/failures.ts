import { randomUUID } from 'node:crypto'
import { sourceOf, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { AuditEntry } from '../store/audit/audit.ts'
import type { Store } from '../store/store.ts'
import { boundedSource, principalId } from './audit-facts.ts'
import { type Caller, principal } from './caller.ts'

/** One attempt that did not prove who made it. */
export interface Failure {
  /** What was attempted: `ConsoleSignin` is ActionTrail's own word (D), the others are ours. */
  readonly action: 'AuthenticateCall' | 'ConsoleSignin' | 'RemoteLogon'
  /** The code it was refused with. */
  readonly reason: string
  readonly source: string | undefined
  /** Whose key, name or account was used, when there is such a one. It does not say who used it. */
  readonly claimed?: Caller | Claimed | undefined
  /** The access key as it was sent. Kept only when it has the form of one: people send passwords in wrong places. */
  readonly accessKeyId?: string | undefined
}

/** A remote user's account. */
export interface Claimed {
  readonly kind: 'RemoteUser'
  readonly accountId: string
  readonly principal: string
  readonly resource: string
}

export interface Failures {
  /** Counts it; waits for nothing, so that no answer tells by its time whether something was recorded. */
  note(failure: Failure): void
  /** How many there were since the start, by action and reason. */
  counts(): readonly { readonly action: string; readonly reason: string; readonly count: number }[]
  /** Records what was counted, and stops. */
  close(): Promise<void>
}

export interface FailuresContext {
  readonly store: Pick<Store, 'record'>
  readonly wallClock: () => number
  readonly timers: Timers
  readonly logger: Logger
}

/** The first failure after a quiet time is recorded so soon. */
const soonMs = 5000
/** Those after it are gathered for so long. */
const everyMs = 60_000
/** Kept apart in memory at a time, of those that name somebody who exists and of all others. */
const mostGroups = 500
/** Recorded apart at a time, of either: those with the most failures. The others become one entry for each reason. */
const mostRecorded = 8

interface Group {
  readonly failure: Failure
  times: number
  firstAt: number
  lastAt: number
}

interface Gathered {
  readonly named: Map<string, Group>
  readonly nameless: Map<string, Group>
  /** By reason alone: what is beyond the bounds of the others. */
  readonly various: Map<string, Group>
}

function nothing(): Gathered {
  return { named: new Map(), nameless: new Map(), various: new Map() }
}

function addTo(groups: Map<string, Group>, key: string, group: Group): void {
  const known = groups.get(key)
  if (known === undefined) {
    groups.set(key, group)
    return
  }
  known.times += group.times
  known.firstAt = Math.min(known.firstAt, group.firstAt)
  known.lastAt = Math.max(known.lastAt, group.lastAt)
}

/**
 * Failed authentications as security events. Anybody can make as many as they like, from any number of addresses with
 * any number of names, so memory and entries have a bound that does not depend on them: a thousand groups, and some
 * thirty entries and lines in a minute. Who floods it with names that nobody has cannot hide guesses at a name that exists.
 */
export function createFailures({ store, wallClock, timers, logger }: FailuresContext): Failures {
  const counts = new Map<string, { action: string; reason: string; count: number }>()
  let gathered = nothing()
  let cancel: (() => void) | undefined
  let flushedAt = Number.NEGATIVE_INFINITY
  let writing: Promise<void> = Promise.resolve()
  let closed = false

  function flush(): void {
    cancel = undefined
    flushedAt = timers.now()
    const { named, nameless, various } = gathered
    gathered = nothing()
    const shown: Group[] = []
    for (const groups of [named, nameless]) {
      const most = [...groups.values()].sort((one, other) => other.times - one.times)
      shown.push(...most.slice(0, mostRecorded))
      for (const group of most.slice(mostRecorded)) addTo(various, reasonKey(group.failure), anonymous(group))
    }
    writing = record([...shown, ...various.values()])
  }

  async function record(found: readonly Group[]): Promise<void> {
    const entries = found.map(entryOf)
    for (const { action, outcome, source, accessKeyId, accountId, times, firstAt, at } of entries) {
      logger.warn(
        { action, reason: outcome, source, accessKeyId, accountId, times, firstAt, lastAt: at },
        'authentication failed',
      )
    }
    await Promise.all(entries.map((entry) => store.record(entry))).catch((error) =>
      logger.error({ err: error }, 'recording failed authentications failed'),
    )
  }

  return {
    note(failure) {
      const at = wallClock()
      const { action, reason } = failure
      const count = counts.get(reasonKey(failure)) ?? { action, reason, count: 0 }
      count.count += 1
      counts.set(reasonKey(failure), count)
      if (closed) return
      const group: Group = { failure, times: 1, firstAt: at, lastAt: at }
      const groups = failure.claimed === undefined ? gathered.nameless : gathered.named
      const key = groupKey(failure)
      if (groups.has(key) || groups.size < mostGroups) addTo(groups, key, group)
      else addTo(gathered.various, reasonKey(failure), anonymous(group))
      cancel ??= timers.after(Math.max(soonMs, everyMs - (timers.now() - flushedAt)), flush)
    },
    counts: () => [...counts.values()],
    async close() {
      closed = true
      cancel?.()
      await writing
      if (gathered.named.size + gathered.nameless.size > 0) flush()
      await writing
    },
  }
}

function reasonKey({ action, reason }: Failure): string {
  return `${action} ${reason}`
}

function groupKey(failure: Failure): string {
  return JSON.stringify([reasonKey(failure), sourceOf(failure.source), keyShown(failure), principalOf(failure)])
}

/** What is kept of one of many: why it failed. */
function anonymous({ failure: { action, reason }, ...counted }: Group): Group {
  return { ...counted, failure: { action, reason, source: 'various' } }
}

const keyForm = /^(?:LTAI|STS\.)[0-9A-Za-z]{1,60}$/

function keyShown({ accessKeyId, claimed }: Failure): string {
  if (claimed !== undefined && claimed.kind !== 'RemoteUser' && claimed.accessKeyId !== '') return claimed.accessKeyId
  return accessKeyId !== undefined && keyForm.test(accessKeyId) ? accessKeyId : ''
}

function principalOf({ claimed }: Failure): string {
  if (claimed === undefined) return 'unknown'
  return claimed.kind === 'RemoteUser' ? claimed.principal : principal(claimed)
}

function entryOf({ failure, times, firstAt, lastAt }: Group): AuditEntry {
  const { action, reason, source, claimed } = failure
  const isCaller = claimed !== undefined && claimed.kind !== 'RemoteUser'
  return {
    at: lastAt,
    accountId: claimed?.accountId ?? '',
    principal: principalOf(failure),
    principalId: isCaller ? principalId(claimed) : '',
    accessKeyId: keyShown(failure),
    source: boundedSource(source),
    product: 'OpenSAG',
    action,
    level: 'Write',
    regionId: undefined,
    resources: claimed === undefined ? [] : [claimed.kind === 'RemoteUser' ? claimed.resource : principalOf(failure)],
    outcome: reason,
    requestId: randomUUID().toUpperCase(),
    times,
    firstAt,
  }
}
