import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { Registry } from 'prom-client'
import { version } from '../version.ts'
import { addLookedUp, type LookedUp } from './metrics.ts'

/**
 * What the process uses, by the names that dashboards for any Node program know. Nothing is measured before somebody
 * asks for the first time: watching the event loop wakes an idle process up.
 */
export function addProcessMetrics(registry: Registry): { close(): void } {
  const started = performance.timeOrigin / 1000
  const loop = watchLoop()
  const gauge = (name: string, help: string, value: () => number | undefined): LookedUp => ({
    name,
    help,
    type: 'gauge',
    samples: () => [{ value: value() }],
  })
  addLookedUp(registry, [
    {
      name: 'opensag_build_info',
      help: 'The version that runs, and that of Node; always 1.',
      type: 'gauge',
      labelNames: ['version', 'node_version'],
      samples: () => [{ value: 1, labels: { version, node_version: process.version } }],
    },
    {
      name: 'process_cpu_seconds_total',
      help: 'Seconds of CPU that the process has used.',
      type: 'counter',
      samples() {
        const { user, system } = process.cpuUsage()
        return [{ value: (user + system) / 1e6 }]
      },
    },
    gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', () => started),
    gauge('process_resident_memory_bytes', 'Memory of the process in RAM.', () => process.memoryUsage.rss()),
    gauge('nodejs_heap_size_used_bytes', 'Heap that is in use.', () => process.memoryUsage().heapUsed),
    gauge('nodejs_external_memory_bytes', 'Memory of buffers beside the heap.', () => process.memoryUsage().external),
    {
      name: 'nodejs_eventloop_lag_seconds',
      help: 'How late the event loop was since it was last asked: its worst, its 99th percentile, its mean.',
      type: 'gauge',
      labelNames: ['quantile'],
      samples: () => loop.sinceLast(),
    },
    gauge(
      'nodejs_eventloop_utilization',
      'Share of the time since it was last asked that the event loop was busy.',
      () => loop.utilization(),
    ),
  ])
  return { close: loop.close }
}

/** Milliseconds between two looks at how late the loop is. */
const everyMs = 20

function watchLoop() {
  let watch: ReturnType<typeof monitorEventLoopDelay> | undefined
  let last = performance.eventLoopUtilization()
  return {
    sinceLast() {
      if (watch === undefined) {
        watch = monitorEventLoopDelay({ resolution: everyMs })
        watch.enable()
        return []
      }
      if (watch.count === 0) return []
      // It measures the time from one look to the next.
      const late = (ns: number): number => Math.max(0, ns / 1e9 - everyMs / 1000)
      const found = { max: late(watch.max), 0.99: late(watch.percentile(99)), mean: late(watch.mean) }
      watch.reset()
      return Object.entries(found).map(([quantile, value]) => ({ value, labels: { quantile } }))
    },
    utilization() {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, last)
      last = now
      return utilization
    },
    close: () => void watch?.disable(),
  }
}
