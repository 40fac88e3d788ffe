import { expect, test } from 'vitest'
import { setConnected, setOffline } from '../../store/gateways/presence.ts'
import { addTraffic } from '../../store/pops/traffic.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addCcn, putInto } from '../testing/networks.suite.ts'
import { listNetworkTraffic as operation } from './list-network-traffic.ts'

const minute = 60_000
const quarter = 15 * minute

testOperation(operation, (world) => {
  const none = { received: 0, sent: 0, packets: 0, dropped: 0 }

  /** A gateway in a network that carried so many bytes in the minutes before. */
  async function gateway(
    ccn: string,
    bytes: number,
    minutes = 1,
    id?: string,
  ): Promise<{ id: string; serial: string }> {
    const instance = id ?? (await world().addInstance())
    const serial = await world().addDevice(instance)
    if (id === undefined) await putInto(world(), instance, ccn)
    const at = world().wallNow
    await world().store.write(async (tx) => {
      await setConnected(tx, serial, { node: 'n', at: at - minutes * minute })
      const traffic = { received: bytes, sent: 0, packets: 10, dropped: 0 }
      await addTraffic(tx, serial, { at: at - minutes * minute, traffic: none }, { at, traffic })
    })
    return { id: instance, serial }
  }

  test('networks by the sums of their gateways that are connected and told something, instances of the one that is asked for', async () => {
    const begin = Math.floor(world().wallNow / quarter) * quarter
    world().wallNow = begin + 5 * minute
    const [busy, quiet, silent] = [await addCcn(world()), await addCcn(world()), await addCcn(world())]
    // 5 minutes of this quarter: 300 s.
    const one = await gateway(busy, 300_000, 1)
    const two = await gateway(busy, 600_000, 1)
    await gateway(busy, 150_000, 1, two.id)
    const idle = await gateway(quiet, 0)
    const away = await gateway(silent, 9_000_000)
    await world().store.write((tx) => setOffline(tx, away.serial, { node: 'n', at: world().wallNow, reason: 'x' }))
    const rate = (bytes: number, seconds: number): number => Math.round((8 * bytes) / seconds)
    const told = (await world().call(operation)) as { Networks: readonly { CcnId: string }[] }
    expect(new Map(told.Networks.map((network) => [network.CcnId, network]))).toEqual(
      new Map([
        [busy, { CcnId: busy, BitsPerSecond: rate(1_050_000, 300), Gateways: 3 }],
        // Nothing went through, which is known; of the one that is away it is not.
        [quiet, { CcnId: quiet, BitsPerSecond: 0, Gateways: 1 }],
      ]),
    )
    expect(await world().call(operation, { CcnId: busy })).toMatchObject({
      Instances: [
        { SmartAGId: two.id, BitsPerSecond: rate(750_000, 300) },
        { SmartAGId: one.id, BitsPerSecond: rate(300_000, 300) },
      ],
    })
    expect(await world().call(operation, { CcnId: quiet })).toMatchObject({
      Instances: [{ SmartAGId: idle.id, BitsPerSecond: 0 }],
    })

    // The quarter before counts with this one, an older one no more.
    world().wallNow = begin + quarter + 5 * minute
    expect(await world().call(operation, { CcnId: quiet })).toMatchObject({ Instances: [{ BitsPerSecond: 0 }] })
    expect(await world().call(operation, { CcnId: busy })).toMatchObject({
      Instances: [{ BitsPerSecond: rate(600_000, 1200) + rate(150_000, 1200) }, { BitsPerSecond: rate(300_000, 1200) }],
    })
    world().wallNow = begin + 2 * quarter + minute
    expect(await world().call(operation)).toMatchObject({ Networks: [] })
  })

  test('nothing of another account’s gateways', async () => {
    const ccn = await addCcn(world())
    const { id } = await gateway(ccn, 1000)
    await world().store.write((tx) =>
      tx.updateTable('instance').set({ account_id: otherAccountId }).where('id', '=', id).execute(),
    )
    expect(await world().call(operation, { CcnId: ccn })).toMatchObject({ Networks: [], Instances: [] })
  })
})
