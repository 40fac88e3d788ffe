import { expect, test } from 'vitest'
import { findDesiredConfig } from '../../../store/gateways/configurations.ts'
import { readPopConfig } from '../../../store/pops/pop-config.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn } from '../../testing/networks.suite.ts'
import { addPop } from '../../testing/pops.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { updateSmartAgAccessPoint as operation } from './update-smart-ag-access-point.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, AccessPointId: number) => ({
    RegionId: regionId,
    SmartAGId,
    AccessPointId: String(AccessPointId),
  })

  test('gateways and points of presence hold the new order, each way and at both ends', async () => {
    const numbers = { pop1: await addPop(world(), 'pop1'), 'pop-22': await addPop(world(), 'pop-22') }
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { sealKey: 'enrolled' })
    await addCcn(world(), {}, id)
    const order = async () => {
      const held = await world().store.read((db) => findDesiredConfig(db, serial))
      return held?.config.own[serial]?.network?.pops.map((pop) => pop.serial)
    }
    const backupAt = async (pop: string) => {
      const held = await readPopConfig(world().store, pop, world().now)
      return held?.config.pop?.networks[0]?.members.map(({ backup, vni }) => ({ backup, vni }))
    }
    for (const [first, second] of [
      ['pop1', 'pop-22'],
      ['pop-22', 'pop1'],
      ['pop1', 'pop-22'],
    ] as const) {
      await world().call(operation, request(id, numbers[first]))
      expect(await order()).toEqual([first, second])
      const held = await world().store.read((db) => findDesiredConfig(db, serial))
      const vnis = held?.config.own[serial]?.network?.pops.map(({ vni }) => vni)
      expect(await backupAt(first)).toEqual([{ backup: false, vni: vnis?.[0] }])
      expect(await backupAt(second)).toEqual([{ backup: true, vni: vnis?.[1] }])
    }
    expect(new Set(world().told)).toEqual(new Set(['pop1', 'pop-22', serial]))
  })

  test('SAG.InstanceNoFound: unknown, of another account, or an App', async () => {
    const number = await addPop(world(), 'pop1')
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['sag-none', foreign, await addApp(world())]) {
      expect(await world().refused(operation, request(id, number))).toBe('SAG.InstanceNoFound')
    }
  })

  test('InvalidParameter: there is no such point', async () => {
    expect(await world().refused(operation, request(await world().addInstance(), 999))).toBe('InvalidParameter')
  })
})
