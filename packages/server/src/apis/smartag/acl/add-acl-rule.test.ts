import { expect, test } from 'vitest'
import { addAcl, addAclRule, associateAcl, toldAcl } from '../../testing/acl.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addAclRule as operation } from './add-acl-rule.ts'
import { describeAclAttribute } from './describe-acl-attribute.ts'

const tuple = {
  Direction: 'in',
  Policy: 'drop',
  IpProtocol: 'SSH(22)',
  SourceCidr: '10.1.0.0/24',
  SourcePortRange: '1/20',
  DestCidr: '0.0.0.0/0',
  DestPortRange: '22/22',
}

testOperation(operation, (world) => {
  const params = { RegionId: regionId, ...tuple }
  const refused = (more: object) => world().refused(operation, { ...params, AclId: 'acl-none', ...more })

  test('shown as it was sent, told to the gateways of the list', async () => {
    const [SmartAGId, AclId] = [await world().addInstance(), await addAcl(world())]
    const serial = await world().addDevice(SmartAGId)
    await associateAcl(world(), SmartAGId, AclId)
    world().told.length = 0
    const texts = { Name: 'doctest', Description: '访问规则' }
    const given = { ...params, AclId, Priority: '70', Type: 'WAN', ...texts }
    const { AcrId, GmtCreate, ...rest } = await world().call(operation, given)
    expect(AcrId).toMatch(/^acr-[a-z0-9]{18}$/)
    const shown = { ...tuple, ...texts, AclId, Priority: 70, Type: 'WAN', DpiGroupIds: [], DpiSignatureIds: [] }
    expect([Number(GmtCreate), rest]).toEqual([world().now, shown])
    const listed = await world().call(describeAclAttribute, { RegionId: regionId, AclId })
    expect(listed.Acrs).toEqual([{ ...shown, AcrId, GmtCreate, AclType: 'acl-hardware' }])
    expect(world().told).toEqual([serial])
    const packets = { protocol: 'tcp', from: '10.1.0.0/24', to: '0.0.0.0/0' }
    const ports = { fromPorts: { from: 1, to: 20 }, toPorts: { from: 22, to: 22 } }
    expect(await toldAcl(world(), SmartAGId)).toEqual([
      { policy: 'drop', direction: 'in', side: 'internet', ...packets, ...ports },
    ])
  })

  test('without more it is of priority 1, in the network, with empty texts', async () => {
    const all = { IpProtocol: 'ALL', SourcePortRange: '-1/-1', DestPortRange: '-1/-1' }
    expect(await world().call(operation, { ...params, ...all, AclId: await addAcl(world()) })).toMatchObject({
      ...all,
      ...{ Priority: 1, Type: 'LAN', Name: '', Description: '' },
    })
  })

  test('MissingParameter', async () => {
    for (const name of ['RegionId', 'AclId', ...Object.keys(tuple)]) {
      expect(await refused({ [name]: '', Description: 'x'.repeat(513) })).toBe('MissingParameter')
    }
  })

  test('what is wrong, in its order, before the list is looked for', async () => {
    const wrong: [object, string][] = [
      [{ Description: 'x'.repeat(513) }, 'InvalidDescription'],
      [{ IpProtocol: 'SCTP' }, 'NotSupportedProtocol'],
      [{ SourcePortRange: '80' }, 'InvalidPortRange'],
      [{ Type: 'DMZ' }, 'ACL.InvalidType'],
      [{ Priority: '0' }, 'InvalidParameter'],
    ]
    for (const [index, [one, code]] of wrong.entries()) {
      expect(await refused(one)).toBe(code)
      expect(await refused(Object.assign({}, ...wrong.slice(index).map(([more]) => more)))).toBe(code)
    }
    for (const ports of ['0/5', '1/70000', '9/1', '-1/80']) {
      expect(await refused({ IpProtocol: 'TCP', DestPortRange: ports })).toBe('InvalidPortRange')
    }
    expect(await refused({ DestPortRange: '23/23' })).toBe('InvalidPortRange')
    expect(await refused({ IpProtocol: 'ICMP' })).toBe('InvalidPortRange')
    const tooMany = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`DpiGroupIds.${index + 1}`, '1']))
    for (const one of [
      ...[{ Policy: 'reject' }, { Direction: 'both' }, { Priority: '101' }, { Name: '1' }],
      ...[{ SourceCidr: '10.0.0.1/24' }, { DestCidr: 'all' }, { 'DpiSignatureIds.1': 'web' }, tooMany],
    ]) {
      expect(await refused(one)).toBe('InvalidParameter')
    }
  })

  test('InvalidId.ACL: unknown, in another region or of another account', async () => {
    const foreign = await addAcl(world(), { accountId: otherAccountId })
    const away = await addAcl(world(), { regionId: 'cn-hangzhou' })
    for (const AclId of ['ACL', foreign, away]) expect(await refused({ AclId })).toBe('InvalidId.ACL')
  })

  test('ACL.InvalidType of a list for SAG APP: its users have no WAN', async () => {
    const AclId = await addAcl(world(), { type: 'acl-software' })
    expect(await refused({ AclId, Type: 'WAN' })).toBe('ACL.InvalidType')
  })

  test('ACL.NoSupportWanType: an instance of the list has an SAG-1000 older than 2.0.0', async () => {
    const [SmartAGId, AclId] = [await world().addInstance(), await addAcl(world())]
    await world().addDevice(SmartAGId, { model: 'sag-1000', version: '1.9.9.9' })
    await associateAcl(world(), SmartAGId, AclId)
    expect(await refused({ AclId, Type: 'WAN' })).toBe('ACL.NoSupportWanType')
    await world().call(operation, { ...params, AclId })
  })

  test('AcrPerAclAmountLimit: the 51st rule', async () => {
    const AclId = await addAcl(world())
    for (let index = 0; index < 49; index++) await addAclRule(world(), AclId)
    await world().call(operation, { ...params, AclId })
    expect(await refused({ AclId })).toBe('AcrPerAclAmountLimit')
  })

  test('a rule for applications is shown with them, and gateways are told', async () => {
    const [SmartAGId, AclId] = [await world().addInstance(), await addAcl(world())]
    await associateAcl(world(), SmartAGId, AclId)
    const ids = { 'DpiGroupIds.1': '5', 'DpiSignatureIds.1': '124', 'DpiSignatureIds.2': '91' }
    const added = await world().call(operation, { ...params, AclId, ...ids })
    expect(added).toMatchObject({ DpiGroupIds: ['5'], DpiSignatureIds: ['124', '91'] })
    expect(await toldAcl(world(), SmartAGId)).toMatchObject([{ applications: { groups: [5], signatures: [124, 91] } }])
  })

  test('FeatureNotSupport for applications of remote users: nobody recognises those', async () => {
    const AclId = await addAcl(world(), { type: 'acl-software' })
    for (const name of ['DpiGroupIds.1', 'DpiSignatureIds.1']) {
      expect(await refused({ AclId, Type: 'LAN', [name]: '5' })).toBe('FeatureNotSupport')
    }
  })

  test.each([
    ['FeatureNotSupport', ['1.9.9.9']],
    ['FeatureNotSupportForActiveSmartAG', ['1.9.9.9', '2.0.0.0']],
    ['FeatureNotSupportForStandBySmartAG', ['2.0.0.0', '1.9.9.9']],
  ])('%s: a small box that was bound since is older than 2.0.0 (%j)', async (code, versions) => {
    const [SmartAGId, AclId] = [await world().addInstance({ spec: 'sag-100wm' }), await addAcl(world())]
    await associateAcl(world(), SmartAGId, AclId)
    for (const version of versions) await world().addDevice(SmartAGId, { model: 'sag-100wm', version })
    expect(await refused({ AclId })).toBe(code)
  })
})
