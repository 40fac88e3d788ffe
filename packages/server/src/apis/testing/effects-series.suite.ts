// A call of each operation that tells what was measured over time, and other values of its parameters.
import { addTraffic } from '../../store/pops/traffic.ts'
import { type Row, row } from './effects.suite.ts'
import type { Harness } from './harness-on.suite.ts'

const minute = 60_000

async function withTraffic({ store, wallNow }: Harness): Promise<void> {
  const none = { received: 0, sent: 0, packets: 0, dropped: 0 }
  const count = { received: 90_000_000, sent: 9_000_000, packets: 90_000, dropped: 9 }
  const before = { at: wallNow - 90 * minute, traffic: none }
  await store.write((tx) => addTraffic(tx, 'sagmain1', before, { at: wallNow, traffic: count }))
}

// The clock of the worlds says noon.
export const seriesRows: readonly Row[] = [
  row(
    'DescribeMetricSeries',
    { SmartAGId: 'sag-main' },
    { Period: '3600', StartTime: '2024-01-31T11:30:00Z', EndTime: '2024-01-31T11:45:00Z' },
    { prepare: withTraffic },
  ),
  row('GetOverview', {}, { Since: { follow: 'Since', by: {} } }),
  row('ListNetworkTraffic', {}, { CcnId: 'ccn-main' }, { prepare: withTraffic }),
]
