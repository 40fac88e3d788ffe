import { expect, test } from 'vitest'
import type { Rule } from './alert-facts.ts'
import { formOf, mistakesIn, paramsOf } from './rule-form.ts'

const rule = {
  ...{ AlertRuleId: 'ar-1', Name: 'Night', Kind: 'GatewayOffline', Minutes: 9, SmartAGIds: ['sag-1'] },
  ...{ ChannelIds: ['ac-1'], RepeatMinutes: 60, Enabled: true },
  ...{ QuietFrom: '22:00', QuietTo: '07:00', QuietOffset: '+08:00' },
} as Rule

test('a new rule is about every gateway, and goes to the only channel there is', () => {
  const form = { ...formOf(undefined, ['ac-1']), name: 'Offline' }
  expect(paramsOf(form, undefined, '+01:00')).toEqual({
    ...{ Name: 'Offline', Kind: 'GatewayOffline', Minutes: '5', SmartAGIds: ['all'], ChannelIds: ['ac-1'] },
    RepeatMinutes: '0',
  })
  expect(formOf(undefined, ['ac-1', 'ac-2']).channels).toEqual([])
})

test('a rule that is saved as it was keeps its hours, wherever the browser is', () => {
  const form = formOf(rule, [])
  expect(paramsOf(form, rule, '+01:00')).toMatchObject({ AlertRuleId: 'ar-1', QuietOffset: '+08:00', Minutes: '9' })
  expect(paramsOf({ ...form, to: '08:00' }, rule, '+01:00')).toMatchObject({ QuietOffset: '+01:00' })
})

test('quiet hours that are taken out are sent empty', () => {
  const form = { ...formOf(rule, []), isQuiet: false }
  expect(paramsOf(form, rule, '+01:00')).toMatchObject({ QuietFrom: '', QuietTo: '' })
})

test('what goes with another kind is not sent', () => {
  const form = { ...formOf(undefined, ['ac-1']), kind: 'SubscriptionEnding' }
  expect(paramsOf(form, undefined, '+01:00')).toMatchObject({ Days: '30', Minutes: undefined })
})

test('what the API would refuse is seen before', () => {
  const form = formOf(rule, [])
  expect([...mistakesIn(form)]).toEqual([])
  const empty = { ...form, isAll: false, instances: [], channels: [], to: '22:00' }
  expect([...mistakesIn(empty)]).toEqual(['instances', 'channels', 'quiet'])
  expect([...mistakesIn({ ...empty, isAll: true, isQuiet: false, channels: ['ac-1'] })]).toEqual([])
})
