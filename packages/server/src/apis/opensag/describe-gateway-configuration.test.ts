import type { ConfigStatus } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { saveConfigStatus } from '../../store/gateways/configurations.ts'
import { accountId, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addDnat, change } from '../testing/networks.suite.ts'
import { describeGatewayConfiguration as operation } from './describe-gateway-configuration.ts'

testOperation(operation, (world) => {
  const at = Date.UTC(2026, 0, 2)

  /** An instance at revision 1 and a device that says this of it. */
  async function holding(
    status: (instanceId: string) => ConfigStatus,
    state: Parameters<ReturnType<typeof world>['addDevice']>[1] = {},
  ): Promise<{ readonly id: string; readonly serial: string; readonly told: unknown }> {
    const id = await world().addInstance({ accountId })
    const serial = await world().addDevice(id, state)
    await world().store.write((tx) => saveConfigStatus(tx, serial, status(id), at))
    const { Devices } = await world().call(operation, { SmartAGId: id })
    return { id, serial, told: (Devices as readonly unknown[])[0] }
  }

  test('a device that holds the newest one, confirmed', async () => {
    const { serial, told } = await holding((instanceId) => ({ applied: { instanceId, revision: 1 } }))
    expect(told).toEqual({
      SerialNumber: serial,
      DesiredRevision: 1,
      ReportedRevision: 1,
      Confirmed: true,
      CanConfirm: true,
      SynStatus: 'Synchronized',
      ReportedAt: '2026-01-02T00:00:00.000Z',
    })
  })

  test('a device of 0.1.0, which knows no trial, never counts as confirmed', async () => {
    const { told } = await holding((instanceId) => ({ applied: { instanceId, revision: 1 } }), { capabilities: '' })
    expect(told).toMatchObject({ ReportedRevision: 1, SynStatus: 'Synchronized', Confirmed: false, CanConfirm: false })
  })

  test.each([
    [{ sealKey: 'key', passwordSet: false }, { AdminPassword: 'NotSet' }],
    [{ sealKey: 'key', passwordSet: true }, { AdminPassword: 'NeverChanged' }],
    [
      { sealKey: 'key', passwordSet: true, passwordChangedAt: at },
      { AdminPassword: 'Changed', AdminPasswordChangedAt: '2026-01-02T00:00:00.000Z' },
    ],
  ])('the administrator password of a device with %o', async (given, expected) => {
    const { told } = await holding(newest, given)
    expect(told).toMatchObject(expected)
    expect('AdminPasswordChangedAt' in (told as object)).toBe('AdminPasswordChangedAt' in expected)
  })

  test('whether its program knows tools is told of each that was here', async () => {
    for (const [capabilities, HasTools] of [
      ['config-trial tools', true],
      ['config-trial diagnosis', false],
    ] as const) {
      expect((await holding(newest, { sealKey: 'key', capabilities })).told).toMatchObject({ HasTools })
    }
    expect((await holding(newest, {})).told).not.toHaveProperty('HasTools')
  })

  const newest = (instanceId: string): ConfigStatus => ({ applied: { instanceId, revision: 1 } })

  test.each([
    ['on trial', (id: string) => ({ ...newest(id), trial: 4 }), {}, 'OnTrial', 'Synchronizing', false],
    [
      'its system does not take it',
      (id: string) => ({ ...newest(id), failing: true }),
      {},
      'Failing',
      'Synchronizing',
      true,
    ],
    ['an older one', () => ({}), {}, 'OnItsWay', 'Synchronizing', false],
    ['an older one, and away', () => ({}), { connected: false }, 'WaitsForDevice', 'Synchronizing', false],
    ['changed at its console', newest, { synStatus: 'Unsynchronized' }, 'LocalChange', 'Unsynchronized', true],
    ['being taken over', newest, { synStatus: 'Synchronizing' }, 'TakingOver', 'Synchronizing', true],
  ] as const)('%s', async (_name, status, state, Difference, SynStatus, Confirmed) => {
    const { told } = await holding(status, state)
    expect(told).toMatchObject({ Difference, SynStatus, Confirmed })
  })

  test.each([
    ['of 0.1.0', ''],
    ['of a version before this', 'config-trial network'],
  ])('a program %s holds a configuration but for its DNAT entries, until there are none', async (_, capabilities) => {
    const { id, serial } = await holding(newest, { capabilities })
    const entry = await addDnat(world(), id)
    const told = async (revision: number) => {
      await world().store.write((tx) => saveConfigStatus(tx, serial, { applied: { instanceId: id, revision } }, at))
      return ((await world().call(operation, { SmartAGId: id })).Devices as readonly unknown[])[0]
    }
    expect(await told(1)).toMatchObject({ Difference: 'OnItsWay', SynStatus: 'Synchronizing' })
    expect(await told(2)).toMatchObject({ Difference: 'Unsupported', SynStatus: 'Unsynchronized' })
    await world().setDevice(serial, { capabilities: 'config-trial network dnat' })
    expect(await told(2)).toMatchObject({ SynStatus: 'Synchronized' })
    await world().setDevice(serial, { capabilities })
    await change(world(), async ({ addresses }) => {
      await addresses.deleteDnatEntry(id, entry)
      await addresses.refreshConfig(id)
    })
    expect(await told(3)).toMatchObject({ SynStatus: 'Synchronized' })
  })

  test.each([
    ['unconfirmed', 'Unconfirmed'],
    ['failed', 'Failed'],
    ['restarts', 'Restarts'],
  ] as const)('one it gave up: %s', async (reason, RevertReason) => {
    const { told } = await holding((instanceId) => ({ reverted: { instanceId, revision: 1, reason } }))
    expect(told).toMatchObject({
      Difference: 'Reverted',
      SynStatus: 'Unsynchronized',
      ReportedRevision: 0,
      RevertedRevision: 1,
      RevertReason,
    })
  })

  test('a device that has said nothing yet, and an instance without devices', async () => {
    const id = await world().addInstance({ accountId })
    expect(await world().call(operation, { SmartAGId: id })).toEqual({ DesiredRevision: 0, Devices: [] })
    await world().addDevice(id, { connected: false })
    const { Devices } = await world().call(operation, { SmartAGId: id })
    expect(Devices).toEqual([expect.not.objectContaining({ ReportedAt: expect.anything() })])
  })

  test('400/SAG.InstanceNoFound: no such instance, none named, or another account’s', async () => {
    const id = await world().addInstance({ accountId: otherAccountId })
    for (const params of [{}, { SmartAGId: 'sag-none' }, { SmartAGId: id }]) {
      expect(await world().refused(operation, params)).toBe('SAG.InstanceNoFound')
    }
  })
})
