import { expect, test } from 'vitest'
import { addAlert } from '../../testing/alerts.suite.ts'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { acknowledgeAlert } from './acknowledge-alert.ts'
import { listAlerts as operation } from './list-alerts.ts'

testOperation(operation, (world) => {
  const idsIn = (answer: Readonly<Record<string, unknown>>): readonly string[] =>
    (answer['Alerts'] as readonly { AlertId: string }[]).map(({ AlertId }) => AlertId)

  test('those that are open and of the account, the newest first, page by page', async () => {
    const openedAt = world().wallNow
    await addAlert(world(), { id: 'alert-a', openedAt: openedAt - 2 })
    await addAlert(world(), { id: 'alert-b', openedAt })
    await addAlert(world(), { id: 'alert-c', openedAt })
    await addAlert(world(), { id: 'alert-pending', state: 'Pending', openedAt: undefined })
    await addAlert(world(), { id: 'alert-other', accountId: otherAccountId })
    const first = await world().call(operation, { MaxResults: '2' })
    expect([idsIn(first), first['LiveCount']]).toEqual([['alert-c', 'alert-b'], 3])
    const rest = await world().call(operation, { MaxResults: '2', NextToken: String(first['NextToken']) })
    expect([idsIn(rest), rest['NextToken']]).toEqual([['alert-a'], undefined])
  })

  test('by state and rule, with who acknowledged it', async () => {
    await addAlert(world(), { id: 'alert-a', ruleId: 'ar-a' })
    await addAlert(world(), { id: 'alert-b', ruleId: 'ar-b' })
    await world().call(acknowledgeAlert, { AlertId: 'alert-a' })
    expect(idsIn(await world().call(operation, { State: 'Open' }))).toEqual(['alert-b'])
    expect(idsIn(await world().call(operation, { AlertRuleId: 'ar-a' }))).toEqual(['alert-a'])
    expect(await world().call(operation, { State: 'Acknowledged' })).toMatchObject({
      Alerts: [{ AcknowledgedBy: expect.stringMatching(/^acs:ram::\d+:root$/), AcknowledgeTime: expect.any(String) }],
      LiveCount: 2,
    })
  })

  test('a token that is none is invalid', async () => {
    expect(await world().refused(operation, { NextToken: 'elsewhere' })).toBe('InvalidNextToken')
  })
})
