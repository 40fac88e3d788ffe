import { hot } from '../store/hot.ts'
import type { AccessKeyTable } from '../store/schema.ts'
import type { Reader, Store } from '../store/store.ts'
import type { Credential, CredentialSource } from './credential-source.ts'
import { accessKeyContext } from './keys.ts'
import type { Sealer } from './sealing.ts'
import { type SecretKeys, secretKeys } from './signing-keys.ts'

/** Opened keys that stay in memory. */
const cacheSize = 10_000

interface Opened {
  readonly sealed: string
  readonly keys: SecretKeys
}

const keyById = hot((db: Reader, given: { readonly id: string }) =>
  db.selectFrom('access_key').select(['id', 'account_id', 'secret_sealed', 'status']).where('id', '=', given.id),
)

type KeyRow = Pick<AccessKeyTable, 'id' | 'account_id' | 'secret_sealed' | 'status'>

/**
 * The access keys of the store. The row is read anew in every turn of the event loop, so a key that was deactivated or
 * deleted is refused at once: who heard of it cannot have sent a request of the same turn. Only the opened secret is
 * remembered for longer, for as long as its sealed form stays the same.
 */
export function createCredentialSource(store: Store, sealer: Sealer): CredentialSource {
  const opened = new Map<string, Opened>()

  function keysOf(key: Pick<AccessKeyTable, 'id' | 'secret_sealed'>): SecretKeys {
    const known = opened.get(key.id)
    if (known?.sealed === key.secret_sealed) return known.keys
    const keys = secretKeys(sealer.open(key.secret_sealed, accessKeyContext(key.id)))
    const oldest = opened.keys().next()
    if (opened.size >= cacheSize && !oldest.done) opened.delete(oldest.value)
    opened.set(key.id, { sealed: key.secret_sealed, keys })
    return keys
  }

  const readInThisTurn = new Map<string, Promise<KeyRow | undefined>>()

  function rowOf(id: string): Promise<KeyRow | undefined> {
    const known = readInThisTurn.get(id)
    if (known !== undefined) return known
    if (readInThisTurn.size === 0) setImmediate(() => readInThisTurn.clear())
    const row = store.read(async (db) => (await keyById(db, { id })).rows[0])
    readInThisTurn.set(id, row)
    return row
  }

  return {
    async byAccessKeyId(id): Promise<Credential | undefined> {
      const key = await rowOf(id)
      if (key === undefined) return undefined
      return {
        accessKeyId: key.id,
        keys: keysOf(key),
        status: key.status,
        caller: { kind: 'Account', accountId: key.account_id, accessKeyId: key.id },
      }
    },
    // No operation issues bearer tokens, so none is known.
    byBearerToken: async () => undefined,
  }
}
