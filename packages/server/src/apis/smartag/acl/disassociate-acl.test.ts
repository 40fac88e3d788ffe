import { expect, test } from 'vitest'
import { addAcl, addAclRule, associateAcl, toldAcl } from '../../testing/acl.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { disassociateAcl as operation } from './disassociate-acl.ts'

testOperation(operation, (world) => {
  const refused = (AclId: string, SmartAGId: string, more: object = {}) =>
    world().refused(operation, { RegionId: regionId, AclId, SmartAGId, ...more })

  test('the instance has it no more, also with a device that could not have it, and its gateways are told', async () => {
    const [SmartAGId, AclId] = [await world().addInstance({ spec: 'sag-100wm' }), await addAcl(world())]
    const serial = await world().addDevice(SmartAGId, { model: 'sag-100wm', version: '1.9.9.9' })
    await addAclRule(world(), AclId)
    await associateAcl(world(), SmartAGId, AclId)
    world().told.length = 0
    expect(await world().call(operation, { RegionId: regionId, AclId, SmartAGId })).toEqual({})
    expect(world().told).toEqual([serial])
    expect(await toldAcl(world(), SmartAGId)).toBeUndefined()
    const shown = await world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId })
    expect(shown.AclIds).toEqual([])
    expect(await refused(AclId, SmartAGId)).toBe('SmartAGNotAssociateAcl')
  })

  test('MissingParameter, InvalidId.SMARTAG, Forbidden, InvalidId.ACL, SmartAGNotAssociateAcl', async () => {
    for (const name of ['RegionId', 'AclId', 'SmartAGId']) {
      expect(await refused('acl-none', 'sag-none', { [name]: '' })).toBe('MissingParameter')
    }
    const [AclId, other, SmartAGId] = [await addAcl(world()), await addAcl(world()), await world().addInstance()]
    await associateAcl(world(), SmartAGId, other)
    expect(await refused('acl-none', 'sag-none')).toBe('InvalidId.SMARTAG')
    expect(await refused(AclId, await world().addInstance({ accountId: otherAccountId }))).toBe('Forbidden')
    expect(await refused('acl-none', SmartAGId)).toBe('InvalidId.ACL')
    expect(await refused(AclId, SmartAGId)).toBe('SmartAGNotAssociateAcl')
  })
})
