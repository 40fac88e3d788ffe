import { createSumming, isSameSum, type TableSum } from './checksum.ts'
import { CopyRefused } from './errors.ts'
import type { CopiedRow, CopiedTable } from './plan.ts'
import type { CopySource, CopyTarget } from './side.ts'

export interface CopyProgress {
  readonly phase: 'copying' | 'verifying'
  readonly table: string
  /** Rows of all tables, of this phase. */
  readonly done: number
  readonly of: number
}

/** Rows and sum of each table, the same on both sides. */
export type Copied = ReadonlyMap<string, TableSum>

export interface CopyOptions {
  readonly tables: readonly CopiedTable[]
  readonly source: CopySource
  readonly target: CopyTarget
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined
  /** Whether it does not go on, but begins anew: what an interrupted one of this kind left is removed. */
  readonly isAnew?: boolean
  /** What has to be in place before the target is finished. It is called only when the target may be filled. */
  readonly begun?: () => Promise<void>
}

/** Few enough that a page of long texts fits into memory. */
const pageRows = 1000
/** A run of used nonces has up to two megabytes. */
const pageRowsOfBytes = 4

/**
 * Copies every table, goes on where an interrupted copy of the same source stopped, and compares the sums of all tables
 * of both sides. Only then the target can be opened as a store.
 *
 * @throws CopyRefused
 */
export async function copyStore({
  tables,
  source,
  target,
  onProgress = () => {},
  isAnew = false,
  begun = async () => {},
}: CopyOptions): Promise<Copied> {
  const counts = new Map<string, number>()
  for (const table of tables) counts.set(table.name, await source.count(table))
  const of = [...counts.values()].reduce((sum, count) => sum + count, 0)

  if (isAnew) await clearedOfSuch(tables, target)
  const notes = await continued(tables, { source, target, isAnew })
  await begun()
  let done = 0
  for (const table of tables) {
    const progress = (rows: number): void => onProgress({ phase: 'copying', table: table.name, done: done + rows, of })
    await copyTable(table, { source, target, notes, progress })
    done += counts.get(table.name) ?? 0
  }

  const copied = await verified(tables, { source, target, onProgress, of })
  await target.finish(tables)
  return copied
}

/** In the notes of a copy that is not gone on with. */
const anewNote = 'anew'

/** Everything in it is of an interrupted copy: it was empty before, and nothing else opens it. */
async function clearedOfSuch(tables: readonly CopiedTable[], target: CopyTarget): Promise<void> {
  if ((await target.notes())?.has(anewNote)) await target.clear(tables)
}

/** @returns how far an earlier run came */
async function continued(
  tables: readonly CopiedTable[],
  { source, target, isAnew }: { readonly source: CopySource; readonly target: CopyTarget; readonly isAnew: boolean },
): Promise<ReadonlyMap<string, string>> {
  const identity = await identityOf(tables, source)
  const found = await target.notes()
  if (found === undefined) {
    const notes = new Map([['source', identity], ...(isAnew ? [[anewNote, 'yes'] as const] : [])])
    await target.begin(tables, notes)
    return notes
  }
  if (found.get('source') === identity) return found
  throw new CopyRefused(
    `${target.name} holds an interrupted copy of another source, or this source has changed since. Empty the target and begin again; nothing was changed.`,
  )
}

/** The settings hold the keys of the server, which no other one has, and change while it serves. */
async function identityOf(tables: readonly CopiedTable[], source: CopySource): Promise<string> {
  const table = tables.find(({ name }) => name === 'setting')
  if (table === undefined) throw new Error('The schema has no table of settings.')
  return (await sumOf(table, source)).sum
}

interface TableCopy {
  readonly source: CopySource
  readonly target: CopyTarget
  readonly notes: ReadonlyMap<string, string>
  readonly progress: (rows: number) => void
}

async function copyTable(table: CopiedTable, { source, target, notes, progress }: TableCopy): Promise<void> {
  const note = `table ${table.name}`
  const noted = notes.get(note)
  const state = noted === undefined ? undefined : (JSON.parse(noted) as { rows: number; last: CopiedRow })
  let rows = state?.rows ?? 0
  progress(rows)
  for await (const page of pages(table, source, state?.last)) {
    rows += page.length
    const last = keyOf(table, page.at(-1) as CopiedRow)
    await target.add(table, page, new Map([[note, JSON.stringify({ rows, last })]]))
    progress(rows)
  }
}

async function* pages(
  table: CopiedTable,
  side: CopySource,
  from?: CopiedRow,
): AsyncGenerator<readonly CopiedRow[], void, void> {
  const most = table.columns.some(({ kind }) => kind === 'bytes') ? pageRowsOfBytes : pageRows
  let after = from
  for (;;) {
    const page = await side.page(table, after, most)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = keyOf(table, last)
  }
}

function keyOf(table: CopiedTable, row: CopiedRow): CopiedRow {
  return table.key.map((name) => row[table.columns.findIndex((column) => column.name === name)] ?? null)
}

async function sumOf(
  table: CopiedTable,
  side: CopySource,
  progress: (rows: number) => void = () => {},
): Promise<TableSum> {
  const summing = createSumming()
  for await (const page of pages(table, side)) {
    for (const row of page) summing.add(row)
    progress(summing.result().rows)
  }
  return summing.result()
}

/** @throws CopyRefused that names each table in which the two sides differ */
async function verified(
  tables: readonly CopiedTable[],
  { source, target, onProgress, of }: Pick<CopyOptions, 'source' | 'target'> & VerifyProgress,
): Promise<Copied> {
  const copied = new Map<string, TableSum>()
  const differing: string[] = []
  let done = 0
  for (const table of tables) {
    const expected = await sumOf(table, source, (rows) =>
      onProgress({ phase: 'verifying', table: table.name, done: done + rows, of }),
    )
    if (!isSameSum(expected, await sumOf(table, target))) differing.push(table.name)
    copied.set(table.name, expected)
    done += expected.rows
    onProgress({ phase: 'verifying', table: table.name, done, of })
  }
  if (differing.length === 0) return copied
  throw new CopyRefused(
    `The copy is not equal to its source in: ${differing.join(', ')}. The source changed while an interrupted copy waited, or something else wrote to the target. Empty the target and begin again; no server starts on it as it is.`,
  )
}

interface VerifyProgress {
  readonly onProgress: (progress: CopyProgress) => void
  readonly of: number
}
