import { expect, test } from 'vitest'
import { mostAlertRules } from '../../../model/alert.ts'
import { addChannel, addRule } from '../../testing/alerts.suite.ts'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { createAlertRule as operation } from './create-alert-rule.ts'
import { listAlertRules } from './list-alert-rules.ts'

testOperation(operation, (world) => {
  const rule = async () => ({ Name: 'x', Kind: 'GatewayOffline', 'ChannelIds.1': await addChannel(world()) })
  const refused = async (more: Readonly<Record<string, string>>): Promise<string> =>
    world().refused(operation, { ...(await rule()), ...more })

  test('with nothing else said it is about every instance, after five minutes, once, at any hour', async () => {
    const params = await rule()
    const { AlertRuleId } = await world().call(operation, params)
    expect(await world().call(listAlertRules)).toEqual({
      AlertRules: [
        {
          ...{ AlertRuleId, Name: 'x', Kind: 'GatewayOffline', Minutes: 5, SmartAGIds: [] },
          ...{ ChannelIds: [params['ChannelIds.1']], RepeatMinutes: 0, Enabled: true },
        },
      ],
    })
  })

  test.each([
    ['InvalidAlertRule.QuietHours', 'a begin without an end', { QuietFrom: '22:00' }],
    ['InvalidAlertRule.QuietHours', 'the same time twice', { QuietFrom: '22:00', QuietTo: '22:00' }],
    ['InvalidAlertRule.Threshold', 'days of a gateway that is offline', { Days: '3' }],
    ['InvalidAlertRule.Threshold', 'minutes of a subscription', { Kind: 'SubscriptionEnding', Minutes: '3' }],
    ['InvalidQuietFrom', 'a time that is none', { QuietFrom: '24:00', QuietTo: '07:00' }],
    ['InvalidQuietOffset', 'an offset nobody has', { QuietFrom: '22:00', QuietTo: '07:00', QuietOffset: '+15:00' }],
    ['InvalidRepeatMinutes', 'a repetition every minute', { RepeatMinutes: '1' }],
    ['InvalidSmartAGIds', 'all beside one', { 'SmartAGIds.1': 'all', 'SmartAGIds.2': 'sag-1' }],
  ])('%s: %s', async (code, _, params) => {
    expect(await refused(params)).toBe(code)
  })

  test('400/SAG.InstanceNoFound: an instance of another account, or none', async () => {
    const theirs = await world().addInstance({ accountId: otherAccountId })
    const own = await world().addInstance()
    for (const id of [theirs, 'sag-none']) {
      expect(await refused({ 'SmartAGIds.1': own, 'SmartAGIds.2': id })).toBe('SAG.InstanceNoFound')
    }
  })

  test('404/InvalidAlertChannelId.NotFound: a channel that is not there', async () => {
    expect(await refused({ 'ChannelIds.2': 'ac-none' })).toBe('InvalidAlertChannelId.NotFound')
  })

  test('400/QuotaExceeded.AlertRule: one more than an account can have', async () => {
    const channel = await addChannel(world())
    for (let index = 0; index < mostAlertRules; index++) await addRule(world(), channel)
    expect(await refused({})).toBe('QuotaExceeded.AlertRule')
  })
})
