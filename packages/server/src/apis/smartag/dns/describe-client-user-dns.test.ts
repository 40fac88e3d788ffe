import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeClientUserDns as operation } from './describe-client-user-dns.ts'
import { modifyClientUserDns } from './modify-client-user-dns.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string) => ({ RegionId: regionId, SmartAGId })

  test('both lists, in the order they were given in', async () => {
    const id = await addApp(world())
    const given = { 'AppDNS.1': '10.10.0.53', 'AppDNS.2': '10.10.0.5', 'RecoveredDNS.1': '223.5.5.5' }
    await world().call(modifyClientUserDns, { ...request(id), ...given })
    expect(await world().call(operation, request(id))).toEqual({
      AppDNS: ['10.10.0.53', '10.10.0.5'],
      RecoveredDNS: ['223.5.5.5'],
    })
  })

  test('an instance that has none yet has two empty lists', async () => {
    expect(await world().call(operation, request(await addApp(world())))).toEqual({ AppDNS: [], RecoveredDNS: [] })
  })

  test('SAG.InstanceNoFound: none of that id, of another account, no App', async () => {
    const foreign = await addApp(world(), { accountId: otherAccountId })
    for (const id of ['sag-none', foreign, await world().addInstance()])
      expect(await world().refused(operation, request(id))).toBe('SAG.InstanceNoFound')
  })
})
