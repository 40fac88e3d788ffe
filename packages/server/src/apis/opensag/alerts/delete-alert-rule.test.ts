import { expect, test } from 'vitest'
import { addAlert, addChannel, addRule, elsewhereRefused } from '../../testing/alerts.suite.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { deleteAlertRule as operation } from './delete-alert-rule.ts'
import { listAlertRules } from './list-alert-rules.ts'
import { listAlerts } from './list-alerts.ts'

testOperation(operation, (world) => {
  test('it is gone, its alerts are closed, and those of other rules are not', async () => {
    const channel = await addChannel(world())
    const [id, other] = [await addRule(world(), channel), await addRule(world(), channel)]
    await addAlert(world(), { id: 'alert-one', ruleId: id })
    await addAlert(world(), { id: 'alert-two', ruleId: other })
    await world().call(operation, { AlertRuleId: id })
    expect(await world().call(listAlertRules)).toMatchObject({ AlertRules: [{ AlertRuleId: other }] })
    expect(await world().call(listAlerts)).toMatchObject({ Alerts: [{ AlertId: 'alert-two' }] })
    expect(await world().call(listAlerts, { State: 'Closed' })).toMatchObject({ Alerts: [{ RuleName: 'Offline' }] })
  })

  test('404/InvalidAlertRuleId.NotFound: none, or another account’s', async () => {
    const id = await addRule(world(), await addChannel(world()))
    expect(await world().refused(operation, { AlertRuleId: 'ar-none' })).toBe('InvalidAlertRuleId.NotFound')
    expect(await elsewhereRefused(world(), operation, { AlertRuleId: id })).toBe('InvalidAlertRuleId.NotFound')
  })
})
