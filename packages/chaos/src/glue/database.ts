import type { SqliteConnection, Store, Writer } from '@opensag/server/simulation'
import type { Life } from './time.ts'

/** Where the real store keeps a deployment, between one schedule and the next. */
export interface Database {
  /** For one schedule, empty. */
  begin(): Promise<void>
  /** For the judge: as it is committed. */
  readonly committed: SqliteConnection
  /** Rises with every commit. */
  commits(): number
  /** Of those, the last one that may have changed this table. */
  changes(table: string): number
  /** The store as one run of a server has it. */
  open(life: Life): Promise<Store>
  /** Done at once, as by an operator, before anything that waits where the order is open. */
  commit(store: Store, work: (tx: Writer) => Promise<unknown>): Promise<void>
  /** How the next commit fails: before it, or after it where nobody hears of it. */
  fault: CommitFault
  /** One step of what is being written; `choice` says whose, where the order is open. */
  step(choice: number): boolean
  /** A unit of work that is done is answered. */
  answer(choice: number): boolean
  isBusy(): boolean
  /** This run of a server is over; `survives`: a commit it had asked for still happens. */
  kill(life: Life, survives: boolean): Promise<void>
  image(): DatabaseImage
  restore(image: DatabaseImage): void
}

export type CommitFault = 'none' | 'before' | 'after'

export type DatabaseImage = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>
