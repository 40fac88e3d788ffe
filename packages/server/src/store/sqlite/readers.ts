import { OutsideUnitOfWork, StoreClosed, UnfinishedWork } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Reader, StoreState } from '../store.ts'
import type { StoreTime } from '../store-time.ts'
import { admittedKysely, executeOn } from './dialect.ts'
import type { SqliteConnection } from './driver.ts'
import { createStatementCache } from './statement-cache.ts'
import { createWatch } from './unit-of-work.ts'

export interface Readers {
  /** Runs `work` on one state, the latest that is committed. */
  read<T>(work: (db: Reader) => Promise<T>): Promise<T>
  /** Called right before a commit: makes works that have begun to read go on in the state they began in. */
  pin(): void
  state(): StoreState['connections']
  close(): Promise<void>
}

export interface ReadersOptions {
  readonly open: () => SqliteConnection
  readonly onEvent: (event: StoreEvent) => void
  /** After so many milliseconds a work that has not ended is given up. */
  readonly unfinishedMs: number
  readonly time: StoreTime
}

/** Works await only the store, which answers at once, so it takes many callers in one turn to need more than one. */
const maxConnections = 16

interface Slot {
  readonly connection: SqliteConnection
  readonly db: Reader
  state: 'free' | 'leased' | 'read once' | 'in transaction'
}

/**
 * Connections that see what is committed and nothing else. A transaction would make a read of one statement half as
 * dear again, so it begins only when it is needed to stay in one state: with the second statement, or before the
 * writer commits, which no other process does.
 */
export function createReaders({ open, onEvent, unfinishedMs, time }: ReadersOptions): Readers {
  const watch = createWatch(unfinishedMs, time)
  const slots = new Set<Slot>()
  const free: Slot[] = []
  const waiting: (() => void)[] = []
  let active = 0
  let closed = false
  let whenIdle: (() => void) | undefined

  function newSlot(): Slot {
    const connection = open()
    function admit(): void {
      if (slot.state === 'free') throw new OutsideUnitOfWork()
      if (slot.state === 'leased') slot.state = 'read once'
      else if (slot.state === 'read once') begin(slot)
    }
    const slot: Slot = {
      connection,
      db: admittedKysely(connection, executeOn(createStatementCache(connection)), admit),
      state: 'free',
    }
    slots.add(slot)
    return slot
  }

  /** @param ended false when the work was given up: it may still be using the connection */
  function release(slot: Slot, ended: boolean): void {
    slot.state = 'free'
    let usable = false
    try {
      if (slot.connection.inTransaction) slot.connection.exec('rollback')
      usable = ended
    } finally {
      if (usable) {
        free.push(slot)
      } else {
        slots.delete(slot)
        slot.connection.close()
      }
      waiting.shift()?.()
    }
  }

  async function run<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    while (free.length === 0 && slots.size >= maxConnections) await new Promise<void>((wake) => waiting.push(wake))
    const slot = free.pop() ?? newSlot()
    slot.state = 'leased'
    let ended = true
    const outcome = await watch.outcome(work, slot.db, () => {
      ended = false
      onEvent({ kind: 'unfinished-work', unit: 'read' })
      return { error: new UnfinishedWork(unfinishedMs) }
    })
    release(slot, ended)
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }

  async function read<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    if (closed) throw new StoreClosed()
    active += 1
    try {
      return await run(work)
    } finally {
      active -= 1
      if (active === 0) whenIdle?.()
    }
  }

  return {
    read,
    pin() {
      for (const slot of slots) if (slot.state === 'read once') begin(slot)
    },
    state: () => ({ busy: slots.size - free.length, idle: free.length, waiting: waiting.length }),
    async close() {
      closed = true
      if (active > 0) await new Promise<void>((resolve) => (whenIdle = resolve))
      watch.close()
      for (const slot of slots) slot.connection.close()
    },
  }
}

/** A transaction takes its state from its first statement, not from `begin`. */
function begin(slot: Slot): void {
  slot.connection.exec('begin; select 1 from sqlite_schema limit 1')
  slot.state = 'in transaction'
}
