// A call of each operation that tells how gateways are, and other values of its parameters.
import { setConnected, setOffline } from '../../store/gateways/presence.ts'
import { type Row, row } from './effects.suite.ts'
import type { Harness } from './harness-on.suite.ts'

const hourMs = 3_600_000

async function withAbsence({ store, wallNow }: Harness): Promise<void> {
  await store.write(async (tx) => {
    await setConnected(tx, 'sagmain1', { node: 'node-1', at: wallNow - 3 * hourMs })
    const reason = 'Nothing was heard of the gateway.'
    const at = wallNow - 2 * hourMs
    await setOffline(tx, 'sagmain1', { node: 'node-1', at, reason, heardAt: at - 60_000 })
  })
}

export const overviewRows: readonly Row[] = [
  row('DescribeGatewayHealth', { SmartAGId: 'sag-main' }, { Hours: '1' }, { prepare: withAbsence }),
]
