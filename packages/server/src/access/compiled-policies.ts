import { createRecentlyUsed } from '../recently-used.ts'
import type { AppliedPolicy } from '../store/access/principal-policies.ts'
import { createTagReader, type TagReader } from '../store/fleet/tags.ts'
import type { Store } from '../store/store.ts'
import type { RoleSessionCaller, UserCaller } from './caller.ts'
import { type CompiledPolicies, compilePolicies, type Policy, parsePolicy } from './policy/index.ts'
import { policiesOf } from './principal-policies.ts'
import type { Rights } from './rights.ts'

/** What binds one caller, ready to be asked. */
export interface Bounds {
  /** In the order of `compiled`, so that a decision can name the policy it comes from. */
  readonly applied: readonly AppliedPolicy[]
  readonly compiled: CompiledPolicies
  /** Of a session that was given a policy of its own. */
  readonly session: CompiledPolicies | undefined
}

export interface CompiledPolicyCache {
  /** At once when nothing has changed since it was last asked for this caller. */
  of(caller: UserCaller | RoleSessionCaller, rights: Rights): Bounds | Promise<Bounds>
  /** What conditions about tags are answered from: never kept, a tag that was taken away must not count. */
  readonly tags: TagReader
}

/** Principals and sessions that stay in memory; who was not asked about for longest is forgotten first. */
const mostPrincipals = 2000
const mostSessions = 2000
/** Documents: all users of an account share its policies, and a raised epoch leaves most of them as they were. */
const mostDocuments = 2000

interface Kept {
  readonly epoch: number
  readonly bounds: Omit<Bounds, 'session'>
}

/**
 * Compiles the policies of a principal once for each epoch of its account. The epoch is read with the key of every
 * request and raised in the unit of work of every change that matters, so that a change counts at once and everywhere.
 */
export function createCompiledPolicies(store: Store): CompiledPolicyCache {
  const principals = createRecentlyUsed<string, Kept>(mostPrincipals)
  const sessions = createRecentlyUsed<string, CompiledPolicies>(mostSessions)
  const documents = createRecentlyUsed<string, Policy>(mostDocuments)

  function parsed(document: string): Policy {
    const known = documents.get(document)
    if (known !== undefined) return known
    const outcome = parsePolicy(document, 'identity')
    // It was checked before it was stored: to leave it out now could be to leave out a denial.
    if ('mistake' in outcome) throw new Error(`A stored policy cannot be read: ${outcome.mistake.message}`)
    documents.set(document, outcome.policy)
    return outcome.policy
  }

  // Many requests of one caller arrive at once; the first after a change does the work for all of them.
  const loading = new Map<string, Promise<Kept['bounds']>>()

  function load(caller: UserCaller | RoleSessionCaller, id: string, epoch: number): Promise<Kept['bounds']> {
    const key = `${epoch} ${id}`
    const known = loading.get(key)
    if (known !== undefined) return known
    const made = read(caller, id, epoch).finally(() => loading.delete(key))
    loading.set(key, made)
    return made
  }

  async function read(caller: UserCaller | RoleSessionCaller, id: string, epoch: number): Promise<Kept['bounds']> {
    const applied = await store.read((db) => policiesOf(db, caller))
    const bounds = { applied, compiled: compilePolicies(applied.map(({ document }) => parsed(document))) }
    // What was read is at least as new as the epoch; when it is newer, the next request finds the epoch raised.
    principals.set(id, { epoch, bounds })
    return bounds
  }

  function sessionOf({ accessKeyId }: RoleSessionCaller | UserCaller, policy: string | undefined) {
    if (policy === undefined) return undefined
    const known = sessions.get(accessKeyId)
    if (known !== undefined) return known
    const compiled = compilePolicies([parsed(policy)])
    sessions.set(accessKeyId, compiled)
    return compiled
  }

  return {
    tags: createTagReader(store),
    of(caller, { epoch, sessionPolicy }) {
      const session = sessionOf(caller, sessionPolicy)
      const id = caller.kind === 'RAMUser' ? `user ${caller.userId}` : `role ${caller.roleId}`
      const kept = principals.get(id)
      if (kept?.epoch === epoch) return { ...kept.bounds, session }
      return load(caller, id, epoch).then((bounds) => ({ ...bounds, session }))
    },
  }
}
