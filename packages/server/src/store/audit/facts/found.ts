import { numberToIpv4 } from '@opensag/rules'
import { type RawBuilder, sql } from 'kysely'
import { jsonArray } from '../../json-columns.ts'
import type { Reader } from '../../store.ts'
import type { AuditedChange } from '../details.ts'
import type { Facts, Identity } from './subject.ts'

type Cell = string | number | null

/** Columns by the fields they are shown as. */
export type Fields = Readonly<Record<string, string>>

/** A change of a thing that whoever looked for it names. */
export type FieldChange = Omit<AuditedChange, 'resource'>

/** The columns that say which thing it is; `null` where there is none. */
export interface IdentityColumns {
  readonly id: string
  readonly name: string | null
  readonly accountId: string | null
}

/** Identity and fields of a thing, as the JSON text that a query answers or as it stands in a row in memory. */
type FoundFacts = string | readonly Cell[]

/**
 * A thing as one query found it: identity and fields as one JSON text. Most calls change little or nothing, so two such
 * texts are compared, and read only where they differ: to get fifteen columns from SQLite takes three times as long as
 * to get one. What is in memory already is not made a text.
 */
export class Found {
  readonly #fields: Fields
  readonly #facts: FoundFacts
  readonly #lists: Facts
  #read: readonly Cell[] | undefined

  constructor(fields: Fields, facts: FoundFacts, lists: Facts = noLists) {
    this.#fields = fields
    this.#facts = facts
    this.#lists = lists
  }

  identity(): Identity {
    const [id, name, accountId] = this.#cells() as readonly (string | null | undefined)[]
    return { id: String(id), name: name ?? undefined, accountId: accountId ?? undefined }
  }

  /** The fields in which a thing differs after a call from what it was before: those it had come first. */
  static changes(before: Found | undefined, after: Found | undefined): readonly FieldChange[] {
    const kind = before ?? after
    if (kind === undefined) return []
    const had: FieldChange[] = []
    const got: FieldChange[] = []
    function compare(field: string, was: Cell | undefined, is: Cell | undefined): void {
      if ((was ?? null) === (is ?? null)) return
      const change = { field, before: shownOrNothing(field, was), after: shownOrNothing(field, is) }
      if (change.before === undefined) got.push(change)
      else had.push(change)
    }
    // Most calls change little or nothing: texts that are alike are not read.
    if (before === undefined || after === undefined || before.#facts !== after.#facts) {
      const was = before === undefined ? nothing : before.#cells()
      const is = after === undefined ? nothing : after.#cells()
      let cell = identityColumns
      for (const field of Object.keys(kind.#fields)) {
        compare(field, was[cell], is[cell])
        cell += 1
      }
    }
    const hadLists = before === undefined ? noLists : before.#lists
    const hasLists = after === undefined ? noLists : after.#lists
    for (const field of Object.keys({ ...hadLists, ...hasLists })) compare(field, hadLists[field], hasLists[field])
    return [...had, ...got]
  }

  #cells(): readonly Cell[] {
    const facts = this.#facts
    this.#read ??= typeof facts === 'string' ? (JSON.parse(facts) as readonly Cell[]) : facts
    return this.#read
  }

  withList(field: string, items: readonly string[]): Found {
    return new Found(this.#fields, this.#facts, { ...this.#lists, [field]: items.join(',') })
  }
}

const nothing: readonly Cell[] = []
const noLists: Facts = {}

/** How many of the selected columns say which thing it is; its fields follow. */
const identityColumns = 3

/** What a query selects for {@link Found}, under the alias `facts`. */
export function factsColumn(db: Reader, identity: IdentityColumns, fields: Fields): RawBuilder<string> {
  const columns = columnsOf(identity, fields)
  return jsonArray(
    db,
    columns.map((column) => (column === null ? sql`null` : sql.ref(column))),
  )
}

/** The same from a row in memory. */
export function factsFromRow(identity: IdentityColumns, fields: Fields): (row: object) => readonly Cell[] {
  const columns = columnsOf(identity, fields)
  return (row) => {
    const cells = row as Readonly<Record<string, Cell>>
    return columns.map((column) => (column === null ? null : (cells[column] ?? null)))
  }
}

function columnsOf({ id, name, accountId }: IdentityColumns, fields: Fields): readonly (string | null)[] {
  return [id, name, accountId, ...Object.values(fields)]
}

const flags: ReadonlySet<string> = new Set([
  'Active',
  'Enable',
  'Enabled',
  'EnableSoftwareConnectionAudit',
  'IsDefault',
  'MFABindRequired',
  'PasswordResetRequired',
])
const addresses: ReadonlySet<string> = new Set([
  'ClientIp',
  'DstIpAddr',
  'ExternalIp',
  'InternalIp',
  'ProbeTaskSourceAddress',
  'SnatIp',
  'SrcIpAddr',
])
const times: ReadonlySet<string> = new Set([
  'ActivatedAt',
  'ArrivedAt',
  'EndTime',
  'OverdueSince',
  'PaidAt',
  'ReturningAt',
  'ShippedAt',
  'UnlockedAt',
])

function shownOrNothing(field: string, value: Cell | undefined): string | undefined {
  return value === undefined || value === null ? undefined : shown(field, value)
}

function shown(field: string, value: string | number): string {
  if (flags.has(field)) return value === 0 ? 'false' : 'true'
  if (addresses.has(field)) return numberToIpv4(Number(value))
  if (times.has(field)) return new Date(Number(value)).toISOString()
  return String(value)
}
