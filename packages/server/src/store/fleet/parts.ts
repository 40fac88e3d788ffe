import type { Reader, Store } from '../store.ts'

/** Rows that one unit looks at: it takes the thread for a few milliseconds. */
export const partSize = 500

/** Rows of which the database only counts those that match, at a tenth of the time. */
export const countSize = 5000

/** How a list of very many is read. */
export interface Parts {
  read<T>(work: (db: Reader) => Promise<T>): Promise<T>
  /** Between two parts. */
  pause(): Promise<void>
}

/** Each part in a short unit of its own, and everybody else has a turn in between. Several parts may see several states. */
export function inParts(store: Store): Parts {
  return {
    read: (work) => store.read(work),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

/** In a unit of work, which awaits nothing but the store. */
export function inUnit(db: Reader): Parts {
  return { read: (work) => work(db), pause: async () => {} }
}
