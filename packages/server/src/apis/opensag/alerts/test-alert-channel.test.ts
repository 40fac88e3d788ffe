import { expect, test } from 'vitest'
import { addChannel, elsewhereRefused } from '../../testing/alerts.suite.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { listAlertChannels } from './list-alert-channels.ts'
import { testAlertChannel as operation } from './test-alert-channel.ts'

testOperation(operation, (world) => {
  test('a message is sent at once, and the channel remembers it', async () => {
    const id = await addChannel(world())
    expect(await world().call(operation, { AlertChannelId: id })).toEqual({ Outcome: 'Sent' })
    const [channel, message] = world().alertMessages.sent[0] ?? []
    expect([channel?.target.reveal(), message?.occasion]).toEqual(['noc@example.com', 'Test'])
    expect(await world().call(listAlertChannels)).toMatchObject({
      AlertChannels: [{ LastSentTime: '2024-01-31T12:00:00.000Z' }],
    })
  })

  test('one that fails is an answer with its reason', async () => {
    const id = await addChannel(world())
    world().alertMessages.failure = 'HTTP 404'
    expect(await world().call(operation, { AlertChannelId: id })).toEqual({ Outcome: 'Failed', Failure: 'HTTP 404' })
    expect(await world().call(listAlertChannels)).toMatchObject({
      AlertChannels: [{ LastFailedTime: '2024-01-31T12:00:00.000Z', LastFailure: 'HTTP 404' }],
    })
  })

  test('404/InvalidAlertChannelId.NotFound: none, or another account’s, and nothing is sent', async () => {
    const id = await addChannel(world())
    expect(await world().refused(operation, { AlertChannelId: 'ac-none' })).toBe('InvalidAlertChannelId.NotFound')
    const code = await elsewhereRefused(world(), operation, { AlertChannelId: id })
    expect(code).toBe('InvalidAlertChannelId.NotFound')
    expect(world().alertMessages.sent).toEqual([])
  })
})
