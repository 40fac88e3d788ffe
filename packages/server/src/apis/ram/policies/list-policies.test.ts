import { expect, test } from 'vitest'
import { systemPolicies } from '../../../model/system-policies.ts'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addUser, attach, began, change, toUser } from '../testing.suite.ts'
import { listPolicies as operation } from './list-policies.ts'

testOperation(operation, (world) => {
  const system = [...systemPolicies.keys()].map((name) => `System ${name}`)

  async function all(params: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const shown: string[] = []
    let Marker: unknown
    do {
      const page = await world().call(operation, {
        ...params,
        ...(Marker === undefined ? {} : { Marker: `${Marker}` }),
      })
      const policies = page['Policies'] as { PolicyType: string; PolicyName: string }[]
      shown.push(...policies.map(({ PolicyType, PolicyName }) => `${PolicyType} ${PolicyName}`))
      Marker = page['Marker']
      expect(page['IsTruncated']).toBe(Marker !== undefined)
    } while (Marker !== undefined)
    return shown
  }

  test.each(['1', '2', '3', '1000'])('own ones by name, then those of the system, %s on a page', async (MaxItems) => {
    for (const name of ['b', 'a', 'AdministratorAccess']) await addPolicy(world(), name)
    await addPolicy(world(), 'c', { accountId: otherAccountId })
    const own = ['Custom AdministratorAccess', 'Custom a', 'Custom b']
    expect(await all({ MaxItems })).toEqual([...own, ...system])
    expect(await all({ MaxItems, PolicyType: 'Custom' })).toEqual(own)
    expect(await all({ MaxItems, PolicyType: 'System' })).toEqual(system)
  })

  test('tells how often each is attached', async () => {
    await addPolicy(world(), 'a')
    await addPolicy(world(), 'b')
    await attach(world(), toUser(await addUser(world())), 'b')
    expect(await world().call(operation, { PolicyType: 'Custom' })).toMatchObject({
      Policies: [
        { PolicyName: 'a', AttachmentCount: 0, DefaultVersion: 'v1', CreateDate: began },
        { PolicyName: 'b', AttachmentCount: 1 },
      ],
    })
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  test('shows tags, and lists the custom policies that have all of the tags asked for', async () => {
    for (const name of ['a', 'b']) await addPolicy(world(), name)
    await change(world(), ({ tags }) => tags.put(accountId, 'policy', 'b', [{ key: 'team', value: 'net' }]))
    const { Policies } = await world().call(operation, { 'Tag.1.Key': 'team' })
    expect(Policies).toMatchObject([{ PolicyName: 'b', Tags: [{ TagKey: 'team', TagValue: 'net' }] }])
    const paged = { MaxItems: '1', 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' }
    expect(await world().call(operation, paged)).toMatchObject({ IsTruncated: false })
    const ofSystem = { PolicyType: 'System', 'Tag.1.Key': 'team' }
    expect(await world().call(operation, ofSystem)).toMatchObject({ Policies: [], IsTruncated: false })
  })

  test('InvalidParameter.Tag.Format', async () => {
    expect(await world().refused(operation, { 'Tag.1.Key': 'acs:a' })).toBe('InvalidParameter.Tag.Format')
  })
})
