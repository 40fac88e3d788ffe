// What the audit trail must hold of every call of every operation that writes: checked after each call of their tests.
import type { Store } from '../../store/store.ts'
import type { Operation } from '../operation.ts'

/** Operations that were done in a test and whose entry named what they were about. */
const named = new Set<string>()

export function hasNamedEntry({ name }: Operation): boolean {
  return named.has(name)
}

export function forgetEntries({ name }: Operation): void {
  named.delete(name)
}

interface Answered {
  readonly store: Store
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  readonly isDone: boolean
}

/** @throws Error when the entry of the call names nothing, or shows a secret. */
export async function checkEntry({ store, operation, params, requestId, isDone }: Answered): Promise<void> {
  if (operation.access.level !== 'Write') return
  const entry = await store.read((db) =>
    db.selectFrom('audit_event').selectAll().where('request_id', '=', requestId).executeTakeFirst(),
  )
  // A call that was refused before it was known who calls has none.
  if (entry === undefined) return
  const secret = secretsOf(operation, params).find((value) => JSON.stringify(entry).includes(value))
  if (secret !== undefined) throw new Error(`The audit entry of ${operation.name} holds the secret ${secret}.`)
  if (!isDone) return
  const resources = entry.resources.split(' ')
  if (resources.some((resource) => resource.endsWith('*') || resource === '')) {
    throw new Error(`The audit entry of ${operation.name} names nothing: see rpc/audit-things.ts.`)
  }
  named.add(operation.name)
}

/** Values that only secret parameters of the call have. */
function secretsOf({ params: declared }: Operation, params: Readonly<Record<string, string>>): readonly string[] {
  const isSecret = (name: string): boolean => declared[name]?.state.isSecret === true
  const others = Object.entries(params).flatMap(([name, value]) => (isSecret(name) ? [] : [value]))
  return Object.entries(params).flatMap(([name, value]) => {
    const occursOtherwise = value.trim() === '' || others.some((other) => other.includes(value))
    return isSecret(name) && !occursOtherwise ? [value] : []
  })
}
