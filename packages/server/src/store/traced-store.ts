import { word } from '../tracing/known.ts'
import type { Facts, Tracing } from '../tracing/tracing.ts'
import type { StoreEvent } from './events.ts'
import type { Store, Writer } from './store.ts'

const names = {
  read: word('store read'),
  write: word('store write'),
  wait: word('store wait'),
  commit: word('store commit'),
  record: word('store record'),
  nonce: word('store use nonce'),
} as const

/** Notes how many units of work each commit had; the store says it right after it has told those who wait. */
export function watchCommits(): { onEvent(event: StoreEvent): void; last(): number } {
  let last = 0
  return {
    onEvent(event) {
      if (event.kind === 'committed' && event.works > 0) last = event.works
    },
    last: () => last,
  }
}

/**
 * The store with a span for each piece of work that a call has it do. A write has two parts: until its group begins with it, and
 * from its own end until the commit of the group.
 */
export function tracedStore(
  store: Store,
  tracing: Tracing,
  { system, groupSize }: { readonly system: 'sqlite' | 'postgresql'; readonly groupSize: () => number },
): Store {
  const facts: Facts = { 'db.system.name': system === 'sqlite' ? word('sqlite') : word('postgresql') }
  const client = (name: (typeof names)[keyof typeof names]) => ({ name, kind: 'client', facts }) as const

  async function written<T>(
    work: (tx: Writer) => Promise<T>,
    write: (traced: (tx: Writer) => Promise<T>) => Promise<T>,
  ): Promise<T> {
    if (!tracing.isWithin()) return write(work)
    return tracing.span(client(names.write), async (span) => {
      // Works are run where the first of a group was handed in.
      const here = tracing.here()
      const wait = tracing.begin({ name: names.wait, kind: 'internal' })
      let commit: ReturnType<Tracing['begin']> | undefined
      let runs = 0
      try {
        const value = await write(async (tx) => {
          wait.end()
          runs += 1
          commit?.end()
          commit = undefined
          try {
            return await work(tx)
          } finally {
            commit = here(() => tracing.begin({ name: names.commit, kind: 'internal' }))
          }
        })
        commit?.add({ 'opensag.store.group_size': groupSize() })
        return value
      } finally {
        wait.end()
        commit?.end()
        if (runs > 1) span.add({ 'opensag.store.runs': runs })
      }
    })
  }

  function within<T>(name: (typeof names)[keyof typeof names], work: () => Promise<T>): Promise<T> {
    return tracing.isWithin() ? tracing.span(client(name), work) : work()
  }

  return {
    ...store,
    read: (work) => within(names.read, () => store.read(work)),
    write: (work, keepsTo) => written(work, (traced) => store.write(traced, keepsTo)),
    writeAudited: (work, audit, keepsTo) => written(work, (traced) => store.writeAudited(traced, audit, keepsTo)),
    record: (entry) => within(names.record, () => store.record(entry)),
    burnNonce: (nonce) => within(names.nonce, () => store.burnNonce(nonce)),
  }
}
