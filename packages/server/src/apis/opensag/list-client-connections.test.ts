import { expect, test } from 'vitest'
import { recordConnection } from '../../store/remote-users/client-sessions.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { listClientConnections as operation } from './list-client-connections.ts'

testOperation(operation, (world) => {
  const at = Date.UTC(2026, 0, 2)
  const list = (params: Readonly<Record<string, string>>) => world().call(operation, params)

  async function record(instanceId: string, userName: string, more: object = {}): Promise<void> {
    const event = { event: 'logon', at, terminal: 'Linux', source: '192.0.2.1', detail: '' } as const
    await world().store.write((tx) => recordConnection(tx, { ...event, instanceId, userName, ...more }))
  }

  async function app(isAudited = true): Promise<string> {
    const id = await world().addInstance({ kind: 'app' })
    await world().fleet.configure(id, { connectionAudit: isAudited })
    return id
  }

  const usersIn = (answer: Readonly<Record<string, unknown>>): readonly string[] =>
    (answer['Connections'] as readonly { UserName: string }[]).map(({ UserName }) => UserName)

  test('who logged on and off, from where and with what, and who was refused and why, the newest first', async () => {
    const id = await app()
    await record(id, 'anna', { address: 0x0a_00_00_02 })
    await record(id, 'bert', { event: 'refused', detail: 'LogonFailed', at: at + 1000 })
    expect(await list({ SmartAGId: id })).toEqual({
      Connections: [
        {
          ConnectionId: expect.stringMatching(/^\d+$/),
          Time: '2026-01-02T00:00:01.000Z',
          UserName: 'bert',
          Event: 'Refused',
          Terminal: 'Linux',
          SourceIp: '192.0.2.1',
          Reason: 'LogonFailed',
        },
        {
          ConnectionId: expect.any(String),
          Time: '2026-01-02T00:00:00.000Z',
          UserName: 'anna',
          Event: 'Logon',
          Terminal: 'Linux',
          SourceIp: '192.0.2.1',
          ClientIp: '10.0.0.2',
        },
      ],
      MaxResults: 20,
    })
  })

  test('nothing is recorded of an instance whose audit is off, and what was recorded before stays', async () => {
    const id = await app(false)
    await record(id, 'anna')
    expect(usersIn(await list({ SmartAGId: id }))).toEqual([])
    await world().fleet.configure(id, { connectionAudit: true })
    await record(id, 'bert')
    await world().fleet.configure(id, { connectionAudit: false })
    await record(id, 'carl')
    expect(usersIn(await list({ SmartAGId: id }))).toEqual(['bert'])
  })

  test('page by page, of one instance and of one user only', async () => {
    const [id, other] = [await app(), await app()]
    for (const user of ['anna', 'bert', 'anna', 'anna']) await record(id, user)
    await record(other, 'anna')
    const params = { SmartAGId: id, UserName: 'anna', MaxResults: '2' }
    const page = await list(params)
    expect(usersIn(page)).toEqual(['anna', 'anna'])
    const rest = await list({ ...params, NextToken: String(page['NextToken']) })
    expect([usersIn(rest), rest['NextToken']]).toEqual([['anna'], undefined])
  })

  test('a token that is none is invalid', async () => {
    expect(await world().refused(operation, { SmartAGId: 'sag-x', NextToken: 'elsewhere' })).toBe('InvalidNextToken')
  })

  test('400/SAG.InstanceNoFound: no such instance, none that has users, none named, or another account’s', async () => {
    const id = await world().addInstance({ kind: 'app', accountId: otherAccountId })
    const hardware = await world().addInstance()
    const elsewhere = { RegionId: 'cn-hangzhou', SmartAGId: await app() }
    for (const params of [{}, { SmartAGId: 'sag-none' }, { SmartAGId: id }, { SmartAGId: hardware }, elsewhere]) {
      expect(await world().refused(operation, params as Readonly<Record<string, string>>)).toBe('SAG.InstanceNoFound')
    }
  })
})
