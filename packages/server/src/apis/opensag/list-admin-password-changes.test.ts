import { expect, test } from 'vitest'
import { decidePasswordChange, journalPasswordChange } from '../../store/gateways/password-changes.ts'
import { accountId, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { listAdminPasswordChanges as operation } from './list-admin-password-changes.ts'

testOperation(operation, (world) => {
  const first = Date.UTC(2026, 0, 2)

  async function attempt(
    instanceId: string,
    { id, serial, at, outcome }: { id: string; serial: string; at: number; outcome?: 'succeeded' | 'failed' },
  ): Promise<void> {
    await world().store.write(async (tx) => {
      await journalPasswordChange(tx, {
        id,
        serial,
        instanceId,
        accountId,
        principal: `acs:ram::${accountId}:user/ops`,
        requestId: `request of ${id}`,
        requestedAt: at,
        generation: 7,
      })
      if (outcome !== undefined) await decidePasswordChange(tx, { id, outcome, at: at + 40 })
    })
  }

  const list = (params: Readonly<Record<string, string>>) => world().call(operation, params)

  const idsIn = (answer: Readonly<Record<string, unknown>>): readonly string[] =>
    (answer['Changes'] as readonly { ChangeId: string }[]).map(({ ChangeId }) => ChangeId)

  test('which, when, by whom and what came of it, the newest first', async () => {
    const id = await world().addInstance({ accountId })
    const serial = await world().addDevice(id)
    await attempt(id, { id: 'one', serial, at: first, outcome: 'succeeded' })
    await attempt(id, { id: 'two', serial, at: first + 1000, outcome: 'failed' })
    await attempt(id, { id: 'three', serial, at: first + 2000 })
    expect(await list({ SmartAGId: id })).toEqual({
      Changes: [
        {
          ChangeId: 'three',
          SerialNumber: serial,
          Generation: 7,
          Outcome: 'InProgress',
          RequestedAt: '2026-01-02T00:00:02.000Z',
          Principal: `acs:ram::${accountId}:user/ops`,
          RequestId: 'request of three',
        },
        expect.objectContaining({ ChangeId: 'two', Outcome: 'Failed', DecidedAt: '2026-01-02T00:00:01.040Z' }),
        expect.objectContaining({ ChangeId: 'one', Outcome: 'Succeeded', DecidedAt: '2026-01-02T00:00:00.040Z' }),
      ],
      MaxResults: 20,
    })
  })

  test('page by page nothing is told twice or left out, also where two began at once', async () => {
    const id = await world().addInstance({ accountId })
    const serial = await world().addDevice(id)
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await attempt(id, { id: name, serial, at: name < 'c' ? first : first + 1 })
    }
    const told: string[] = []
    let token: string | undefined
    do {
      const page = await list({ SmartAGId: id, MaxResults: '2', ...(token === undefined ? {} : { NextToken: token }) })
      told.push(...idsIn(page))
      token = page['NextToken'] as string | undefined
    } while (token !== undefined)
    expect(told).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  test('of one device only, also of one that is bound no more', async () => {
    const id = await world().addInstance({ accountId })
    await attempt(id, { id: 'one', serial: 'sag-gone', at: first })
    await attempt(id, { id: 'two', serial: 'sag-here', at: first })
    expect(idsIn(await list({ SmartAGId: id, SerialNumber: 'sag-gone' }))).toEqual(['one'])
    expect(idsIn(await list({ SmartAGId: id, SerialNumber: 'sag-never' }))).toEqual([])
  })

  test('what belongs to another instance of the account is not told', async () => {
    const [id, other] = [await world().addInstance({ accountId }), await world().addInstance({ accountId })]
    await attempt(other, { id: 'one', serial: 'sag-there', at: first })
    expect(idsIn(await list({ SmartAGId: id }))).toEqual([])
  })

  test('a token that is none is invalid', async () => {
    expect(await world().refused(operation, { SmartAGId: 'sag-x', NextToken: 'elsewhere' })).toBe('InvalidNextToken')
  })

  test('400/SAG.InstanceNoFound: no such instance, none named, or another account’s', async () => {
    const id = await world().addInstance({ accountId: otherAccountId })
    for (const params of [{}, { SmartAGId: 'sag-none' }, { SmartAGId: id }]) {
      expect(await world().refused(operation, params)).toBe('SAG.InstanceNoFound')
    }
  })
})
