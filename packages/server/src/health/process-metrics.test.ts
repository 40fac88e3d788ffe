import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { addProcessMetrics } from './process-metrics.ts'

test('memory, CPU and version are shown at once, and how late the event loop is from the second time on', async () => {
  const registry = new Registry()
  const { close } = addProcessMetrics(registry)
  try {
    const first = await registry.metrics()
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_heap_size_used_bytes',
      'nodejs_eventloop_utilization',
    ]) {
      expect(first).toMatch(new RegExp(`^${name} [0-9.e-]+$`, 'm'))
    }
    expect(first).toMatch(/^opensag_build_info\{version="[^"]+",node_version="v[^"]+"\} 1$/m)
    expect(first).not.toMatch(/^nodejs_eventloop_lag_seconds/m)
    // It is looked at by a timer of Node's own, after some turns.
    const lag = /^nodejs_eventloop_lag_seconds\{quantile="max"\} [0-9.e-]+$/m
    await until('the lag of the event loop', async () => lag.test(await registry.metrics()))
  } finally {
    close()
  }
})
