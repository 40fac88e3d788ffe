import { type Columns, type FactsOf, type RowOf, seen } from './table.ts'

/** Makes the facts of a row, and one more that no column of it holds. */
export type FactsReader<C extends Columns, X extends string> = <V>(
  row: Pick<RowOf<C>, C[keyof FactsOf<C>]['name']>,
  more: V,
) => FactsOf<C> & { readonly [M in X]: V }

/**
 * The reader of a table's rows, compiled once into one object literal. A loop over the columns that makes the same object
 * takes about twenty times as long, because no property it touches is known beforehand, and lists of a fleet make
 * thousands.
 */
export function factsReader<C extends Columns, X extends string>(columns: C, more: X): FactsReader<C, X> {
  try {
    return compiledReader(columns, more)
  } catch (error) {
    // Node was started with --disallow-code-generation-from-strings.
    if (error instanceof EvalError) return slowFactsReader(columns, more)
    throw error
  }
}

function compiledReader<C extends Columns, X extends string>(columns: C, more: X): FactsReader<C, X> {
  const names = seen(columns)
  for (const word of [more, ...names.flatMap(([member, { name }]) => [member, name])]) {
    // Only our own tables are compiled; this keeps it so.
    if (!/^[a-z]\w*$/i.test(word)) throw new Error(`No column can be called ${word}.`)
  }
  const members = names.map(([member, { name }], index) => `${member}: read${index}(row.${name})`)
  const compile = new Function(
    ...names.map((_column, index) => `read${index}`),
    `'use strict'; return (row, more) => ({ ${members.join(', ')}, ${more}: more })`,
  )
  return compile(...names.map(([, column]) => column.read)) as FactsReader<C, X>
}

/** The same by a loop, where a process may not generate code, and for tests. */
export function slowFactsReader<C extends Columns, X extends string>(columns: C, more: X): FactsReader<C, X> {
  const names = seen(columns)
  return (row, value) => {
    const stored: Readonly<Record<string, unknown>> = row
    const facts = names.map(([member, column]) => [member, column.read(stored[column.name])])
    return Object.fromEntries([...facts, [more, value]])
  }
}
