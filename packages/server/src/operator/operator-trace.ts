import { type AuditedChange, type AuditedThing, detailsText } from '../store/audit/details.ts'
import { Found } from '../store/audit/facts/found.ts'
import { factsOf } from '../store/audit/facts/index.ts'
import type { FactsKey, FactsKind } from '../store/audit/facts/subject.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { createSizeOrders } from '../store/fleet/size-orders.ts'
import type { Reader, Store } from '../store/store.ts'
import type { OperatorCommand } from './command.ts'

type Members = Readonly<Record<string, unknown>>

/** What one command is about and what it changes, collected while it runs. */
export interface OperatorTrace {
  /** The store for the command: each of its units of work is compared with what was there before. */
  readonly store: Store
  /** Once it is done: what the entry names, and its details. */
  summary(result: unknown): Promise<{ readonly resources: readonly string[]; readonly details: string | undefined }>
}

interface Named {
  /** An order is one of an instance, or of another size of one. */
  readonly kind: FactsKind | 'order'
  readonly id: string
}

interface Subject extends Named {
  readonly kind: FactsKind
}

/** Members of inputs and results that name a stored thing, with the kind where the form of the id does not say it. */
const kinds: Readonly<Record<string, FactsKind | undefined>> = {
  id: undefined,
  instanceId: 'instance',
  serial: 'device',
  accessKeyId: 'accessKey',
  accountId: 'account',
  account: 'account',
  ccn: 'ccn',
}

export function createOperatorTrace(command: OperatorCommand, input: Members, store: Store): OperatorTrace {
  const named = subjectsIn(input)
  const things = new Map<string, AuditedThing>()
  const changes: AuditedChange[] = []

  function note({ id }: Subject, before: Found | undefined, after: Found | undefined): void {
    const identity = (before ?? after)?.identity()
    if (identity === undefined) return
    things.set(id, { resource: id, id: identity.id, name: identity.name })
    for (const change of Found.changes(before, after)) changes.push({ resource: id, ...change })
  }

  return {
    store: {
      ...callsOf(store),
      async write(work, keepsTo) {
        let last: readonly (readonly [Subject, Found | undefined, Found | undefined])[] = []
        const value = await store.write(async (tx) => {
          // Before the work: an order may be gone after it.
          const asked = await thingsOf(tx, named)
          const before = await look(tx, asked)
          const value = await work(tx)
          const after = await look(tx, asked)
          last = asked.map((subject, index) => [subject, before[index], after[index]] as const)
          return value
        }, keepsTo)
        for (const seen of last) note(...seen)
        return value
      },
    },
    async summary(result) {
      const made = subjectsIn(madeMembers(command, (result ?? {}) as Members))
      if (made.length > 0) {
        const found = await store.read(async (db) => {
          const things = await thingsOf(db, made)
          const facts = await look(db, things)
          return things.map((subject, index) => [subject, facts[index]] as const)
        })
        for (const [subject, facts] of found) note(subject, undefined, facts)
      }
      const positional = command.positional.flatMap((member) => textsOf(input[member]))
      return {
        resources: [...new Set([...positional, ...things.keys()])],
        details: detailsText({ things: [...things.values()], changes, parameters: parametersOf(input) }),
      }
    },
  }
}

/** Nothing of an input is secret: whoever can list processes reads the command line it came from. */
function parametersOf(input: Members): Readonly<Record<string, string>> {
  const given = Object.entries(input).map(([name, value]) => [name, textsOf(value).join(',')] as const)
  return Object.fromEntries(given.filter(([, text]) => text !== ''))
}

function madeMembers({ makes = [] }: OperatorCommand, result: Members): Members {
  return Object.fromEntries(makes.map((name) => [name, result[name]]))
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return value === undefined || value === null ? [] : [String(value)]
}

function subjectsIn(members: Members): readonly Named[] {
  return Object.entries(members).flatMap(([name, value]) => {
    if (!Object.hasOwn(kinds, name)) return []
    return textsOf(value).flatMap((id) => {
      return [{ kind: kinds[name] ?? kindOfId(id), id }]
    })
  })
}

function kindOfId(id: string): Named['kind'] {
  if (id.startsWith('sag-')) return 'instance'
  return id.startsWith('vbr-') ? 'vbr' : 'order'
}

/** The things by their own ids: what is of an order is the instance it is about. */
async function thingsOf(db: Reader, named: readonly Named[]): Promise<readonly Subject[]> {
  const things: Subject[] = []
  for (const { kind, id } of named) {
    const instance = kind === 'order' ? await instanceOfOrder(db, id) : undefined
    if (kind !== 'order') things.push({ kind, id })
    else if (instance !== undefined) things.push({ kind: 'instance', id: instance })
  }
  return things
}

async function instanceOfOrder(db: Reader, id: string): Promise<string | undefined> {
  const bought = await createFleet(db).instanceByOrder(id)
  return bought?.id ?? createSizeOrders(db).instanceOf(id)
}

async function look(db: Reader, subjects: readonly Subject[]): Promise<readonly (Found | undefined)[]> {
  const found: (Found | undefined)[] = []
  for (const { kind, id } of subjects) {
    const accountId = kind === 'accessKey' ? await ownerOf(db, id) : ''
    const lists: FactsKey['lists'] = kind === 'instance' ? ['cidrs'] : undefined
    found.push(accountId === undefined ? undefined : await factsOf(db, { kind, key: id, accountId, lists }))
  }
  return found
}

async function ownerOf(db: Reader, accessKeyId: string): Promise<string | undefined> {
  const key = await db.selectFrom('access_key').select('account_id').where('id', '=', accessKeyId).executeTakeFirst()
  return key?.account_id
}

/** Whatever the store is made of, its functions are called on it. */
function callsOf(store: Store): Store {
  return {
    read: (work) => store.read(work),
    write: (work) => store.write(work),
    writeAudited: (work, audit) => store.writeAudited(work, audit),
    record: (entry) => store.record(entry),
    auditSettledTo: () => store.auditSettledTo(),
    burnNonce: (nonce) => store.burnNonce(nonce),
    forgetNonces: (now, forgetting) => store.forgetNonces(now, forgetting),
    close: () => store.close(),
  }
}
