import type { CopiedRow, CopiedTable } from './plan.ts'

/** A database, as a copy reads it: one state for as long as it is open. */
export interface CopySource {
  /** For messages, without a password. */
  readonly name: string
  count(table: CopiedTable): Promise<number>
  /** The next rows in the order of the primary key, which differs between databases; none when there are no more. */
  page(table: CopiedTable, after: CopiedRow | undefined, most: number): Promise<readonly CopiedRow[]>
  close(): Promise<void>
}

/** How far a copy is, by name; stored in the target together with the rows. */
export type Notes = ReadonlyMap<string, string>

/** A database that a copy fills. */
export interface CopyTarget extends CopySource {
  /** Those of a copy that was interrupted; undefined when no copy has begun. */
  notes(): Promise<Notes | undefined>
  /** @throws CopyRefused when a table of these holds a row */
  begin(tables: readonly CopiedTable[], notes: Notes): Promise<void>
  /** As it was before the copy that is interrupted in it had begun. */
  clear(tables: readonly CopiedTable[]): Promise<void>
  /** All of it or nothing. @throws CopyRefused for a value that this database cannot hold */
  add(table: CopiedTable, rows: readonly CopiedRow[], notes: Notes): Promise<void>
  /** From then on it is a store like any other. */
  finish(tables: readonly CopiedTable[]): Promise<void>
}
