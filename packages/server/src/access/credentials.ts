import { Secret } from '@opensag/protocol'
import { isWritable } from '@opensag/rules'
import { createRecentlyUsed } from '../recently-used.ts'
import { equalInConstantTime } from '../sealing/equal.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { accessKeyContext } from '../store/access/keys.ts'
import { hashOfSessionToken, sessionById, sessionContext } from '../store/access/sts-sessions.ts'
import type { AccessKeyTable } from '../store/access/tables.ts'
import { compiledRow } from '../store/compiled-query.ts'
import type { Reader, Store } from '../store/store.ts'
import type { Caller } from './caller.ts'
import type { Credential, CredentialSource } from './credential-source.ts'
import { sessionCaller } from './session-caller.ts'
import { type SecretKeys, secretKeys } from './signing-keys.ts'

/** Opened keys that stay in memory. */
const cacheSize = 10_000

interface Opened {
  readonly sealed: string
  readonly keys: SecretKeys
}

const keyById = compiledRow((db: Reader, given: { readonly id: string }) =>
  db
    .selectFrom('access_key')
    .innerJoin('account', 'account.id', 'access_key.account_id')
    .leftJoin('ram_user', 'ram_user.id', 'access_key.user_id')
    .select([
      'access_key.id',
      'access_key.account_id',
      'access_key.secret_sealed',
      'access_key.status',
      'access_key.user_id',
      'ram_user.name as user_name',
      'account.access_epoch',
    ])
    .where('access_key.id', '=', given.id),
)

interface KeyRow extends Pick<AccessKeyTable, 'id' | 'account_id' | 'secret_sealed' | 'status' | 'user_id'> {
  readonly user_name: string | null
  readonly access_epoch: number
}

/**
 * The access keys of the store. The row is read anew in every turn of the event loop, so a key that was deactivated or
 * deleted is refused at once, and so is what a policy that was detached had allowed: who heard of it cannot have sent a
 * request of the same turn. Only the opened secret is
 * remembered for longer, for as long as its sealed form stays the same.
 */
export function createCredentialSource(store: Store, sealer: Sealer): CredentialSource {
  const opened = createRecentlyUsed<string, Opened>(cacheSize)

  function keysOf(id: string, sealed: string, context: string): SecretKeys {
    const known = opened.get(id)
    if (known?.sealed === sealed) return known.keys
    const keys = secretKeys(sealer.open(sealed, context))
    opened.set(id, { sealed, keys })
    return keys
  }

  const keyRows = onceInATurn((id) => store.read((db) => keyById(db, { id })))
  const sessionRows = onceInATurn((id) => store.read((db) => sessionById(db, { id })))

  async function bySession(id: string): Promise<Credential | undefined> {
    const row = await sessionRows.of(id)
    const caller = row === undefined ? undefined : sessionCaller(row)
    if (row === undefined || caller === undefined) return undefined
    return {
      accessKeyId: id,
      keys: keysOf(id, row.secret_sealed, sessionContext(id)),
      status: row.key_status ?? 'Active',
      isToken: (token) => equalInConstantTime(hashOfSessionToken(Secret.of(token)), row.token_hash),
      expiresAt: row.expires_at,
      caller,
      rights: { epoch: row.access_epoch, sessionPolicy: row.policy ?? undefined },
    }
  }

  return {
    async byAccessKeyId(id): Promise<Credential | undefined> {
      // No key has such an id, and not every store can be asked for it.
      if (!isWritable(id)) return undefined
      if (id.startsWith('STS.')) return bySession(id)
      const key = await keyRows.of(id)
      if (key === undefined) return undefined
      return {
        accessKeyId: key.id,
        keys: keysOf(key.id, key.secret_sealed, accessKeyContext(key.id)),
        status: key.status,
        caller: callerOf(key),
        rights: { epoch: key.access_epoch },
      }
    },
    // No operation issues bearer tokens, so none is known.
    byBearerToken: async () => undefined,
  }
}

function callerOf({ id, account_id, user_id, user_name }: KeyRow): Caller {
  const signed = { accountId: account_id, accessKeyId: id }
  if (user_id === null) return { kind: 'Account', ...signed }
  // Only the account itself is without bounds: a user who cannot be told must not become it.
  if (user_name === null) throw new Error('An access key belongs to a user who is not there.')
  return { kind: 'RAMUser', ...signed, userId: user_id, userName: user_name }
}

interface TurnCache<R> {
  of(id: string): Promise<R | undefined>
}

/** Reads a row once in each turn of the event loop, however many requests of the turn ask for it. */
function onceInATurn<R>(read: (id: string) => Promise<R | undefined>): TurnCache<R> {
  const ofThisTurn = new Map<string, Promise<R | undefined>>()
  return {
    of(id) {
      const known = ofThisTurn.get(id)
      if (known !== undefined) return known
      if (ofThisTurn.size === 0) setImmediate(() => ofThisTurn.clear())
      const row = read(id)
      ofThisTurn.set(id, row)
      return row
    },
  }
}
