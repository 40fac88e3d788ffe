import { expect, test } from 'vitest'
import { tunnelBandwidth } from '../../../model/client-user.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../../testing/remote-users.suite.ts'
import { describeSmartAccessGatewayClientUsers } from './describe-smart-access-gateway-client-users.ts'
import { updateSmartAgUserAccelerateConfig as operation } from './update-smart-ag-user-accelerate-config.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, Bandwidth = '5000', more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    UserName: 'doctest',
    Bandwidth,
    ...more,
  })

  async function account(): Promise<string> {
    const id = await addApp(world())
    await addUser(world(), id)
    return id
  }

  async function shown(SmartAGId: string): Promise<unknown> {
    const { Users } = await world().call(describeSmartAccessGatewayClientUsers, { RegionId: regionId, SmartAGId })
    return (Users as readonly Readonly<Record<string, unknown>>[])[0]?.['AccelerateBandwidth']
  }

  test('the point of presence of a tunnel is told at once, and the account is shown as accelerated until 0', async () => {
    const id = await account()
    await addSession(world(), id)
    await world().store.write((tx) => tx.updateTable('client_session').set({ pop: 'pop1' }).execute())
    const told: string[] = []
    world().sessionsChanged = (pop, sessions) => void told.push(pop, ...sessions)
    await world().call(operation, request(id))
    expect(told).toEqual(['pop1', `${id}/doctest`])
    expect(await shown(id)).toBe(5000)
    await world().call(operation, request(id, '0'))
    expect(await shown(id)).toBeUndefined()
  })

  test('the tunnel takes the greater one of both bandwidths', () => {
    expect(tunnelBandwidth({ bandwidth: 2000, accelerateBandwidth: 5000 })).toBe(5000)
    expect(tunnelBandwidth({ bandwidth: 2000, accelerateBandwidth: 1000 })).toBe(2000)
    expect(tunnelBandwidth({ bandwidth: 2000, accelerateBandwidth: undefined })).toBe(2000)
  })

  test('a dry run is refused what the call is, and changes nothing', async () => {
    const id = await account()
    expect(await world().call(operation, request(id, '5000', { DryRun: 'true' }))).toEqual({})
    expect(await shown(id)).toBeUndefined()
    const unknown = request(id, '5000', { DryRun: 'true', UserName: 'nobody' })
    expect(await world().refused(operation, unknown)).toBe('ClientUser.NameInvalid')
  })

  test.each(['-1', '20001', 'fast'])('ClientUser.BandwidthInvalid: %s', async (Bandwidth) => {
    expect(await world().refused(operation, request('sag-none', Bandwidth))).toBe('ClientUser.BandwidthInvalid')
  })

  test('ClientUser.NameInvalid: malformed, or no account of the instance', async () => {
    const id = await account()
    for (const UserName of ['?', 'nobody']) {
      expect(await world().refused(operation, request(id, '1', { UserName }))).toBe('ClientUser.NameInvalid')
    }
  })

  test('SAG.InstanceNoFound: unknown, of another account, no App', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    for (const id of ['sag-none', foreign, await world().addInstance()]) {
      expect(await world().refused(operation, request(id))).toBe('SAG.InstanceNoFound')
    }
  })
})
