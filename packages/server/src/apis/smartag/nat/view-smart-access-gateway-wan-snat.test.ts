import { expect, test } from 'vitest'
import { addBox, saysBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testNewerBox } from '../../testing/newer-box.suite.ts'
import { updateSmartAccessGatewayWanSnat } from './update-smart-access-gateway-wan-snat.ts'
import { viewSmartAccessGatewayWanSnat as operation } from './view-smart-access-gateway-wan-snat.ts'

testOperation(operation, (world) => {
  testNewerBox(world, operation)

  const request = (SagInsId: string, SagSn: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SagInsId,
    SagSn,
    ...more,
  })

  test('shows what the device said, and how far what was set is', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, newerKind)
    expect(await world().call(operation, request(id, serial))).toMatchObject({
      Snat: '0',
      TaskStates: [{ State: 'Succeed' }],
    })
    await world().call(updateSmartAccessGatewayWanSnat, request(id, serial, { Snat: '1' }))
    expect(await world().call(operation, request(id, serial))).toMatchObject({
      Snat: '0',
      TaskStates: [{ State: 'Initialized', ErrorCode: '202' }],
    })
    await saysBox(world(), id, serial, { snat: true })
    expect(await world().call(operation, request(id, serial))).toMatchObject({
      Snat: '1',
      TaskStates: [{ State: 'Succeed' }],
    })
  })
})
