import { join } from 'node:path'
import { accountOf } from '../contenders.ts'
import { addInstances } from '../fill.ts'
import type { Group } from '../groups.ts'
import { inside, type Peer, startOpenSag } from '../peers.ts'
import type { Key } from '../sign.ts'
import { purchaseInstances, send } from '../workload.ts'
import type { Row } from './row.ts'

const instances = 100_000
const tries = 3

const row: Row = {
  id: 'held-loop',
  about: {
    en: 'longest stop of the event loop by any listing call, 100,000 instances',
    zh: '100,000 个实例时任何列表调用使事件循环停顿的最长时间',
  },
  better: 'less',
  goal: 50,
  unit: 'ms CPU',
}

type Params = Readonly<Record<string, string>>

/** Lists that look through more than a page, or might. */
function listings(ccnId: string): readonly (readonly [action: string, params: Params])[] {
  const instance = 'sag-000000000000000001'
  return [
    ['DescribeSmartAccessGateways', {}],
    ['DescribeSmartAccessGateways', { PageNumber: '2000', PageSize: '50' }],
    ['DescribeSmartAccessGateways', { Status: 'Active' }],
    ['DescribeSmartAccessGateways', { Status: 'Returning' }],
    ['DescribeSmartAccessGateways', { BusinessState: 'Normal', PageSize: '50' }],
    ['DescribeSmartAccessGateways', { SoftwareVersion: '2.3.1.1' }],
    ['DescribeSmartAccessGateways', { SoftwareVersion: '9.9.9.9', VersionComparator: 'greater' }],
    ['DescribeSmartAccessGateways', { Name: 'branch-1' }],
    ['DescribeSmartAccessGateways', { Name: 'no-such' }],
    ['DescribeSmartAccessGateways', { InstanceType: 'software' }],
    ['DescribeSmartAccessGateways', { HardwareType: 'sag-100wm' }],
    ['DescribeSmartAccessGateways', { AssociatedCcnId: ccnId }],
    ['DescribeSmartAccessGateways', { AssociatedCcnName: 'bench', Status: 'Offline' }],
    ['DescribeSmartAccessGateways', { AssociatedCcnName: 'no-such' }],
    ['DescribeSmartAccessGateways', { SerialNumber: 'sagmany00000001' }],
    ['DescribeSmartAccessGateways', { SmartAGId: instance, Status: 'Active' }],
    ['DescribeBindableSmartAccessGateways', { CcnId: ccnId }],
    ['DescribeBindableSmartAccessGateways', { CcnId: ccnId, CrossAccount: 'true' }],
    ['DescribeCloudConnectNetworks', {}],
    ['DescribeGrantSagRules', { SmartAGId: instance }],
    ['DescribeGrantRules', { AssociatedCcnId: ccnId }],
    ['ListFleet', { Version: '2026-12-01', MaxResults: '5000' }],
  ]
}

interface Held {
  readonly cpuMs: number
  readonly ms: number
}

export const heldLoopGroup: Group = {
  name: 'listings',
  rows: [row],
  withinMs: () => 8 * 60_000,
  async measure(_chosen, { options: { root }, folder, say }) {
    const data = join(folder, 'many')
    const first = await startOpenSag(root, data)
    const key = accountOf(data)
    await purchaseInstances(first, data, key, 1)
    const ccnId = String((await send(first, key, 'CreateCloudConnectNetwork', { Name: 'bench' }))['CcnId'])
    await first.stop()
    addInstances(data, instances)

    const peer = await startOpenSag(root, data, { nodeFlags: inside })
    try {
      let worst: (Held & { readonly title: string }) | undefined
      for (const [action, params] of listings(ccnId)) {
        const title = `${action} ${JSON.stringify(params)}`
        const held = await leastHeld(peer, key, action, params)
        say(`${held.cpuMs.toFixed(1).padStart(8)} ms CPU ${held.ms.toFixed(1).padStart(8)} ms  ${title}`)
        if (worst === undefined || held.cpuMs > worst.cpuMs) worst = { ...held, title }
      }
      if (worst === undefined) throw new Error('No call was made.')
      const from = `${worst.title}: ${worst.ms.toFixed(0)} ms by the clock`
      return [{ row, value: worst.cpuMs, noise: Math.max(2, worst.cpuMs / 5), from }]
    } finally {
      await peer.stop()
    }
  },
}

/** Of several tries the shortest: what disturbs one, such as a collection of garbage, is not the call's. */
async function leastHeld(peer: Peer, key: Key, action: string, params: Params): Promise<Held> {
  let least: Held | undefined
  for (let time = 0; time < tries; time++) {
    await peer.ask('watch')
    await send(peer, key, action, params)
    const held = (await peer.ask('held')) as Held
    if (least === undefined || held.cpuMs < least.cpuMs) least = held
  }
  return least as Held
}
