import { expect, test } from 'vitest'
import { saveCapabilities } from '../../../store/gateways/gateways.ts'
import { addPop } from '../../../store/pops/pops.ts'
import { addAcl, addAclRule, associateAcl } from '../../testing/acl.suite.ts'
import { type Harness, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { getAclAttribute as operation } from './get-acl-attribute.ts'

testOperation(operation, (world) => {
  const shown = (AclId: string) => world().call(operation, { RegionId: regionId, AclId })
  const refused = (more: object) => world().refused(operation, { RegionId: regionId, AclId: 'acl-none', ...more })

  test('counts instances whose gateways do not put every rule in force', async () => {
    const AclId = await addAcl(world(), { name: 'all' })
    const none = { AclId, AclName: 'all', ErrorConfigSmartAGCount: 0 }
    const instance = async (device?: Parameters<Harness['addDevice']>[1]) => {
      const SmartAGId = await world().addInstance()
      const serial = device && (await world().addDevice(SmartAGId, device))
      await associateAcl(world(), SmartAGId, AclId)
      return serial ?? ''
    }
    await instance()
    await instance({ model: 'sag-100wm', version: '1.9.9.9' })
    const serial = await instance({ model: 'sag-1000', version: '2.0.0.0' })
    await instance({ model: 'sag-1000', version: '1.9.9.9' })
    // Nothing is to be put in force.
    expect(await shown(AclId)).toEqual(none)
    await addAclRule(world(), AclId)
    expect(await shown(AclId)).toEqual({ ...none, ErrorConfigSmartAGCount: 1 })
    await addAclRule(world(), AclId, { side: 'WAN' })
    expect(await shown(AclId)).toEqual({ ...none, ErrorConfigSmartAGCount: 2 })
    // It was here with a program that does not know lists.
    const been = { seal_key: 'k', capabilities: 'qos' }
    await world().store.write((tx) => tx.updateTable('device').set(been).where('serial', '=', serial).execute())
    expect(await shown(AclId)).toEqual({ ...none, ErrorConfigSmartAGCount: 3 })
  })

  test('counts SAG APP instances while the program of the point of presence does not know lists', async () => {
    const AclId = await addAcl(world(), { type: 'acl-software' })
    await associateAcl(world(), await addApp(world(), {}), AclId)
    await addAclRule(world(), AclId)
    const count = async () => (await shown(AclId)).ErrorConfigSmartAGCount
    expect(await count()).toBe(0)
    const pop = await world().addDevice(undefined, { model: 'pop' })
    await world().store.write((tx) => addPop(tx, { serial: pop, endpoint: '203.0.113.1', at: 0 }))
    expect(await count()).toBe(1)
    await world().store.write((tx) => saveCapabilities(tx, pop, ['network', 'acl']))
    expect(await count()).toBe(0)
  })

  test('MissingParameter and InvalidId.ACL', async () => {
    for (const name of ['RegionId', 'AclId']) expect(await refused({ [name]: '' })).toBe('MissingParameter')
    for (const AclId of ['ACL', 'acl-none']) expect(await refused({ AclId })).toBe('InvalidId.ACL')
  })
})
