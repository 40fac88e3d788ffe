import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { watchStoreEvents, watchStoreState } from './store-metrics.ts'

test('commits are counted with the size of their group and, where it is told, their time', async () => {
  const registry = new Registry()
  const onEvent = watchStoreEvents(registry)
  onEvent({ kind: 'committed', works: 3, tookMs: 2 })
  onEvent({ kind: 'committed', works: 0 })
  onEvent({ kind: 'commit-failed', works: 3, error: new Error('disk') })
  onEvent({ kind: 'repeated', works: 1, error: new Error('again') })
  const text = await registry.metrics()
  for (const line of [
    'opensag_store_commits_total 2',
    'opensag_store_commit_works_bucket{le="0"} 1',
    'opensag_store_commit_works_bucket{le="2"} 1',
    'opensag_store_commit_works_bucket{le="4"} 2',
    'opensag_store_commit_duration_seconds_count 1',
    'opensag_store_commit_duration_seconds_sum 0.002',
    'opensag_store_events_total{kind="repeated"} 1',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).not.toContain('commit-failed')
})

test('what waits in a store is shown where the store tells', async () => {
  const silent = new Registry()
  watchStoreState(silent, {})
  expect(await silent.metrics()).toBe('\n')
  const registry = new Registry()
  watchStoreState(registry, { state: () => ({ worksWaiting: 7, connections: { busy: 1, idle: 2, waiting: 3 } }) })
  const lines = (await registry.metrics()).split('\n').filter((line) => /^opensag/.test(line))
  expect(lines).toEqual([
    'opensag_store_works_waiting 7',
    'opensag_store_connections{state="busy"} 1',
    'opensag_store_connections{state="idle"} 2',
    'opensag_store_connections{state="waiting"} 3',
  ])
})
