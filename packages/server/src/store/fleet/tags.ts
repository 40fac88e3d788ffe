import { type RawBuilder, sql } from 'kysely'
import type { Tags } from '../../model/tags.ts'
import { eachTag, tagKey } from '../json-columns.ts'
import type { Reader, Store } from '../store.ts'

/** The tags of an account's instances, as the condition `acs:ResourceTag/<key>` asks for them. */
export interface TagReader {
  /** Of these instances, without those that the account does not have. */
  ofInstances(accountId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Tags>>
  /** Every tag in use under one of these keys (in lower case), each once; undefined when they are too many. */
  inUse(accountId: string, keys: readonly string[]): Promise<Tags | undefined>
}

/** What a list is cut by is put together from them. */
const mostInUse = 10_000

export function createTagReader(store: Pick<Store, 'read'>): TagReader {
  // Every instance of the account is looked at: whoever asks the same before that begins shares it, and sees nothing older for it.
  const waiting = new Map<string, Promise<Tags | undefined>>()
  return {
    ofInstances: (accountId, ids) => store.read((db) => tagsOfInstances(db, accountId, ids)),
    inUse(accountId, keys) {
      const asked = JSON.stringify([accountId, ...[...new Set(keys)].sort()])
      const known = waiting.get(asked)
      if (known !== undefined) return known
      let hasBegun = false
      const begin = (): void => {
        hasBegun = true
        waiting.delete(asked)
      }
      const found = store.read((db) => {
        begin()
        return tagsInUse(db, accountId, keys)
      })
      if (!hasBegun) waiting.set(asked, found)
      // It may have failed before.
      found.catch(begin)
      return found
    },
  }
}

async function tagsOfInstances(db: Reader, accountId: string, ids: readonly string[]) {
  const rows = await db
    .selectFrom('instance')
    .select(['id', 'tags'])
    .where('id', 'in', [...ids])
    .where('account_id', '=', accountId)
    .execute()
  return new Map(rows.map(({ id, tags }) => [id, tags === null ? [] : (JSON.parse(tags) as Tags)]))
}

async function tagsInUse(db: Reader, accountId: string, keys: readonly string[]): Promise<Tags | undefined> {
  const asked: RawBuilder<unknown> = keys.every(isAscii) ? sql`and ${tagKey(db)} in (${sql.join(keys)})` : sql``
  const { rows } = await sql<{ value: string }>`
    select distinct tag.value from instance, ${eachTag(db)} as tag
    where instance.account_id = ${accountId} ${asked}
    limit ${mostInUse + 1}`.execute(db)
  if (rows.length > mostInUse) return undefined
  const tags = rows.map(({ value }) => JSON.parse(value) as Tags[number])
  return tags.filter(([key]) => keys.includes(key.toLowerCase()))
}

/** Databases know other letters' lower case each in its own way; then every tag is read. */
function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}
