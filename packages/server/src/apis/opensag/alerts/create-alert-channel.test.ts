import { expect, test } from 'vitest'
import { mostAlertChannels } from '../../../model/alert.ts'
import { addChannel } from '../../testing/alerts.suite.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { createAlertChannel as operation } from './create-alert-channel.ts'
import { listAlertChannels } from './list-alert-channels.ts'

const url = 'https://oapi.dingtalk.example/robot/send?access_token=abcdef0123456789'

testOperation(operation, (world) => {
  test('neither the URL nor the secret is in the store in the clear', async () => {
    await addChannel(world(), { Kind: 'DingTalk', Url: url, Secret: 'SEC-of-the-robot' })
    const row = await world().store.read((db) => db.selectFrom('alert_channel').selectAll().executeTakeFirstOrThrow())
    expect(JSON.stringify(row)).not.toMatch(/abcdef|dingtalk|robot/)
    expect(row).toMatchObject({ kind: 'DingTalk', language: 'en' })
  })

  test('a mail address is a channel', async () => {
    await addChannel(world(), { Language: 'zh' })
    expect(await world().call(listAlertChannels)).toMatchObject({
      AlertChannels: [{ Name: 'NOC', Kind: 'Mail', Target: 'noc@example.com', IsSigned: false, Language: 'zh' }],
    })
  })

  test.each([
    ['Mail without an address', { Kind: 'Mail' }],
    ['Mail with a URL', { Kind: 'Mail', Address: 'noc@example.com', Url: url }],
    ['a webhook without a URL', { Kind: 'Webhook' }],
    ['a webhook with a mail address', { Kind: 'Webhook', Url: url, Address: 'noc@example.com' }],
    ['a URL that is none', { Kind: 'Webhook', Url: 'https://:443/' }],
    ['a URL of another kind', { Kind: 'Webhook', Url: 'httpx://example.com/' }],
    ['a URL with a password in it', { Kind: 'Webhook', Url: 'https://user:secret@example.com/' }],
    ['a URL with a fragment', { Kind: 'Webhook', Url: 'https://example.com/#part' }],
  ])('400/InvalidAlertChannel.Target: %s', async (_, params) => {
    expect(await world().refused(operation, { Name: 'x', ...params })).toBe('InvalidAlertChannel.Target')
  })

  test('400/InvalidAlertChannel.Secret: Slack and mail have nothing to sign with', async () => {
    const slack = { Name: 'x', Kind: 'Slack', Url: 'https://hooks.slack.example/services/T/B/x', Secret: 'something' }
    expect(await world().refused(operation, slack)).toBe('InvalidAlertChannel.Secret')
  })

  test('400/QuotaExceeded.AlertChannel: one more than an account can have', async () => {
    for (let index = 0; index < mostAlertChannels; index++) await addChannel(world())
    const one = { Name: 'x', Kind: 'Mail', Address: 'noc@example.com' }
    expect(await world().refused(operation, one)).toBe('QuotaExceeded.AlertChannel')
  })
})
