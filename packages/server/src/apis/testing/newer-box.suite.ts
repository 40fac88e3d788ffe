// Support for the tests of operations on devices of the SCG5000 family: what all of them answer.
import { expect, test } from 'vitest'
import type { Operation } from '../operation.ts'
import { addBox } from './box.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { otherAccountId, regionId } from './names.suite.ts'

type Params = Readonly<Record<string, string>>

export const newerKind = { model: 'SCG5000', version: '3.4.2.0' } as const

/**
 * What every operation on such a device answers, whatever it shows or sets.
 *
 * @param more beside the region, the instance and the device
 * @param noInstance the code of its table for an instance that the caller has not
 */
export function testNewerBox(
  world: () => Harness,
  operation: Operation,
  more: Params = {},
  noInstance = 'SAG.InstanceNoFound',
): void {
  const refused = (SagInsId: string, SagSn: string, other: Params = {}): Promise<string> =>
    world().refused(operation, { RegionId: regionId, SagInsId, SagSn, ...more, ...other })

  test('MissParameter.GatewayId: no instance', async () => {
    expect(await refused('', 'sag1')).toBe('MissParameter.GatewayId')
  })

  test(`${noInstance}: unknown, of another account, or asked for in the name of another`, async () => {
    expect(await refused('sag-none', 'sag1')).toBe(noInstance)
    const id = await world().addInstance({ accountId: otherAccountId })
    expect(await refused(id, 'sag1')).toBe(noInstance)
    expect(await refused(id, 'sag1', { CrossAccount: 'true', ResourceUid: otherAccountId })).toBe(noInstance)
  })

  test('SAG.SoftwareNotSupport and SmartAccessGatewayNotActivated, before the device', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }), 'x')).toBe('SAG.SoftwareNotSupport')
    expect(await refused(await world().addInstance({ state: 'received' }), 'x')).toBe('SmartAccessGatewayNotActivated')
  })

  test('GATEWAY.InvalidSN: nobody has it; DeviceNotExist: another instance has it', async () => {
    const id = await world().addInstance()
    for (const serial of ['', 'sag-none']) expect(await refused(id, serial)).toBe('GATEWAY.InvalidSN')
    expect(await refused(id, await addBox(world(), await world().addInstance(), newerKind))).toBe('DeviceNotExist')
  })

  test('InvalidSpec.FeatureNotSupport: another model; FeatureNotSupport: an older version', async () => {
    const id = await world().addInstance()
    expect(await refused(id, await addBox(world(), id))).toBe('InvalidSpec.FeatureNotSupport')
    expect(await refused(id, await addBox(world(), id, { ...newerKind, version: '3.4.1.0' }))).toBe('FeatureNotSupport')
  })

  test('SmartAccessGatewayNotOnline: it has said nothing and is away', async () => {
    const id = await world().addInstance()
    expect(await refused(id, await world().addDevice(id, { ...newerKind, connected: false }))).toBe(
      'SmartAccessGatewayNotOnline',
    )
  })
}

/** What every change of such a device answers besides, also one that has nothing to change yet. */
export function testBusyNewerBox(world: () => Harness, operation: Operation, more: Params): void {
  const refused = (SagInsId: string, SagSn: string): Promise<string> =>
    world().refused(operation, { RegionId: regionId, SagInsId, SagSn, ...more })

  test('ConfigUnsynchronized, ConfigSynchronizing, ResourceInOperating, ResourceConfiguring: it is busy with something else', async () => {
    const id = await world().addInstance()
    const serial = await addBox(world(), id, { ...newerKind, synStatus: 'Unsynchronized' })
    expect(await refused(id, serial)).toBe('ConfigUnsynchronized')
    await world().setDevice(serial, { synStatus: 'Synchronizing' })
    expect(await refused(id, serial)).toBe('ConfigSynchronizing')
    await world().setDevice(serial, { synStatus: 'Synchronized', restartingSince: world().now })
    expect(await refused(id, serial)).toBe('ResourceInOperating')
    const other = await world().addInstance()
    expect(await refused(other, await addBox(world(), other, { ...newerKind, configOnTrial: true }))).toBe(
      'ResourceConfiguring',
    )
  })

  test('FeatureNotSupport: a program that does not tell of it', async () => {
    const id = await world().addInstance()
    const silent = await world().addDevice(id, { ...newerKind, capabilities: 'config-trial' })
    expect(await refused(id, silent)).toBe('FeatureNotSupport')
  })
}

/** The same of one that changes something. */
export function testChangedNewerBox(
  world: () => Harness,
  operation: Operation,
  more: Params,
  done: Readonly<Record<string, unknown>> = { Code: '200', Success: true, Message: 'Successful' },
): void {
  testBusyNewerBox(world, operation, more)

  test('its gateway is told', async () => {
    const id = await world().addInstance()
    const SagSn = await addBox(world(), id, newerKind)
    world().told.length = 0
    expect(await world().call(operation, { RegionId: regionId, SagInsId: id, SagSn, ...more })).toMatchObject(done)
    expect(world().told).toEqual([SagSn])
  })
}
