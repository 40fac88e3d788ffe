import { expect, test } from 'vitest'
import { enqueueMessage } from '../../../store/alerts/messages.ts'
import { addChannel, addRule, elsewhereRefused } from '../../testing/alerts.suite.ts'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { deleteAlertChannel as operation } from './delete-alert-channel.ts'
import { listAlertChannels } from './list-alert-channels.ts'

testOperation(operation, (world) => {
  test('it is gone, with what waits to be sent to it', async () => {
    const id = await addChannel(world())
    const rule = { id: 'ar-one', name: 'x', kind: 'GatewayOffline', threshold: 5 } as const
    const message = { id: 'msg-one', occasion: 'Opened', accountId, rule, at: 0, alerts: [] } as const
    await world().store.write((tx) => enqueueMessage(tx, { channelId: id, message, dueAt: 0 }))
    await world().call(operation, { AlertChannelId: id })
    expect(await world().call(listAlertChannels)).toEqual({ AlertChannels: [] })
    expect(await world().store.read((db) => db.selectFrom('alert_message').select('id').execute())).toEqual([])
  })

  test('400/DependencyViolation.AlertChannel: a rule has it', async () => {
    const id = await addChannel(world())
    await addRule(world(), id)
    expect(await world().refused(operation, { AlertChannelId: id })).toBe('DependencyViolation.AlertChannel')
  })

  test('404/InvalidAlertChannelId.NotFound: none, or another account’s', async () => {
    const id = await addChannel(world())
    expect(await world().refused(operation, { AlertChannelId: 'ac-none' })).toBe('InvalidAlertChannelId.NotFound')
    const code = await elsewhereRefused(world(), operation, { AlertChannelId: id })
    expect(code).toBe('InvalidAlertChannelId.NotFound')
  })
})
