// A call of each operation on alerts, and other values of its parameters.
import { Secret } from '@opensag/protocol'
import { Alerts } from '../../store/alerts/alerts.ts'
import { addAlert } from './alerts.suite.ts'
import { type Other, type Row, row, seeIn } from './effects.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId } from './names.suite.ts'

/** Two channels, two rules and two alerts, whose ids are known. */
async function prepare(world: Harness): Promise<void> {
  const { store, sealer } = world
  await store.write(async (tx) => {
    const alerts = new Alerts(tx, sealer)
    const common = { accountId, createdAt: 0 }
    const mail = { name: 'one', kind: 'Mail', language: 'en', target: Secret.of('noc@example.com') } as const
    const slack = { name: 'two', kind: 'Slack', language: 'en', target: Secret.of('https://slack.example/x') } as const
    await alerts.channels.add({ id: 'ac-one', ...common, ...mail, secret: undefined })
    await alerts.channels.add({ id: 'ac-free', ...common, ...slack, secret: undefined })
    const rule = { instanceIds: undefined, channelIds: ['ac-one'], quiet: undefined, repeatMinutes: 0, isEnabled: true }
    await alerts.rules.set({ id: 'ar-one', ...common, ...rule, name: 'one', kind: 'GatewayOffline', threshold: 5 })
    await alerts.rules.set({ id: 'ar-two', ...common, ...rule, name: 'two', kind: 'SubscriptionEnding', threshold: 30 })
  })
  await addAlert(world, { id: 'alert-one', ruleId: 'ar-one' })
  await addAlert(world, { id: 'alert-two', ruleId: 'ar-two' })
}

/** What the API shows of alerts. */
export async function* observeAlerts(world: Harness): AsyncGenerator<unknown, void, void> {
  for (const name of ['ListAlertRules', 'ListAlertChannels', 'ListAlerts']) yield* seeIn(world, name, {})
  yield* seeIn(world, 'ListAlerts', { State: 'Closed' })
  yield world.alertMessages.sent.map(([{ target }, { occasion }]) => [target.reveal(), occasion])
}

const quiet = { QuietFrom: '22:00', QuietTo: '07:00' }
const next: Other = { follow: 'NextToken', by: { MaxResults: '1' } }
const none = 'none'
const post = { Kind: 'Webhook', Address: null, Url: 'https://hook.example/one' }

export const alertRows: readonly Row[] = [
  row('AcknowledgeAlert', { AlertId: 'alert-one' }, { AlertId: `alert-${none}` }, { prepare }),
  row(
    'CreateAlertChannel',
    { Name: 'new', Kind: 'Mail', Address: 'one@example.com' },
    {
      Name: 'other',
      Kind: { to: post },
      Address: 'two@example.com',
      Url: { to: post },
      Secret: { to: { ...post, Secret: 'something-secret' } },
      Language: 'zh',
    },
    { prepare },
  ),
  row(
    'CreateAlertRule',
    { Name: 'new', Kind: 'GatewayOffline', 'ChannelIds.1': 'ac-one' },
    {
      Name: 'other',
      Kind: 'Unsynchronized',
      Minutes: '9',
      Days: { to: { Kind: 'SubscriptionEnding', Days: '9' } },
      SmartAGIds: { to: { 'SmartAGIds.1': 'sag-main' } },
      ChannelIds: { to: { 'ChannelIds.1': 'ac-free' } },
      QuietFrom: { beside: quiet, to: { QuietFrom: '21:00' } },
      QuietTo: { beside: quiet, to: { QuietTo: '08:00' } },
      QuietOffset: { beside: quiet, to: { QuietOffset: '+08:00' } },
      RepeatMinutes: '60',
      Enabled: 'false',
    },
    { prepare },
  ),
  row('DeleteAlertChannel', { AlertChannelId: 'ac-free' }, { AlertChannelId: `ac-${none}` }, { prepare }),
  row('DeleteAlertRule', { AlertRuleId: 'ar-one' }, { AlertRuleId: 'ar-two' }, { prepare }),
  row('ListAlertChannels', {}, { Kind: 'Slack' }, { prepare }),
  row('ListAlertRules', {}, { Kind: 'GatewayOffline' }, { prepare }),
  row('ListAlerts', {}, { State: 'Closed', AlertRuleId: 'ar-one', NextToken: next }, { prepare }),
  row(
    'ModifyAlertRule',
    { AlertRuleId: 'ar-one' },
    {
      AlertRuleId: { beside: { Name: 'other' }, to: { AlertRuleId: 'ar-two' } },
      Name: 'other',
      Minutes: '9',
      Days: { beside: { AlertRuleId: 'ar-two' }, to: { Days: '9' } },
      SmartAGIds: { to: { 'SmartAGIds.1': 'sag-main' } },
      ChannelIds: { to: { 'ChannelIds.1': 'ac-free' } },
      QuietFrom: { beside: quiet, to: { QuietFrom: '21:00' } },
      QuietTo: { beside: quiet, to: { QuietTo: '08:00' } },
      QuietOffset: { beside: quiet, to: { QuietOffset: '+08:00' } },
      RepeatMinutes: '60',
      Enabled: 'false',
    },
    { prepare },
  ),
  row('TestAlertChannel', { AlertChannelId: 'ac-one' }, { AlertChannelId: 'ac-free' }, { prepare }),
]
