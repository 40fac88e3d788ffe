import { Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { type CallMetrics, createCallMetrics } from './call-metrics.ts'

const describeRegions = { name: 'DescribeRegions', errors: { 'SAG.InstanceNoFound': [400] } }

function watched(): { readonly metrics: CallMetrics; lines(pattern: RegExp): Promise<readonly string[]> } {
  const registry = new Registry()
  const metrics = createCallMetrics(registry, new Set(['Throttling', 'InvalidVersion']))
  return {
    metrics,
    lines: async (pattern) => (await registry.metrics()).split('\n').filter((line) => pattern.test(line)),
  }
}

describe('calls', () => {
  test('are counted by operation and code, and their time by operation', async () => {
    const { metrics, lines } = watched()
    for (const code of [undefined, undefined, 'SAG.InstanceNoFound', 'Throttling']) {
      metrics.began()
      metrics.ended(describeRegions, code, 20)
    }
    expect(await lines(/^opensag_calls_total/)).toEqual([
      'opensag_calls_total{operation="DescribeRegions",code="OK"} 2',
      'opensag_calls_total{operation="DescribeRegions",code="SAG.InstanceNoFound"} 1',
      'opensag_calls_total{operation="DescribeRegions",code="Throttling"} 1',
    ])
    expect(await lines(/le="(0.01|0.025|\+Inf)"|_sum|_count/)).toEqual([
      'opensag_call_duration_seconds_bucket{le="0.01",operation="DescribeRegions"} 0',
      'opensag_call_duration_seconds_bucket{le="0.025",operation="DescribeRegions"} 4',
      'opensag_call_duration_seconds_bucket{le="+Inf",operation="DescribeRegions"} 4',
      'opensag_call_duration_seconds_sum{operation="DescribeRegions"} 0.08',
      'opensag_call_duration_seconds_count{operation="DescribeRegions"} 4',
    ])
  })

  test('that take as long as a bound are within it', async () => {
    const { metrics, lines } = watched()
    metrics.began()
    metrics.ended(describeRegions, undefined, 10)
    expect(await lines(/le="0.(005|01)"/)).toEqual([
      'opensag_call_duration_seconds_bucket{le="0.005",operation="DescribeRegions"} 0',
      'opensag_call_duration_seconds_bucket{le="0.01",operation="DescribeRegions"} 1',
    ])
  })

  test('that are under way are a gauge', async () => {
    const { metrics, lines } = watched()
    metrics.began()
    metrics.began()
    metrics.ended(undefined, undefined, 1)
    expect(await lines(/^opensag_calls_in_progress/)).toEqual(['opensag_calls_in_progress 1'])
    metrics.ended(undefined, undefined, 1)
    expect(await lines(/^opensag_calls_in_progress/)).toEqual(['opensag_calls_in_progress 0'])
  })

  test('that were refused before they were read are counted without an operation', async () => {
    const { metrics, lines } = watched()
    metrics.refused('Throttling')
    expect(await lines(/^opensag_calls_total/)).toEqual(['opensag_calls_total{operation="",code="Throttling"} 1'])
  })

  test('with codes that nobody declared make no series of their own', async () => {
    const { metrics, lines } = watched()
    for (let n = 0; n < 1000; n++) {
      for (const code of [`Missing${n}`, `Invalid${n}`, `x${n}`, 'InvalidVersion']) {
        metrics.began()
        metrics.ended(describeRegions, code, 1)
      }
    }
    expect(await lines(/^opensag_calls_total/)).toEqual(
      ['Missing', 'Invalid', 'Other', 'InvalidVersion'].map(
        (code) => `opensag_calls_total{operation="DescribeRegions",code="${code}"} 1000`,
      ),
    )
  })
})
