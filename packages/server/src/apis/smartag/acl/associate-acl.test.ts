import { expect, test } from 'vitest'
import { addAcl, addAclRule, toldAcl } from '../../testing/acl.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { describeSmartAccessGateways } from '../instances/describe-smart-access-gateways.ts'
import { associateAcl as operation } from './associate-acl.ts'

testOperation(operation, (world) => {
  const call = (AclId: string, SmartAGId: string) => world().call(operation, { RegionId: regionId, AclId, SmartAGId })
  const refused = (AclId: string, SmartAGId: string, more: object = {}) =>
    world().refused(operation, { RegionId: regionId, AclId, SmartAGId, ...more })

  test('the instance shows it, and its gateways are told its rules in the order in which they are asked', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const AclId = await addAcl(world())
    await addAclRule(world(), AclId, { priority: 2, side: 'WAN' })
    await addAclRule(world(), AclId, { policy: 'accept', protocol: 'HTTP(80)', destPorts: '80/80', direction: 'in' })
    world().told.length = 0

    expect(await call(AclId, SmartAGId)).toEqual({})
    expect(world().told).toEqual([serial])
    const anywhere = { from: '0.0.0.0/0', to: '0.0.0.0/0' }
    const http = { protocol: 'tcp', ...anywhere, toPorts: { from: 80, to: 80 } }
    expect(await toldAcl(world(), SmartAGId)).toEqual([
      { policy: 'accept', direction: 'in', side: 'network', ...http },
      { policy: 'drop', direction: 'out', side: 'internet', protocol: 'any', ...anywhere },
    ])
    const attribute = await world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId })
    expect(attribute.AclIds).toEqual([AclId])
  })

  test('the list of instances shows which have it, and which have not', async () => {
    const [first, second] = [await world().addInstance(), await world().addInstance()]
    const AclId = await addAcl(world())
    await call(AclId, first)
    const ids = async (filter: object) => {
      const { SmartAccessGateways } = await world().call(describeSmartAccessGateways, { ...filter })
      const list = SmartAccessGateways as { SmartAGId: string; AclIds?: string }[]
      return list.map(({ SmartAGId, AclIds }) => [SmartAGId, AclIds])
    }
    expect(await ids({ AclIds: `acl-none,${AclId}` })).toEqual([[first, AclId]])
    expect(await ids({ AclIds: 'acl-none' })).toEqual([])
    expect(await ids({ UnboundAclIds: `acl-none,${AclId}` })).toEqual([[second, undefined]])
  })

  test('MissingParameter', async () => {
    for (const name of ['RegionId', 'AclId', 'SmartAGId']) {
      expect(await refused('acl-none', 'sag-none', { [name]: '' })).toBe('MissingParameter')
    }
  })

  test('InvalidId.SMARTAG, Forbidden for one of another account, then InvalidId.ACL', async () => {
    const [AclId, SmartAGId] = [await addAcl(world()), await world().addInstance()]
    expect(await refused('acl-none', 'sag-none')).toBe('InvalidId.SMARTAG')
    expect(await refused(AclId, await world().addInstance({ regionId: 'cn-hangzhou' }))).toBe('InvalidId.SMARTAG')
    expect(await refused(AclId, await world().addInstance({ accountId: otherAccountId }))).toBe('Forbidden')
    for (const given of [{ regionId: 'cn-hangzhou' }, { accountId: otherAccountId }]) {
      expect(await refused(await addAcl(world(), given), SmartAGId)).toBe('InvalidId.ACL')
    }
    expect(await refused('ACL', SmartAGId)).toBe('InvalidId.ACL')
  })

  test('a list is for gateways or for SAG APP instances', async () => {
    const [hardware, software] = [await addAcl(world()), await addAcl(world(), { type: 'acl-software' })]
    const app = await addApp(world(), {})
    expect(await refused(hardware, app)).toBe('SAG.SoftwareNotSupport')
    expect(await refused(software, await world().addInstance())).toBe('FeatureNotSupport')
    expect(await refused(software, await world().addInstance({ kind: 'vcpe' }))).toBe('FeatureNotSupport')
    await call(software, app)
    expect(await refused(software, app)).toBe('SmartAGAlreadyAssociateAcl')
  })

  test.each([
    ['FeatureNotSupport', ['1.9.9.9']],
    ['FeatureNotSupportForActiveSmartAG', ['1.9.9.9', '2.0.0.0']],
    ['FeatureNotSupportForStandBySmartAG', ['2.0.0.0', '1.9.9.9']],
  ])('%s: small boxes older than 2.0.0; large ones, when a rule is of the Internet (%j)', async (code, versions) => {
    const [small, large] = [await world().addInstance({ spec: 'sag-100wm' }), await world().addInstance()]
    for (const version of versions) {
      await world().addDevice(small, { model: 'sag-100wm', version })
      await world().addDevice(large, { model: 'sag-1000', version })
    }
    const [AclId, ofInternet] = [await addAcl(world()), await addAcl(world())]
    await addAclRule(world(), ofInternet, { side: 'WAN' })
    expect(await refused(AclId, small)).toBe(code)
    expect(await refused(ofInternet, large)).toBe(code)
    await call(AclId, large)
  })

  test('an instance that has it already, or another one', async () => {
    const [AclId, other, SmartAGId] = [await addAcl(world()), await addAcl(world()), await world().addInstance()]
    await call(AclId, SmartAGId)
    expect(await refused(AclId, SmartAGId)).toBe('SmartAGAlreadyAssociateAcl')
    expect(await refused(other, SmartAGId)).toBe('AclPerSmartagAmountLimit')
  })
})
