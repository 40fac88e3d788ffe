import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeClientUserDns } from './describe-client-user-dns.ts'
import { modifyClientUserDns as operation } from './modify-client-user-dns.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    ...more,
  })
  const shown = (id: string) => world().call(describeClientUserDns, request(id))

  test('each call sets both lists, and clears the one it leaves out', async () => {
    const id = await addApp(world())
    const other = await addApp(world(), { pool: '10.8.0.0/24' })
    const both = { 'AppDNS.1': '10.10.0.53', 'AppDNS.2': '10.10.0.54', 'RecoveredDNS.1': '223.5.5.5' }
    await world().call(operation, request(id, both))
    await world().call(operation, request(id, { 'AppDNS.1': '10.10.0.54' }))
    expect(await shown(id)).toEqual({ AppDNS: ['10.10.0.54'], RecoveredDNS: [] })
    await world().call(operation, request(id))
    expect(await shown(id)).toEqual({ AppDNS: [], RecoveredDNS: [] })
    expect(await shown(other)).toEqual({ AppDNS: [], RecoveredDNS: [] })
  })

  test.each([
    ['a name', { 'AppDNS.1': 'dns.example.com' }],
    ['loopback', { 'AppDNS.1': '10.10.0.53', 'AppDNS.2': '127.0.0.53' }],
    ['three servers', { 'AppDNS.1': '10.0.0.1', 'AppDNS.2': '10.0.0.2', 'AppDNS.3': '10.0.0.3' }],
    ['multicast after disconnecting', { 'RecoveredDNS.1': '224.0.0.1' }],
    [
      'three after disconnecting',
      { 'RecoveredDNS.1': '1.1.1.1', 'RecoveredDNS.2': '1.0.0.1', 'RecoveredDNS.3': '9.9.9.9' },
    ],
  ])('InvalidParam.Ip: %s', async (_what, more) => {
    const id = await addApp(world())
    await world().call(operation, request(id, { 'AppDNS.1': '10.10.0.53' }))
    expect(await world().refused(operation, request(id, more))).toBe('InvalidParam.Ip')
    expect(await shown(id)).toEqual({ AppDNS: ['10.10.0.53'], RecoveredDNS: [] })
    // Looked at before the instance is.
    expect(await world().refused(operation, request('sag-none', more))).toBe('InvalidParam.Ip')
  })

  test('SAG.InstanceNoFound: none of that id, of another account, no App', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    for (const id of ['sag-none', foreign, await world().addInstance()])
      expect(await world().refused(operation, request(id, { 'AppDNS.1': '10.10.0.53' }))).toBe('SAG.InstanceNoFound')
  })
})
