import { Counter, Histogram, type Registry } from 'prom-client'
import type { StoreEvent } from '../store/events.ts'
import type { Store } from '../store/store.ts'
import { addLookedUp } from './metrics.ts'

/** Counts what a store tells, whichever database it is on. */
export function watchStoreEvents(registry: Registry): (event: StoreEvent) => void {
  const registers = [registry]
  const commits = new Counter({
    name: 'opensag_store_commits_total',
    help: 'Commits of the store, each of a group of units of work.',
    registers,
  })
  const works = new Histogram({
    name: 'opensag_store_commit_works',
    help: 'Units of work that became durable with one commit; 0 where it had only nonces and audit entries.',
    buckets: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    registers,
  })
  const seconds = new Histogram({
    name: 'opensag_store_commit_duration_seconds',
    help: 'Time from the begin of a group to the end of its commit.',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  })
  const others = new Counter({
    name: 'opensag_store_events_total',
    help: 'What went wrong in the store and was dealt with: conflicts that are run again, works that were given up, connections that were lost.',
    labelNames: ['kind'],
    registers,
  })
  return (event) => {
    // What fails is counted where it is watched.
    if (event.kind === 'commit-failed') return
    if (event.kind !== 'committed') return others.inc({ kind: event.kind })
    commits.inc()
    works.observe(event.works)
    if (event.tookMs !== undefined) seconds.observe(event.tookMs / 1000)
  }
}

/** What a store has waiting, and its connections, where it tells. */
export function watchStoreState(registry: Registry, { state }: Pick<Store, 'state'>): void {
  if (state === undefined) return
  addLookedUp(registry, [
    {
      name: 'opensag_store_works_waiting',
      help: 'Units of work that wait for their turn to be committed.',
      type: 'gauge',
      samples: () => [{ value: state().worksWaiting }],
    },
    {
      name: 'opensag_store_connections',
      help: 'Connections to the database, by what they are doing; waiting: works that wait for one.',
      type: 'gauge',
      labelNames: ['state'],
      samples() {
        const { busy, idle, waiting } = state().connections
        return Object.entries({ busy, idle, waiting }).map(([name, value]) => ({ value, labels: { state: name } }))
      },
    },
  ])
}
