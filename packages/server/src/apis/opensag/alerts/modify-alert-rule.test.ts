import { expect, test } from 'vitest'
import { addAlert, addChannel, addRule, elsewhereRefused } from '../../testing/alerts.suite.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { listAlertRules } from './list-alert-rules.ts'
import { listAlerts } from './list-alerts.ts'
import { modifyAlertRule as operation } from './modify-alert-rule.ts'

testOperation(operation, (world) => {
  const quiet = { QuietFrom: '22:00', QuietTo: '07:00', QuietOffset: '-03:30' }
  const shown = async (): Promise<unknown> => ((await world().call(listAlertRules))['AlertRules'] as unknown[])[0]

  test('what is not sent stays', async () => {
    const instance = await world().addInstance()
    const id = await addRule(world(), await addChannel(world()), {
      ...{ ...quiet, Minutes: '9', RepeatMinutes: '60', 'SmartAGIds.1': instance },
    })
    const before = await shown()
    await world().call(operation, { AlertRuleId: id, Name: 'Other' })
    expect(await shown()).toEqual({ ...(before as object), Name: 'Other' })
    expect(before).toMatchObject({ ...quiet, Minutes: 9, RepeatMinutes: 60, SmartAGIds: [instance] })
  })

  test('quiet hours go when both are sent empty, and all instances come back with all', async () => {
    const instance = await world().addInstance()
    const id = await addRule(world(), await addChannel(world()), { ...quiet, 'SmartAGIds.1': instance })
    await world().call(operation, { AlertRuleId: id, QuietFrom: '', QuietTo: '', 'SmartAGIds.1': 'all' })
    expect(await shown()).toMatchObject({ SmartAGIds: [] })
    expect(await shown()).not.toHaveProperty('QuietFrom')
  })

  test('turned off, its alerts are closed', async () => {
    const id = await addRule(world(), await addChannel(world()))
    await addAlert(world(), { ruleId: id })
    await world().call(operation, { AlertRuleId: id, Minutes: '7' })
    expect(await world().call(listAlerts)).toMatchObject({ LiveCount: 1 })
    await world().call(operation, { AlertRuleId: id, Enabled: 'false' })
    expect(await world().call(listAlerts, { State: 'Closed' })).toMatchObject({ Alerts: [{}], LiveCount: 0 })
  })

  test('a call that does not go with the rule is refused', async () => {
    const id = await addRule(world(), await addChannel(world()))
    const refused = (more: Readonly<Record<string, string>>): Promise<string> =>
      world().refused(operation, { AlertRuleId: id, ...more })
    expect(await refused({ QuietFrom: '22:00' })).toBe('InvalidAlertRule.QuietHours')
    expect(await refused({ Days: '3' })).toBe('InvalidAlertRule.Threshold')
    expect(await refused({ 'SmartAGIds.1': 'sag-none' })).toBe('SAG.InstanceNoFound')
    expect(await refused({ 'ChannelIds.1': 'ac-none' })).toBe('InvalidAlertChannelId.NotFound')
  })

  test('404/InvalidAlertRuleId.NotFound: none, or another account’s', async () => {
    const id = await addRule(world(), await addChannel(world()))
    expect(await world().refused(operation, { AlertRuleId: 'ar-none' })).toBe('InvalidAlertRuleId.NotFound')
    expect(await elsewhereRefused(world(), operation, { AlertRuleId: id })).toBe('InvalidAlertRuleId.NotFound')
  })
})
