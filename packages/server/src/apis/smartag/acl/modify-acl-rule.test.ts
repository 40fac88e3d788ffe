import { expect, test } from 'vitest'
import { addAcl, addAclRule, associateAcl, toldAcl } from '../../testing/acl.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeAclAttribute } from './describe-acl-attribute.ts'
import { modifyAclRule as operation } from './modify-acl-rule.ts'

testOperation(operation, (world) => {
  const params = { RegionId: regionId }
  const refused = (more: object) =>
    world().refused(operation, { ...params, AclId: 'acl-none', AcrId: 'acr-none', ...more })

  async function shown(AclId: string): Promise<unknown> {
    const { Acrs } = await world().call(describeAclAttribute, { ...params, AclId })
    return (Acrs as unknown[])[0]
  }

  test('what is sent changes, blank texts go, and the gateways of the list are told', async () => {
    const [SmartAGId, AclId] = [await world().addInstance(), await addAcl(world())]
    await associateAcl(world(), SmartAGId, AclId)
    const AcrId = await addAclRule(world(), AclId, { name: 'before', description: 'before' })
    const change = { Policy: 'accept', Direction: 'in', IpProtocol: 'Udp', SourceCidr: '10.1.0.0/24' }
    const more = { DestCidr: '10.2.0.0/24', SourcePortRange: '1/2', DestPortRange: '3/4', Priority: '2' }
    const answer = await world().call(operation, { ...params, AclId, AcrId, ...change, ...more, Type: 'WAN' })
    const now = { ...change, ...more, AclId, AcrId, Priority: 2, Name: 'before', Description: 'before' }
    expect(answer).toMatchObject(now)
    expect(answer).not.toHaveProperty('Type')
    expect(await shown(AclId)).toMatchObject({ ...now, Type: 'WAN' })
    expect(await toldAcl(world(), SmartAGId)).toMatchObject([{ policy: 'accept', direction: 'in', protocol: 'udp' }])

    await world().call(operation, { ...params, AclId, AcrId, Name: '', Description: '' })
    expect(await shown(AclId)).toMatchObject({ ...now, Name: '', Description: '' })
  })

  test('what is missing or wrong, in its order, before anything is looked for', async () => {
    for (const name of ['RegionId', 'AclId', 'AcrId']) {
      expect(await refused({ [name]: '', IpProtocol: 'SCTP' })).toBe('MissingParameter')
    }
    const wrong: [object, string][] = [
      [{ Description: 'x'.repeat(513) }, 'InvalidDescription'],
      [{ IpProtocol: '' }, 'NotSupportedProtocol'],
      [{ DestPortRange: '' }, 'InvalidPortRange'],
      [{ Type: '' }, 'ACL.InvalidType'],
      [{ Priority: '' }, 'InvalidParameter'],
    ]
    for (const [index, [one, code]] of wrong.entries()) {
      expect(await refused(one)).toBe(code)
      expect(await refused(Object.assign({}, ...wrong.slice(index).map(([more]) => more)))).toBe(code)
    }
    for (const one of [
      ...[{ Policy: '' }, { Direction: '' }, { SourceCidr: '' }, { DestCidr: '10.0.0.1/24' }, { Name: '1' }],
      { 'DpiGroupIds.1': 'web' },
    ]) {
      expect(await refused(one)).toBe('InvalidParameter')
    }
    expect(await refused({})).toBe('InvalidId.ACL')
  })

  test('InvalidId.ACR: unknown or of another list; then what the rule would be', async () => {
    const [AclId, other] = [await addAcl(world()), await addAcl(world())]
    const AcrId = await addAclRule(world(), other)
    for (const id of ['ACR', 'acr-none', AcrId]) expect(await refused({ AclId, AcrId: id })).toBe('InvalidId.ACR')
    expect(await refused({ AclId: other, AcrId, DestPortRange: '80/80' })).toBe('InvalidPortRange')
  })

  test('applications are changed, and stay where they are not sent', async () => {
    const AclId = await addAcl(world())
    const AcrId = await addAclRule(world(), AclId, { applications: { groups: [5], signatures: [91] } })
    const change = (more: Readonly<Record<string, string>>) =>
      world().call(operation, { RegionId: regionId, AclId, AcrId, ...more })
    expect(await change({ 'DpiSignatureIds.1': '7' })).toMatchObject({ DpiGroupIds: ['5'], DpiSignatureIds: ['7'] })
    expect(await change({ Priority: '9' })).toMatchObject({ DpiGroupIds: ['5'], DpiSignatureIds: ['7'] })
  })

  test('FeatureNotSupport for applications of remote users: nobody recognises those', async () => {
    const AclId = await addAcl(world(), { type: 'acl-software' })
    const AcrId = await addAclRule(world(), AclId)
    for (const name of ['DpiGroupIds.1', 'DpiSignatureIds.1']) {
      expect(await refused({ AclId, AcrId, Type: 'LAN', [name]: '5' })).toBe('FeatureNotSupport')
    }
  })

  test('ACL.InvalidType of a list for SAG APP: its users have no WAN', async () => {
    const AclId = await addAcl(world(), { type: 'acl-software' })
    const AcrId = await addAclRule(world(), AclId)
    expect(await refused({ AclId, Type: 'WAN', AcrId })).toBe('ACL.InvalidType')
  })

  test('ACL.NoSupportWanType: an instance of the list has an SAG-1000 older than 2.0.0', async () => {
    const [SmartAGId, AclId] = [await world().addInstance(), await addAcl(world())]
    const AcrId = await addAclRule(world(), AclId)
    await world().addDevice(SmartAGId, { model: 'sag-1000', version: '1.9.9.9' })
    await associateAcl(world(), SmartAGId, AclId)
    expect(await refused({ AclId, Type: 'WAN', AcrId })).toBe('ACL.NoSupportWanType')
    await world().call(operation, { ...params, AclId, AcrId })
  })

  test.each([
    ['FeatureNotSupport', ['1.9.9.9']],
    ['FeatureNotSupportForActiveSmartAG', ['1.9.9.9', '2.0.0.0']],
    ['FeatureNotSupportForStandBySmartAG', ['2.0.0.0', '1.9.9.9']],
  ])('%s: a small box that was bound since is older than 2.0.0 (%j)', async (code, versions) => {
    const [SmartAGId, AclId] = [await world().addInstance({ spec: 'sag-100wm' }), await addAcl(world())]
    const AcrId = await addAclRule(world(), AclId)
    await associateAcl(world(), SmartAGId, AclId)
    for (const version of versions) await world().addDevice(SmartAGId, { model: 'sag-100wm', version })
    expect(await refused({ AclId, AcrId })).toBe(code)
  })
})
