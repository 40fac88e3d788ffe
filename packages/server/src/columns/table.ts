import type { Column, Trait } from './column.ts'

/** The columns of a table, by the member that the rules know each one as. */
export type Columns = Readonly<Record<string, Column>>

type Has<C extends Column, T extends Trait> = T extends C['traits'][number] ? true : false
type Stored<C> = C extends Column<string, infer S, infer _F> ? S : never
type Fact<C> = C extends Column<string, infer _S, infer F> ? F : never

/** A row as the store holds it, by names of SQL. */
export type RowOf<C extends Columns> = { -readonly [M in keyof C as C[M]['name']]: Stored<C[M]> }

/** The names of columns that the database fills in by itself. */
export type DefaultedOf<C extends Columns> = {
  [M in keyof C]: Has<C[M], 'databaseDefault'> extends true ? C[M]['name'] : never
}[keyof C]

type Seen<C extends Columns> = { [M in keyof C]: Has<C[M], 'storeOnly'> extends true ? never : M }[keyof C]
type Initial<C extends Columns> = { [M in keyof C]: Has<C[M], 'initial'> extends true ? M : never }[keyof C]
type Settable<C extends Columns> = { [M in keyof C]: Has<C[M], 'ownerSets'> extends true ? M : never }[keyof C]

/** What the rules see of a row. */
export type FactsOf<C extends Columns> = { readonly [M in Seen<C>]: Fact<C[M]> }

/** What must be said, and what may be, of a new row. */
export type NewFactsOf<C extends Columns> = { readonly [M in Exclude<keyof C, Initial<C>>]: Fact<C[M]> } & {
  readonly [M in Initial<C>]?: Fact<C[M]> | undefined
}

/** Any facts that change; what is undefined stays as it is. */
export type ChangeOf<C extends Columns> = { readonly [M in keyof C]?: Fact<C[M]> | undefined }

/** What the owner of a row may change; what is undefined stays as it is. */
export type SettingsOf<C extends Columns> = { readonly [M in Settable<C>]?: Fact<C[M]> | undefined }

/** The facts of a row about which nothing was said. */
export type InitialFactsOf<C extends Columns> = {
  readonly [M in Extract<Initial<C>, Seen<C>>]: Fact<C[M]>
}

export function has(column: Column, trait: Trait): boolean {
  return column.traits.includes(trait)
}

/** The columns the rules see, by their names in SQL. */
export function seenNames<C extends Columns>(columns: C): readonly C[Seen<C>]['name'][] {
  return seen(columns).map(([, { name }]) => name)
}

/** A whole new row. */
export function newRow<C extends Columns>(columns: C, facts: NewFactsOf<C>): RowOf<C> {
  const given: Readonly<Record<string, unknown>> = facts
  const entries = Object.entries(columns).map(([member, column]) => {
    const fact = given[member]
    return [column.name, column.write(fact === undefined ? column.initial : fact)]
  })
  return Object.fromEntries(entries)
}

/** The columns that change with these facts. */
export function changedColumns<C extends Columns>(columns: C, facts: ChangeOf<C>): Partial<RowOf<C>> {
  const row: Record<string, unknown> = {}
  for (const [column, fact] of given(columns, facts)) row[column.name] = column.write(fact)
  return row as Partial<RowOf<C>>
}

/**
 * The same for what an owner sends: nothing but settings can pass, whatever else the object holds. An empty text takes away
 * the one that is there.
 */
export function changedSettings<C extends Columns>(columns: C, settings: SettingsOf<C>): Partial<RowOf<C>> {
  const row: Record<string, unknown> = {}
  for (const [column, setting] of given(columns, settings)) {
    if (!has(column, 'ownerSets')) continue
    const value = column.write(setting)
    row[column.name] = value === '' ? null : value
  }
  return row as Partial<RowOf<C>>
}

/** What was said of columns that there are. */
function* given(columns: Columns, facts: object): Generator<[column: Column, fact: unknown]> {
  for (const [member, fact] of Object.entries(facts)) {
    if (fact !== undefined && Object.hasOwn(columns, member)) yield [columns[member] as Column, fact]
  }
}

export function initialFacts<C extends Columns>(columns: C): InitialFactsOf<C> {
  const initial = seen(columns).filter(([, column]) => has(column, 'initial'))
  return Object.fromEntries(initial.map(([member, column]) => [member, column.initial])) as InitialFactsOf<C>
}

export function seen(columns: Columns): readonly (readonly [member: string, column: Column])[] {
  return Object.entries(columns).filter(([, column]) => !has(column, 'storeOnly'))
}
