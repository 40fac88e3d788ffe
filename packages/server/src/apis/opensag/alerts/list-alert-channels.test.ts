import { expect, test } from 'vitest'
import { addChannel } from '../../testing/alerts.suite.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { listAlertChannels as operation } from './list-alert-channels.ts'

testOperation(operation, (world) => {
  test('of a URL only the host and the last four characters are shown, of a secret that there is one', async () => {
    const Url = 'https://open.feishu.example/open-apis/bot/v2/hook/0123-4567-89ab-cdef'
    const id = await addChannel(world(), { Kind: 'Feishu', Url, Secret: 'a-signing-secret' })
    const answer = await world().call(operation)
    expect(answer).toEqual({
      AlertChannels: [
        {
          ...{ AlertChannelId: id, Name: 'NOC', Kind: 'Feishu', Target: 'open.feishu.example…cdef' },
          ...{ IsSigned: true, Language: 'en' },
        },
      ],
    })
    expect(JSON.stringify(answer)).not.toMatch(/89ab|signing/)
  })

  test('only those of a kind', async () => {
    await addChannel(world())
    expect(await world().call(operation, { Kind: 'Slack' })).toEqual({ AlertChannels: [] })
  })
})
