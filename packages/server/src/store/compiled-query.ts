import type { Compilable, CompiledQuery, DialectAdapter, QueryResult } from 'kysely'
import type { HeldRow, OnHeldRow } from './held-row.ts'
import type { Reader, Writer } from './store.ts'

type Scalar = string | number | null

/** Stands in a query, while it is compiled, for the value each run brings. */
class Placeholder {
  readonly of: string

  constructor(of: string) {
    this.of = of
  }
}

/** A query of which only the first row may be wanted; a database may save itself the look for more. */
export interface HotQuery<O> extends CompiledQuery<O> {
  readonly firstRowOnly: boolean
  /** How it is answered from a row in memory; undefined where it cannot be. */
  readonly onHeldRow: OnHeldRow | undefined
  /** What its caller brought. */
  readonly given: Readonly<Record<string, Scalar>>
}

/** Whether it is one of a hot path. */
export function isHot(query: CompiledQuery | HotQuery<unknown>): query is HotQuery<unknown> {
  return 'firstRowOnly' in query
}

/** A select may call what writes only by raw text, which counts as writing. */
export function onlyReads({ query }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode' && query.with === undefined
}

/** Whether the row of this instance in memory answers it. */
export function isOfHeldRow(
  query: CompiledQuery | HotQuery<unknown>,
  instance: string,
): query is HotQuery<unknown> & { readonly onHeldRow: OnHeldRow } {
  return isHot(query) && query.onHeldRow !== undefined && query.given[query.onHeldRow.id] === instance
}

/** A compiled query and, for each of its parameters, whether the caller brings it or the query itself does. */
interface Template {
  readonly query: CompiledQuery
  readonly parameters: readonly unknown[]
}

const placeholders = new Proxy({}, { get: (_target, name) => new Placeholder(String(name)) })

/**
 * A query of a hot path: built and compiled once per database, run many times with other values. Building it takes
 * about ten times as long as handing the compiled one over.
 *
 * `build` may do nothing with a given value but put it where a parameter goes: it sees a stand-in, not the value.
 *
 * ```ts
 * const keyById = compiledQuery((db: Reader, given: { id: string }) =>
 *   db.selectFrom('access_key').selectAll().where('id', '=', given.id))
 * const { rows: [key] } = await keyById(db, { id })
 * ```
 */
export function compiledQuery<D extends Reader, P extends Given<P>, O>(
  build: Build<D, P, O>,
): Run<D, P, QueryResult<O>> {
  const compiled = compiledOnce(build)
  return (db, given) => db.getExecutor().executeQuery<O>(compiled(db, given, false))
}

/**
 * The same for a query that finds one row or none: with SQLite it takes half the time of one that may find more.
 * `onHeldRow` says the same as the query about a row in memory, if need be in another form: for a query of one instance by its id.
 */
export function compiledRow<D extends Reader, P extends Given<P>, O, H = O>(
  build: Build<D, P, O>,
  onHeldRow?: { readonly id: keyof P & string; readonly read: (row: HeldRow) => H },
): Run<D, P, O | H | undefined> {
  const compiled = compiledOnce(build, onHeldRow)
  return async (db, given) => (await db.getExecutor().executeQuery<O | H>(compiled(db, given, true))).rows[0]
}

/**
 * An update of columns that differ from call to call: compiled once for each set of them, of which code names few. What
 * `given` brings is named as no column is that it sets. `heldRowId`: it updates one instance, whose id this value is.
 */
export function compiledUpdate<C extends object, P extends Given<P>>(
  build: (tx: Writer, columns: C, given: P) => Compilable<unknown>,
  heldRowId?: keyof P & string,
): (tx: Writer, columns: C, given: P) => Promise<unknown> {
  const updates = new Map<string, Run<Writer, C & P, unknown>>()

  function updateOf(names: readonly string[]): Run<Writer, C & P, unknown> {
    const compiled = compiledOnce(
      (tx: Writer, values: Readonly<Record<string, Scalar>>) =>
        build(tx, Object.fromEntries(names.map((name) => [name, values[name]])) as C, values as P),
      heldRowId === undefined ? undefined : { id: heldRowId, columns: names },
    )
    return (tx, values) => tx.getExecutor().executeQuery(compiled(tx, values as never, false))
  }

  return (tx, columns, given) => {
    const names = Object.keys(columns)
    const key = names.join()
    const known = updates.get(key)
    const update = known ?? updateOf(names)
    if (known === undefined) updates.set(key, update)
    return update(tx, { ...columns, ...given })
  }
}

type Given<P> = { readonly [K in keyof P]: Scalar }
type Build<D extends Reader, P, O> = (db: D, given: P) => Compilable<O>
type Run<D extends Reader, P, R> = (db: D, given: P) => Promise<R>

function compiledOnce<D extends Reader, P extends Given<P>, O>(
  build: Build<D, P, O>,
  onHeldRow?: OnHeldRow,
): (db: D, given: P, firstRowOnly: boolean) => HotQuery<O> {
  const templates = new WeakMap<DialectAdapter, Template>()

  function templateFor(db: D): Template {
    // The adapter is what every handle of one database has in common.
    const { adapter } = db.getExecutor()
    const known = templates.get(adapter)
    if (known !== undefined) return known
    const query = build(db, placeholders as P).compile()
    const template = { query, parameters: query.parameters }
    templates.set(adapter, template)
    return template
  }

  return (db, given, firstRowOnly) => {
    const { query, parameters: places } = templateFor(db)
    const parameters: unknown[] = []
    for (const place of places) parameters.push(place instanceof Placeholder ? given[place.of as keyof P] : place)
    const { sql, query: node, queryId } = query
    return { sql, query: node, queryId, parameters, firstRowOnly, onHeldRow, given }
  }
}
