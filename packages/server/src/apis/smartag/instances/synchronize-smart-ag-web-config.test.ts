import { expect, test } from 'vitest'
import { saveConfigStatus } from '../../../store/gateways/configurations.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { synchronizeSmartAgWebConfig as operation } from './synchronize-smart-ag-web-config.ts'

testOperation(operation, (world) => {
  function refused(SmartAGId: string, SmartAGSn: string): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SmartAGId, SmartAGSn })
  }

  async function ready(): Promise<{ id: string; serial: string }> {
    const id = await world().addInstance()
    return { id, serial: await world().addDevice(id, { synStatus: 'Unsynchronized' }) }
  }

  test('an unsynchronised device is told that its configuration is taken over', async () => {
    const { id, serial } = await ready()
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial })).toEqual({})
    expect(world().gateways.requests).toEqual([`synchronise ${serial}`])
  })

  test.each(['Synchronized', 'Synchronizing'] as const)('%s: there is nothing to do', async (synStatus) => {
    const { id, serial } = await ready()
    await world().setDevice(serial, { synStatus })
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial })).toEqual({})
    expect(world().gateways.requests).toEqual([])
  })

  test('what the device gave up is offered once more, as a new revision, and its gateways are told', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    await world().store.write((tx) =>
      saveConfigStatus(tx, serial, { reverted: { instanceId: id, revision: 1, reason: 'unconfirmed' } }, 0),
    )
    world().told.length = 0
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial })).toEqual({})
    expect([(await world().fleet.instanceById(id))?.configRevision, world().told]).toEqual([2, [serial]])
    expect(world().gateways.requests).toEqual([])
    // Now it is on its way: asking again offers nothing more.
    await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn: serial })
    expect((await world().fleet.instanceById(id))?.configRevision).toBe(2)
  })

  test('SAG.InstanceNoFound: absent, unknown, or of another account; before the device', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('SAG.InstanceNoFound')
    expect(await refused('sag-none', 'sag1')).toBe('SAG.InstanceNoFound')
    const foreign = await world().addInstance({ kind: 'app', accountId: otherAccountId })
    expect(await refused(foreign, 'sag1')).toBe('SAG.InstanceNoFound')
  })

  test('SAG.SoftwareNotSupport: an App; before its arrears', async () => {
    const id = await world().addInstance({ kind: 'app' })
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(id, 'sag1')).toBe('SAG.SoftwareNotSupport')
  })

  test('SAG.SoftwareNotSupportFeature: a vCPE; before its arrears', async () => {
    const id = await world().addInstance({ kind: 'vcpe' })
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(id, 'sag1')).toBe('SAG.SoftwareNotSupportFeature')
  })

  test('SmartAccessGatewayInArrears before the device', async () => {
    const { id } = await ready()
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(id, 'sag1')).toBe('SmartAccessGatewayInArrears')
  })

  test('InstanceNotExit: absent, unknown, or of another instance', async () => {
    const { id } = await ready()
    for (const serial of ['', 'sag1', (await ready()).serial]) expect(await refused(id, serial)).toBe('InstanceNotExit')
  })

  test('SmartAccessGatewayNotOnline: not connected, or it went meanwhile', async () => {
    const { id, serial } = await ready()
    world().gateways.outcome = 'unreachable'
    expect(await refused(id, serial)).toBe('SmartAccessGatewayNotOnline')
    await world().setDevice(serial, { connected: false })
    expect(await refused(id, serial)).toBe('SmartAccessGatewayNotOnline')
    expect(world().gateways.requests).toHaveLength(1)
  })
})
