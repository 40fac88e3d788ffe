import { describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../store/audit/audit.ts'
import { detailsText } from '../../store/audit/details.ts'
import { accountId, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { lookupEvents as operation } from './lookup-events.ts'

const sag = (id: string): string => `acs:smartag:cn-shanghai:${accountId}:smartag/${id}`

testOperation(operation, (world) => {
  let count = 0
  async function record(...entries: readonly Partial<AuditEntry>[]): Promise<void> {
    for (const more of entries) {
      count += 1
      await world().store.record({
        at: world().wallNow - 1000,
        accountId,
        principal: `acs:ram::${accountId}:user/alice`,
        principalId: '1',
        accessKeyId: 'LTAI5tAlicesKey',
        source: '192.0.2.1',
        product: 'Smartag',
        action: 'ModifySmartAccessGateway',
        level: 'Write',
        regionId: 'cn-shanghai',
        resources: [sag('sag-1')],
        outcome: undefined,
        requestId: `REQUEST-${count}`,
        ...more,
      })
    }
  }
  type Answer = { readonly Events: readonly { readonly eventName: string }[]; readonly NextToken?: string }
  /** Without the lookups themselves, which are in the trail too. */
  async function look(params: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const answer = (await world().call(operation, params)) as unknown as Answer
    return { ...answer, Events: answer.Events.filter(({ eventName }) => eventName !== operation.name) }
  }
  const names = async (params: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
    (await look(params)).Events.map(({ eventName }) => eventName)

  test('tells who did what, when, from where, on what and with what outcome', async () => {
    await record({ outcome: 'Forbidden', requestId: 'R' })
    const answer = await look()
    expect(answer).not.toHaveProperty('NextToken')
    expect(answer).toMatchObject({
      StartTime: '2024-01-24T12:00:00Z',
      EndTime: '2024-01-31T12:00:00Z',
      Events: [
        {
          eventId: 'R',
          eventType: 'ApiCall',
          eventTime: '2024-01-31T11:59:59Z',
          eventName: 'ModifySmartAccessGateway',
          eventRW: 'Write',
          serviceName: 'Smartag',
          acsRegion: 'cn-shanghai',
          requestId: 'R',
          sourceIpAddress: '192.0.2.1',
          errorCode: 'Forbidden',
          resourceType: 'ACS::Smartag::Smartag',
          resourceName: 'sag-1',
          userIdentity: {
            type: 'ram-user',
            accountId,
            principalId: '1',
            accessKeyId: 'LTAI5tAlicesKey',
            userName: 'alice',
          },
        },
      ],
    })
  })

  test('shows what was sent, what the resources are called and what changed', async () => {
    const resource = sag('sag-1')
    const details = detailsText({
      things: [{ resource, id: 'sag-1', name: 'branch' }],
      changes: [{ resource, field: 'Name', before: 'old', after: 'branch' }],
      parameters: { SmartAGId: 'sag-1', Name: 'branch' },
    })
    await record({ details }, {})
    const { Events } = await look()
    expect(Events[1]).toMatchObject({
      requestParameterJson: '{"SmartAGId":"sag-1","Name":"branch"}',
      resources: [{ resource, id: 'sag-1', name: 'branch' }],
      changes: [{ resource, field: 'Name', before: 'old', after: 'branch' }],
    })
    expect(Events[1]).not.toHaveProperty('isCut')
    expect(Events[0]).toMatchObject({ resources: [], changes: [] })
    expect(Events[0]).not.toHaveProperty('requestParameterJson')
  })

  test.each([
    [`acs:ram::${accountId}:root`, 'root-account', 'root'],
    [`acs:ram::${accountId}:user/bob`, 'ram-user', 'bob'],
    [`acs:sts::${accountId}:assumed-role/night-shift/carol`, 'assumed-role', 'night-shift:carol'],
  ])('%s is a %s called %s', async (principal, type, userName) => {
    await record({ principal })
    expect((await look()).Events).toMatchObject([{ userIdentity: { type, userName } }])
  })

  test('tells nothing of another account', async () => {
    await record({ accountId: otherAccountId })
    expect(await names()).toEqual([])
  })

  test('the newest come first, unless the oldest are wanted', async () => {
    const { wallNow } = world()
    await record(
      { action: 'Old', at: wallNow - 2000 },
      { action: 'New', at: wallNow },
      { action: 'Newer', at: wallNow },
    )
    expect(await names()).toEqual(['Newer', 'New', 'Old'])
    expect(await names({ Direction: 'FORWARD' })).toEqual(['Old', 'New', 'Newer'])
  })

  test.each(['FORWARD', 'BACKWARD'])('pages %s leave nothing out and repeat nothing', async (Direction) => {
    for (let event = 0; event < 7; event++) await record({ action: `E${event}`, at: world().wallNow - (event >> 1) })
    const all = await names({ Direction })
    const paged: string[] = []
    let NextToken: string | undefined
    do {
      const page = await look({ Direction, MaxResults: '3', ...(NextToken === undefined ? {} : { NextToken }) })
      paged.push(...page.Events.map(({ eventName }) => eventName))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(paged).toEqual(all)
    expect(all).toHaveLength(7)
  })

  test('only events between the two times', async () => {
    const at = Date.UTC(2024, 0, 5)
    await record({ action: 'Before', at: at - 1 }, { action: 'First', at }, { action: 'After', at: at + 3_600_000 })
    expect(await names({ StartTime: '2024-01-05T00:00:00Z', EndTime: '2024-01-05T01:00:00Z' })).toEqual(['First'])
  })

  describe('only events that fulfil the conditions', () => {
    test.each([
      ['ServiceName', 'ram'],
      ['EventName', 'createuser'],
      ['User', 'bob'],
      ['EventId', 'wanted'],
      ['ResourceType', 'ACS::Ram::User'],
      ['ResourceName', 'carol'],
      ['EventRW', 'read'],
      ['EventAccessKeyId', 'LTAI5tBobsKey'],
    ])('%s %s', async (Key, Value) => {
      const wanted = {
        product: 'Ram',
        action: 'CreateUser',
        principal: `acs:ram::${accountId}:user/bob`,
        requestId: 'WANTED',
        resources: [sag('sag-2'), `acs:ram:*:${accountId}:user/carol`],
        level: 'Read',
        accessKeyId: 'LTAI5tBobsKey',
      } as const
      await record({}, wanted, {})
      expect(await names({ 'LookupAttribute.1.Key': Key, 'LookupAttribute.1.Value': Value })).toEqual(['CreateUser'])
    })

    test('both of two', async () => {
      await record({ outcome: 'A' }, { level: 'Read' }, { level: 'Read', product: 'Ram', action: 'GetUser' })
      const two = { 'LookupAttribute.1.Key': 'EventRW', 'LookupAttribute.1.Value': 'Read' }
      const and = { 'LookupAttribute.2.Key': 'ServiceName', 'LookupAttribute.2.Value': 'Ram' }
      expect(await names({ ...two, ...and })).toEqual(['GetUser'])
    })
  })

  test('what is looked at for one page is bounded, and the token goes on behind it', async () => {
    await world().store.write(async (tx) => {
      const row = { at: world().wallNow, account_id: accountId, principal: '', principal_id: '', access_key_id: '' }
      const many = Array.from({ length: 500 }, () => ({
        ...row,
        ...{ source: '', product: 'Smartag', action: 'Common', level: 'Read' as const, resources: '', request_id: '' },
      }))
      for (let part = 0; part < 11; part++) await tx.insertInto('audit_event').values(many).execute()
    })
    await record({ action: 'Rare', at: world().wallNow - 5000 })
    const rare = { 'LookupAttribute.1.Key': 'EventName', 'LookupAttribute.1.Value': 'Rare' }
    const first = await look(rare)
    expect(first.Events).toEqual([])
    expect(first.NextToken).toBeDefined()
    const second = await look({ ...rare, NextToken: String(first.NextToken) })
    expect(second.Events).toHaveLength(1)
    expect(second.NextToken).toBeUndefined()
  })

  test.each([
    [{ StartTime: '2024-01-05T00:00:00Z' }, 'InvalidEndTime'],
    [{ EndTime: '2024-01-05T00:00:00Z' }, 'InvalidStartTime'],
    [{ StartTime: 'yesterday' }, 'InvalidStartTime'],
    [{ MaxResults: '51' }, 'InvalidMaxResults'],
    [{ Direction: 'UP' }, 'InvalidDirection'],
    [{ NextToken: 'x' }, 'InvalidNextToken'],
  ])('%j is %s', async (params, code) => {
    expect(await world().refused(operation, params as Readonly<Record<string, string>>)).toBe(code)
  })
})
