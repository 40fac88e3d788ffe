import { expect, test } from 'vitest'
import { addChannel, addRule } from '../../testing/alerts.suite.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { listAlertRules as operation } from './list-alert-rules.ts'

testOperation(operation, (world) => {
  test('each shows what goes with its kind', async () => {
    const channel = await addChannel(world())
    for (const Kind of ['GatewayOffline', 'SubscriptionEnding', 'SecurityEvent']) {
      await addRule(world(), channel, { Kind, Name: Kind })
      world().wallNow += 1
    }
    expect(await world().call(operation)).toMatchObject({
      AlertRules: [{ Name: 'GatewayOffline', Minutes: 5 }, { Name: 'SubscriptionEnding', Days: 30 }, {}],
    })
    const { AlertRules } = await world().call(operation, { Kind: 'SecurityEvent' })
    expect(AlertRules).toEqual([expect.not.objectContaining({ Minutes: expect.anything(), Days: expect.anything() })])
  })
})
