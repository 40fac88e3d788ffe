import type { AppliedPolicy } from '../store/access/principal-policies.ts'
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
  const principals = new Map<string, Kept>()
  const sessions = new Map<string, CompiledPolicies>()
  const documents = new Map<string, Policy>()

  function parsed(document: string): Policy {
    const known = take(documents, document)
    if (known !== undefined) return known
    const outcome = parsePolicy(document, 'identity')
    // It was checked before it was stored: to leave it out now could be to leave out a denial.
    if ('mistake' in outcome) throw new Error(`A stored policy cannot be read: ${outcome.mistake.message}`)
    keep(documents, document, outcome.policy, mostDocuments)
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
    keep(principals, id, { epoch, bounds }, mostPrincipals)
    return bounds
  }

  function sessionOf({ accessKeyId }: RoleSessionCaller | UserCaller, policy: string | undefined) {
    if (policy === undefined) return undefined
    const known = take(sessions, accessKeyId)
    if (known !== undefined) return known
    const compiled = compilePolicies([parsed(policy)])
    keep(sessions, accessKeyId, compiled, mostSessions)
    return compiled
  }

  return {
    of(caller, { epoch, sessionPolicy }) {
      const session = sessionOf(caller, sessionPolicy)
      const id = caller.kind === 'RAMUser' ? `user ${caller.userId}` : `role ${caller.roleId}`
      const kept = take(principals, id)
      if (kept?.epoch === epoch) return { ...kept.bounds, session }
      return load(caller, id, epoch).then((bounds) => ({ ...bounds, session }))
    },
  }
}

/** A value that is looked at goes to the end of the line of those to be forgotten. */
function take<V>(map: Map<string, V>, key: string): V | undefined {
  const value = map.get(key)
  if (value === undefined) return undefined
  map.delete(key)
  map.set(key, value)
  return value
}

function keep<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.delete(key)
  const oldest = map.keys().next()
  if (map.size >= most && !oldest.done) map.delete(oldest.value)
  map.set(key, value)
}
