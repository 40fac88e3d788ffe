import { expect, test } from 'vitest'
import type { Operation } from '../apis/operation.ts'
import { allOperations } from '../apis/registry.ts'
import { accountId, otherAccountId, regionId, testInWorld } from '../apis/testing/harness.suite.ts'
import { type AuditDetails, readDetails } from '../store/audit/details.ts'

function operation(name: string): Operation {
  const found = allOperations.find((one) => one.name === name)
  if (found === undefined) throw new Error(`There is no ${name}.`)
  return found
}

testInWorld('an audit entry', (world) => {
  const call = (name: string, params: Readonly<Record<string, string>>) => world().call(operation(name), params)
  const refused = (name: string, params: Readonly<Record<string, string>>) => world().refused(operation(name), params)

  async function newest(name: string): Promise<AuditDetails & { readonly resources: readonly string[] }> {
    const entry = await world().store.read((db) =>
      db
        .selectFrom('audit_event')
        .selectAll()
        .where('action', '=', name)
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow(),
    )
    return { ...readDetails(entry.details ?? undefined), resources: entry.resources.split(' ') }
  }

  const sag = (id: string): string => `acs:smartag:${regionId}:${accountId}:smartag/${id}`

  test('of a change has the fields that changed, before and after, and the name of the thing', async () => {
    const SmartAGId = await world().addInstance()
    await call('ModifySmartAccessGateway', { RegionId: regionId, SmartAGId, Name: 'before', CidrBlock: '10.1.0.0/24' })
    await call('ModifySmartAccessGateway', {
      RegionId: regionId,
      SmartAGId,
      Name: 'after',
      CidrBlock: '10.1.0.0/24,10.2.0.0/24',
      Position: 'Hangzhou',
    })
    const resource = sag(SmartAGId)
    const entry = await newest('ModifySmartAccessGateway')
    expect(entry.resources).toEqual([resource])
    expect(entry.things).toEqual([{ resource, id: SmartAGId, name: 'before' }])
    expect(entry.changes).toEqual([
      { resource, field: 'Name', before: 'before', after: 'after' },
      { resource, field: 'CidrBlock', before: '10.1.0.0/24', after: '10.1.0.0/24,10.2.0.0/24' },
      { resource, field: 'Position', after: 'Hangzhou' },
    ])
    expect(entry.parameters).toMatchObject({ SmartAGId, Name: 'after', Position: 'Hangzhou' })
  })

  test('of what was made names it, by the id that only the answer has', async () => {
    const { CcnId } = await call('CreateCloudConnectNetwork', { RegionId: regionId, Name: 'branches' })
    const entry = await newest('CreateCloudConnectNetwork')
    const resource = `acs:smartag:${regionId}:${accountId}:ccn/${CcnId}`
    expect(entry.resources).toEqual([resource])
    expect(entry.things).toEqual([{ resource, id: CcnId, name: 'branches' }])
    expect(entry.changes).toContainEqual({ resource, field: 'Name', after: 'branches' })
  })

  test('of what was removed has what it was', async () => {
    const { CcnId } = await call('CreateCloudConnectNetwork', { RegionId: regionId, Name: 'branches' })
    await call('DeleteCloudConnectNetwork', { RegionId: regionId, CcnId: String(CcnId) })
    const { things, changes } = await newest('DeleteCloudConnectNetwork')
    expect(things).toMatchObject([{ id: CcnId, name: 'branches' }])
    expect(changes).toContainEqual(expect.objectContaining({ field: 'Name', before: 'branches' }))
    expect(changes.every(({ after }) => after === undefined)).toBe(true)
  })

  test('of a user that gets another name has both names, and the id that stays', async () => {
    await call('CreateUser', { UserName: 'alice' })
    await call('UpdateUser', { UserName: 'alice', NewUserName: 'bob', NewComments: 'night shift' })
    const { things, changes } = await newest('UpdateUser')
    expect(things).toEqual([
      { resource: expect.stringMatching(/:user\/alice$/), id: expect.stringMatching(/^\d+$/), name: 'alice' },
    ])
    expect(changes).toMatchObject([
      { field: 'Name', before: 'alice', after: 'bob' },
      { field: 'Comments', after: 'night shift' },
    ])
  })

  test('of an attachment has the policies before and after', async () => {
    await call('CreateUser', { UserName: 'alice' })
    const policy = { PolicyType: 'System', PolicyName: 'AliyunSmartAccessGatewayFullAccess' }
    await call('AttachPolicyToUser', { UserName: 'alice', ...policy })
    const { changes } = await newest('AttachPolicyToUser')
    expect(changes).toMatchObject([{ field: 'Policies', before: '', after: `System:${policy.PolicyName}` }])
  })

  test('of a key has its id and never its secret', async () => {
    const { AccessKey } = (await call('CreateAccessKey', {})) as unknown as {
      readonly AccessKey: { readonly AccessKeyId: string; readonly AccessKeySecret: string }
    }
    const entry = await newest('CreateAccessKey')
    expect(entry.resources).toContain(`acs:ram:*:${accountId}:accesskey/${AccessKey.AccessKeyId}`)
    expect(JSON.stringify(entry)).not.toContain(AccessKey.AccessKeySecret)
    await call('UpdateAccessKey', { UserAccessKeyId: AccessKey.AccessKeyId, Status: 'Active' })
    expect((await newest('UpdateAccessKey')).changes).toEqual([])
  })

  test('of a call that was refused has what was asked for, and no change', async () => {
    const SmartAGId = await world().addInstance()
    await refused('ModifySmartAccessGateway', {
      RegionId: regionId,
      SmartAGId,
      Name: 'new',
      SecurityLockThreshold: 'x',
    })
    const entry = await newest('ModifySmartAccessGateway')
    expect(entry.parameters).toMatchObject({ Name: 'new', SecurityLockThreshold: 'x' })
    expect(entry.changes).toEqual([])
    expect(entry.resources).toEqual([sag(SmartAGId)])
  })

  test('of a call about a thing of another account tells nothing of it', async () => {
    const SmartAGId = await world().addInstance({ accountId: otherAccountId, name: 'their-branch' })
    await refused('ModifySmartAccessGateway', { RegionId: regionId, SmartAGId, Name: 'mine' })
    const entry = await newest('ModifySmartAccessGateway')
    expect(JSON.stringify(entry)).not.toContain('their-branch')
    expect(entry).toMatchObject({ things: [], changes: [] })
  })

  test('of a call that reaches a gateway has its own changes, and none that another call made meanwhile', async () => {
    const SmartAGId = await world().addInstance()
    const SerialNumber = await world().addDevice(SmartAGId)
    world().gateways.meanwhile = async () => {
      await call('ModifySmartAccessGateway', { RegionId: regionId, SmartAGId, Name: 'meanwhile' })
    }
    await call('RebootSmartAccessGateway', { RegionId: regionId, SmartAGId, SerialNumber })
    const entry = await newest('RebootSmartAccessGateway')
    expect(entry.things.map(({ id }) => id)).toEqual([SmartAGId, SerialNumber])
    expect(entry.changes.filter(({ field }) => field === 'Name')).toEqual([])
  })
})
