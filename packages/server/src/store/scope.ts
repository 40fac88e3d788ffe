import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import { isWild, type NamePattern, type Names, type Scope, type Tagged, type TagTest } from '../model/scope.ts'
import { eachTag } from './json-columns.ts'
import type { Schema } from './schema.ts'
import type { Reader } from './store.ts'

type Table = 'instance' | 'ccn'
type Builder<T extends Table> = ExpressionBuilder<Schema, T>

/** The rows of `instance` or `ccn` that are in the scope. */
export function inScope(db: Reader, table: 'instance', scope: Scope): (row: Builder<'instance'>) => Expression<SqlBool>
export function inScope(db: Reader, table: 'ccn', scope: Scope): (row: Builder<'ccn'>) => Expression<SqlBool>
export function inScope<T extends Table>(db: Reader, table: T, scope: Scope) {
  function named(row: Builder<T>, { patterns, exceptions, tagged }: Names): Expression<SqlBool> {
    return row.or([
      matching(table, row, patterns),
      ...exceptions.map((excepted) => row.not(matching(table, row, excepted))),
      ...tagged.map((one) => tagging(row, one)),
    ])
  }

  function tagging(row: Builder<T>, { names, not, tests }: Tagged): Expression<SqlBool> {
    const isNamed = matching(table, row, names)
    return row.and([not ? row.not(isNamed) : isNamed, ...tests.map((test) => tested(row, test))])
  }

  function tested(row: Builder<T>, { anyOf, noneOf }: TagTest): Expression<SqlBool> {
    return row.or([has(anyOf), ...(noneOf === undefined ? [] : [row.not(has(noneOf))])])
  }

  function has(tags: readonly string[]): Expression<SqlBool> {
    if (tags.length === 0) return sql<SqlBool>`1 = 0`
    return sql<SqlBool>`exists (select 1 from ${eachTag(db, table)} as tag where tag.value in (${sql.join(tags)}))`
  }

  return (row: Builder<T>): Expression<SqlBool> =>
    row.and(scope.flatMap(({ allowed, denied }) => [named(row, allowed), row.not(named(row, denied))]))
}

function matching<T extends Table>(table: T, row: Builder<T>, patterns: readonly NamePattern[]): Expression<SqlBool> {
  const regions = [...new Set(patterns.map(({ region }) => region))]
  return row.or(
    regions.map((region) => {
      const ids = patterns.filter((pattern) => pattern.region === region).map(({ id }) => id)
      // Whole ids go into one list: there may be thousands, the index finds each, and SQLite nests no thousand conditions.
      const whole = ids.filter((id) => !isWild(id))
      const named = [
        // `in ()` is an error of syntax in PostgreSQL.
        ...(whole.length === 0 ? [] : [sql<SqlBool>`${sql.ref(`${table}.id`)} in (${sql.join(whole)})`]),
        ...ids.filter(isWild).map((id) => like(`${table}.id`, id)),
      ]
      // One that matches any id makes the others needless.
      const anyOfThem = named.includes(undefined) ? undefined : row.or(named.flatMap((one) => one ?? []))
      return row.and([like(`${table}.region_id`, region), anyOfThem].flatMap((one) => one ?? []))
    }),
  )
}

/**
 * SQLite compares without regard to case, and no id or region has a capital: what a policy names with one is nothing
 * here.
 */
function like(column: string, pattern: string): Expression<SqlBool> | undefined {
  if (pattern === '*') return undefined
  if (/[A-Z]/.test(pattern)) return sql<SqlBool>`1 = 0`
  if (!isWild(pattern)) return sql<SqlBool>`${sql.ref(column)} = ${pattern}`
  const escaped = pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_')
  return sql<SqlBool>`${sql.ref(column)} like ${escaped} escape ${'\\'}`
}

/**
 * The whole ids the scope names, where it names nothing else: then these rows are looked at one by one, however many there
 * are besides. SQLite would rather go along the index of the list, so whoever has them hides the index from it by {@link unindexed}.
 */
export function idsIn(scope: Scope | undefined): readonly string[] | undefined {
  const few = scope?.find(
    ({ allowed }) =>
      allowed.exceptions.length === 0 && allowed.tagged.length === 0 && allowed.patterns.every(({ id }) => !isWild(id)),
  )
  return few?.allowed.patterns.map(({ id }) => id)
}

/** A column as an expression no index is made of. */
export function unindexed(column: string): RawBuilder<string> {
  return sql<string>`(${sql.ref(column)} || '')`
}
