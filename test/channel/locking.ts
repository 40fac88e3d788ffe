import { writeUnit } from '../../packages/server/src/store/repositories.ts'
import type { TestServer } from './site.ts'

const instanceId = 'sag-1'

/** Binds a gateway to an instance with that threshold of the offline lock. */
export async function bindWithLock(server: TestServer, serial: string, seconds: number): Promise<void> {
  const { store, tellGateways } = server
  await store.write((tx) => tx.insertInto('account').values({ id: '1', name: '', created_at: 0 }).execute())
  await writeUnit({ store, tellGateways }, async ({ fleet, gatewayConfigs }) => {
    await fleet.addInstance({
      id: instanceId,
      accountId: '1',
      regionId: 'cn-shanghai',
      kind: 'hardware',
      spec: 'sag-1000',
      haType: 'no_backup',
      maxBandwidth: 10,
      orderId: '1',
      alreadyHaveSag: true,
      periodMonths: 1,
      createdAt: 0,
    })
    await fleet.configure(instanceId, { securityLockThreshold: seconds })
    await fleet.bind(serial, instanceId, 'active', server.time.wallClock())
    await gatewayConfigs.refresh(instanceId)
  })
}

/** `silently`: the gateway is not told. */
export function unlock({ store, tellGateways, time }: TestServer, how?: 'silently'): Promise<void> {
  const tell = how === 'silently' ? () => {} : tellGateways
  return writeUnit({ store, tellGateways: tell }, ({ fleet }) => fleet.unlock(instanceId, time.wallClock()))
}
