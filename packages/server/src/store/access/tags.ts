import type { Reader, Writer } from '../store.ts'
import type { RamTagTable } from './tables.ts'

/** What can have tags. */
export type TaggedType = 'role' | 'policy'

export interface Tag {
  readonly key: string
  readonly value: string
}

export interface ResourceTag extends Tag {
  readonly name: string
}

/** A tag that a resource must have; without a value, any value of the key will do. */
export interface TagFilter {
  readonly key: string
  readonly value: string | undefined
}

export interface TagPage {
  /** These resources only; undefined: all. */
  readonly names: readonly string[] | undefined
  readonly filters: readonly TagFilter[]
  /** The last one that was told. */
  readonly after: Pick<ResourceTag, 'name' | 'key'> | undefined
  readonly size: number
}

/** Tags of roles and policies of one account, inside one unit of work. They decide about nothing. */
export class RamTags {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** The tags of each of these resources that has any, by key. */
  async of(
    accountId: string,
    type: TaggedType,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Tag[]>> {
    const found = new Map<string, Tag[]>()
    if (names.length === 0) return found
    const rows = await this.#tags(accountId, type).where('resource_name', 'in', names).orderBy('tag_key').execute()
    for (const row of rows) {
      const { name, key, value } = tagOf(row)
      const tags = found.get(name) ?? []
      tags.push({ key, value })
      found.set(name, tags)
    }
    return found
  }

  /** The names of the resources that have all of these. */
  async namesWith(accountId: string, type: TaggedType, filters: readonly TagFilter[]): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('ram_tag')
      .select('resource_name')
      .where('account_id', '=', accountId)
      .where('resource_type', '=', type)
      .where((eb) => eb.or(filters.map((filter) => eb.and(cells(filter)))))
      .groupBy('resource_name')
      .having((eb) => eb.fn.countAll(), '=', filters.length)
      .execute()
    return rows.map(({ resource_name }) => resource_name)
  }

  /** In the order of names, then keys. */
  async page(
    accountId: string,
    type: TaggedType,
    { names, filters, after, size }: TagPage,
  ): Promise<readonly ResourceTag[]> {
    const tagged = filters.length === 0 ? undefined : new Set(await this.namesWith(accountId, type, filters))
    const wanted = tagged === undefined ? names : (names ?? [...tagged]).filter((name) => tagged.has(name))
    if (wanted?.length === 0) return []
    let rows = this.#tags(accountId, type)
    if (wanted !== undefined) rows = rows.where('resource_name', 'in', wanted)
    if (after !== undefined) {
      const { name, key } = after
      rows = rows.where((eb) =>
        eb.or([eb('resource_name', '>', name), eb.and([eb('resource_name', '=', name), eb('tag_key', '>', key)])]),
      )
    }
    return (await rows.orderBy('resource_name').orderBy('tag_key').limit(size).execute()).map(tagOf)
  }

  /** A key that the resource has gets the new value. */
  async put(accountId: string, type: TaggedType, name: string, tags: readonly Tag[]): Promise<void> {
    if (tags.length === 0) return
    const resource = { account_id: accountId, resource_type: type, resource_name: name }
    await (this.#db as Writer)
      .insertInto('ram_tag')
      .values(tags.map(({ key, value }) => ({ ...resource, tag_key: key, tag_value: value })))
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'resource_type', 'resource_name', 'tag_key'])
          .doUpdateSet((eb) => ({ tag_value: eb.ref('excluded.tag_value') })),
      )
      .execute()
  }

  /** These keys; without any, all. */
  async remove(accountId: string, type: TaggedType, names: readonly string[], keys?: readonly string[]): Promise<void> {
    let rows = (this.#db as Writer)
      .deleteFrom('ram_tag')
      .where('account_id', '=', accountId)
      .where('resource_type', '=', type)
      .where('resource_name', 'in', names)
    if (keys !== undefined) rows = rows.where('tag_key', 'in', keys)
    await rows.execute()
  }

  #tags(accountId: string, type: TaggedType) {
    return this.#db
      .selectFrom('ram_tag')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('resource_type', '=', type)
  }
}

function cells({ key, value }: TagFilter): { tag_key: string; tag_value?: string } {
  return { tag_key: key, ...(value === undefined ? {} : { tag_value: value }) }
}

function tagOf(row: RamTagTable): ResourceTag {
  return { name: row.resource_name, key: row.tag_key, value: row.tag_value }
}
