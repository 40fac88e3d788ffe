import { describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../store/audit/audit.ts'
import { detailsText } from '../../store/audit/details.ts'
import { accountId, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { searchAuditEvents as operation } from './search-audit-events.ts'

const sag = (id: string): string => `acs:smartag:cn-shanghai:${accountId}:smartag/${id}`
const renamed = detailsText({
  things: [{ resource: sag('sag-2'), id: 'sag-2', name: 'München-Süd' }],
  changes: [{ resource: sag('sag-2'), field: 'CidrBlock', before: '10.64.0.0/24', after: '10.64.0.0/23' }],
  parameters: { SmartAGId: 'sag-2' },
})

testOperation(operation, (world) => {
  let count = 0
  const entry = (more: Partial<AuditEntry> = {}): AuditEntry => {
    count += 1
    return {
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
    }
  }
  async function record(...entries: readonly Partial<AuditEntry>[]): Promise<void> {
    for (const more of entries) await world().store.record(entry(more))
  }
  interface Shown {
    readonly requestId: string
    readonly eventName: string
    readonly through: string
  }
  interface Answer {
    readonly Events: readonly Shown[]
    readonly NextToken?: string
  }
  /** Without the searches themselves, which are in the trail too. */
  async function search(params: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const answer = (await world().call(operation, params)) as unknown as Answer
    return { ...answer, Events: answer.Events.filter(({ eventName }) => eventName !== operation.name) }
  }
  const ids = async (params: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
    (await search(params)).Events.map(({ requestId }) => requestId)

  test('an event is that of LookupEvents with what it came through, and those of other accounts are not found', async () => {
    await record({ details: renamed, resources: [sag('sag-2')] }, { accountId: otherAccountId })
    expect((await search()).Events).toMatchObject([
      {
        eventName: 'ModifySmartAccessGateway',
        eventTime: '2024-01-31T11:59:59Z',
        resources: [{ id: 'sag-2', name: 'München-Süd' }],
        changes: [{ field: 'CidrBlock', before: '10.64.0.0/24', after: '10.64.0.0/23' }],
        userIdentity: { userName: 'alice' },
        through: 'api',
      },
    ])
  })

  const ofConsole = { accessKeyId: 'STS.one', requestId: 'wanted' }
  test.each<[string, Partial<AuditEntry>, Readonly<Record<string, string>>]>([
    ['a user', { principal: `acs:ram::${accountId}:user/bob` }, { 'Users.1': 'carol', 'Users.2': 'bob' }],
    ['the account itself', { principal: `acs:ram::${accountId}:root` }, { 'Users.1': 'root' }],
    ['a session', { principal: `acs:sts::${accountId}:assumed-role/ops/eve` }, { 'Users.1': 'ops:eve' }],
    ['an operation', { action: 'CreateUser' }, { 'Operations.1': 'DeleteUser', 'Operations.2': 'CreateUser' }],
    ['an id', { resources: ['*', sag('sag-2')] }, { Object: 'SAG-2' }],
    [
      'the serial number of a device',
      { resources: [sag('sag-9'), `acs:smartag:*:${accountId}:device/sn1`] },
      { Object: 'sn1' },
    ],
    ['a name that it had then', { details: renamed }, { Object: 'münchen-süd' }],
    [
      'an instance, of its remote user',
      { resources: [`acs:smartag:*:${accountId}:clientuser/sag-2/anna`] },
      { Object: 'sag-2' },
    ],
    ['a remote user', { resources: [`acs:smartag:*:${accountId}:clientuser/sag-2/anna`] }, { Object: 'sag-2/anna' }],
    ['reads', { level: 'Read' }, { EventRW: 'Read' }],
    ['refusals', { outcome: 'Forbidden' }, { Outcome: 'Refused' }],
    ['the console', ofConsole, { Through: 'console' }],
    ['the logon to the console', { action: 'ConsoleSignin', principal: 'bob' }, { Through: 'console' }],
    ['the command line', { through: 'cli' }, { Through: 'cli' }],
    ['a job', { through: 'job', ...ofConsole }, { Through: 'job' }],
    ['words of a value and of a name', { details: renamed }, { Text: '10.64.0.0/23 SÜD' }],
    ['a request', { requestId: 'wanted' }, { Text: 'WANTED' }],
  ])('only events of %s', async (_what, wanted, params) => {
    await record({}, { ...wanted, requestId: 'wanted' }, {})
    expect(await ids(params)).toEqual(['wanted'])
  })

  test('conditions apply together', async () => {
    const both = { outcome: 'Forbidden', resources: [sag('sag-2')] }
    await record({ outcome: 'Forbidden' }, { resources: [sag('sag-2')] }, { ...both, requestId: 'wanted' })
    expect(await ids({ Object: 'sag-2', Outcome: 'Refused', EventRW: 'Write' })).toEqual(['wanted'])
    expect(await ids({ Object: 'sag-2', Outcome: 'Done' })).toHaveLength(1)
  })

  test('what a console only reads is left out unless it is wanted; what it writes and what others read is not', async () => {
    const session = { accessKeyId: 'STS.role', principal: `acs:sts::${accountId}:assumed-role/ops/eve` }
    await record({ ...ofConsole, level: 'Read', requestId: 'poll' })
    await record({ ...ofConsole, requestId: 'write' }, { level: 'Read', requestId: 'read' })
    await record({ ...session, level: 'Read', requestId: 'role' })
    expect(await ids()).toEqual(['role', 'read', 'write'])
    expect(await ids({ ConsoleReads: 'true' })).toEqual(['role', 'read', 'write', 'poll'])
  })

  test('only events between the two times, the last week without them', async () => {
    const day = 24 * 60 * 60 * 1000
    const { wallNow } = world()
    await record({ at: wallNow - 8 * day, requestId: 'old' }, { at: wallNow - 6 * day, requestId: 'new' })
    expect(await ids()).toEqual(['new'])
    const utc = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')
    expect(await ids({ StartTime: utc(wallNow - 9 * day), EndTime: utc(wallNow - 6 * day) })).toEqual(['old'])
  })

  test('pages leave nothing out and repeat nothing', async () => {
    for (let event = 0; event < 7; event += 1) await record({ at: world().wallNow - (event >> 1) })
    const all = await ids()
    const paged: string[] = []
    let NextToken: string | undefined
    do {
      const page = await search({ MaxResults: '3', ...(NextToken === undefined ? {} : { NextToken }) })
      paged.push(...page.Events.map(({ requestId }) => requestId))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(paged).toEqual(all)
    expect(all).toHaveLength(7)
  })

  describe('of very many events', () => {
    const many = async (total: number, more: Partial<Record<'level' | 'action', string>>): Promise<void> => {
      const row = { at: world().wallNow, account_id: accountId, principal: '', principal_id: '', access_key_id: '' }
      const rest = {
        source: '',
        product: 'Smartag',
        action: 'Common',
        level: 'Read' as const,
        resources: '',
        request_id: '',
      }
      const rows = Array.from({ length: 500 }, () => ({ ...row, ...rest, ...(more as { level?: 'Read' }) }))
      await world().store.write(async (tx) => {
        for (let part = 0; part < total; part += 500) await tx.insertInto('audit_event').values(rows).execute()
      })
    }

    test('one page looks through thirty thousand at most, and the token goes on behind them', async () => {
      await record({ requestId: 'rare', at: world().wallNow - 5000 })
      await many(31_000, {})
      const first = await search({ EventRW: 'Write' })
      expect(first.Events).toEqual([])
      const second = await search({ EventRW: 'Write', NextToken: String(first.NextToken) })
      expect(second.Events).toMatchObject([{ requestId: 'rare' }])
      expect(second).not.toHaveProperty('NextToken')
    })

    test('one page reads five thousand at most that only their words tell apart', async () => {
      await record({ requestId: 'rare', at: world().wallNow - 5000 })
      await many(5500, {})
      const first = await search({ Text: 'rare' })
      expect(first.Events).toEqual([])
      const second = await search({ Text: 'rare', NextToken: String(first.NextToken) })
      expect(second.Events).toMatchObject([{ requestId: 'rare' }])
    })
  })

  test.each([
    [{ StartTime: 'yesterday' }, 'InvalidStartTime'],
    [{ EndTime: 'today' }, 'InvalidEndTime'],
    [{ MaxResults: '101' }, 'InvalidMaxResults'],
    [{ EventRW: 'Both' }, 'InvalidEventRW'],
    [{ Outcome: 'OK' }, 'InvalidOutcome'],
    [{ Through: 'post' }, 'InvalidThrough'],
    [{ NextToken: 'x' }, 'InvalidNextToken'],
    [Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`Users.${n + 1}`, 'x'])), 'InvalidUsers'],
  ])('%j is %s', async (params, code) => {
    expect(await world().refused(operation, params as Readonly<Record<string, string>>)).toBe(code)
  })
})
