import type { Compilable, CompiledQuery, DialectAdapter, QueryResult } from 'kysely'
import type { Reader } from './store.ts'

type Scalar = string | number | null

/** Stands in a query, while it is compiled, for the value each run brings. */
class Placeholder {
  readonly of: string

  constructor(of: string) {
    this.of = of
  }
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
export function compiledQuery<D extends Reader, P extends { readonly [K in keyof P]: Scalar }, O>(
  build: (db: D, given: P) => Compilable<O>,
): (db: D, given: P) => Promise<QueryResult<O>> {
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

  return (db, given) => {
    const { query, parameters } = templateFor(db)
    const values: unknown[] = []
    for (const parameter of parameters) {
      values.push(parameter instanceof Placeholder ? given[parameter.of as keyof P] : parameter)
    }
    return db.executeQuery<O>({
      sql: query.sql,
      query: query.query,
      queryId: query.queryId,
      parameters: values,
    } as CompiledQuery<O>)
  }
}
