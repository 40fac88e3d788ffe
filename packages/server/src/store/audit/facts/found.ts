import { numberToIpv4 } from '@opensag/rules'
import { type RawBuilder, sql } from 'kysely'
import { jsonArray } from '../../json-columns.ts'
import type { Reader } from '../../store.ts'
import type { Facts, Identity } from './subject.ts'

type Cell = string | number | null

/** Columns by the fields they are shown as. */
export type Fields = Readonly<Record<string, string>>

/** The columns that say which thing it is; `null` where there is none. */
export interface IdentityColumns {
  readonly id: string
  readonly name: string | null
  readonly accountId: string | null
}

/**
 * A thing as one query found it: identity and fields as one JSON text. Most calls change little or nothing, so two such
 * texts are compared, and read only where they differ: to get fifteen columns from SQLite takes three times as long as
 * to get one.
 */
export class Found {
  readonly #fields: Fields
  readonly #text: string
  readonly #lists: Facts

  constructor(fields: Fields, text: string, lists: Facts = {}) {
    this.#fields = fields
    this.#text = text
    this.#lists = lists
  }

  identity(): Identity {
    const [id, name, accountId] = JSON.parse(this.#text) as readonly (string | null)[]
    return { id: String(id), name: name ?? undefined, accountId: accountId ?? undefined }
  }

  facts(): Facts {
    const [, , , ...cells] = JSON.parse(this.#text) as readonly Cell[]
    const facts: Record<string, string> = {}
    for (const [index, field] of Object.keys(this.#fields).entries()) {
      const cell = cells[index] ?? null
      if (cell !== null) facts[field] = shown(field, cell)
    }
    return Object.assign(facts, this.#lists)
  }

  isSameAs(other: Found): boolean {
    if (this.#text !== other.#text) return false
    return Object.entries(this.#lists).every(([field, items]) => other.#lists[field] === items)
  }

  withList(field: string, items: readonly string[]): Found {
    return new Found(this.#fields, this.#text, { ...this.#lists, [field]: items.join(',') })
  }
}

/** What a query selects for {@link Found}, under the alias `facts`. */
export function factsColumn(db: Reader, { id, name, accountId }: IdentityColumns, fields: Fields): RawBuilder<string> {
  const columns = [id, name, accountId, ...Object.values(fields)].map((column) =>
    column === null ? sql`null` : sql.ref(column),
  )
  return jsonArray(db, columns)
}

const flags: ReadonlySet<string> = new Set([
  'EnableSoftwareConnectionAudit',
  'IsDefault',
  'MFABindRequired',
  'PasswordResetRequired',
])
const addresses: ReadonlySet<string> = new Set(['ClientIp', 'SnatIp'])
const times: ReadonlySet<string> = new Set(['ActivatedAt', 'UnlockedAt'])

function shown(field: string, value: string | number): string {
  if (flags.has(field)) return value === 0 ? 'false' : 'true'
  if (addresses.has(field)) return numberToIpv4(Number(value))
  if (times.has(field)) return new Date(Number(value)).toISOString()
  return String(value)
}
