// A channel of every kind and its receiver, from CreateAlertChannel to what arrives.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import { addChannel } from '../apis/testing/alerts.suite.ts'
import { accountId, testInWorld } from '../apis/testing/harness.suite.ts'
import type { AlertMessage } from '../model/alert-message.ts'
import { Alerts } from '../store/alerts/alerts.ts'
import { createDestinations } from './destinations.ts'
import { createPoster } from './poster.ts'
import { createAlertSender } from './sender.ts'

interface Received {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let server: Server
let endpoint: string
const received: Received[] = []
const answers: Readonly<Record<string, string>> = {
  '/dingtalk': '{"errcode":0}',
  '/feishu': '{"code":0}',
  '/slack': 'ok',
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const { url = '', headers } = request
    received.push({ url, headers, body })
    response.end(answers[url.split('?')[0] ?? ''] ?? '')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  endpoint = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((closed) => server.close(closed)))

testInWorld('an alert', (world) => {
  const message: AlertMessage = {
    ...{ id: 'msg-1', occasion: 'Opened', accountId, at: 0 },
    rule: { id: 'ar-1', name: 'Offline', kind: 'GatewayOffline', threshold: 5 },
    alerts: [{ id: 'alert-1', instanceId: 'sag-1', instanceName: 'Lyon', serial: 'sag1', since: 0 }],
  }

  async function sendTo(params: Readonly<Record<string, string>>): Promise<string | undefined> {
    received.length = 0
    const id = await addChannel(world(), params)
    const channel = await world().store.read((db) => new Alerts(db, world().sealer).channels.find(accountId, id))
    if (channel === undefined) throw new Error('There is no channel.')
    const send = createAlertSender({
      post: createPoster({
        destinations: createDestinations([], true),
        resolve: async () => ['127.0.0.1'],
        timeoutMs: limit(20_000),
      }),
      mailer: { send: async (mail) => void world().mail.sent.push(mail) },
      wallClock: () => world().wallNow,
    })
    return send(channel, message)
  }

  const Secret = 'a-secret-of-the-channel'

  test('reaches a webhook, and the receiver can tell that it is ours', async () => {
    expect(await sendTo({ Kind: 'Webhook', Url: `${endpoint}/hook`, Secret })).toBeUndefined()
    const { headers, body } = received[0] as Received
    const text = `${headers['x-opensag-timestamp']}.${body}`
    expect(headers['x-opensag-signature']).toBe(`sha256=${createHmac('sha256', Secret).update(text).digest('hex')}`)
    expect(JSON.parse(body)).toMatchObject({ Id: 'msg-1', Alerts: [{ SmartAGName: 'Lyon' }] })
  })

  test('reaches DingTalk, Feishu and Slack as each of them wants it', async () => {
    expect(await sendTo({ Kind: 'DingTalk', Url: `${endpoint}/dingtalk?access_token=t`, Secret })).toBeUndefined()
    expect(received[0]?.url).toMatch(/^\/dingtalk\?access_token=t&timestamp=\d{13}&sign=[\w%]+$/)
    expect(await sendTo({ Kind: 'Feishu', Url: `${endpoint}/feishu`, Secret, Language: 'zh' })).toBeUndefined()
    expect(received[0]?.body).toContain('Lyon 离线')
    expect(await sendTo({ Kind: 'Slack', Url: `${endpoint}/slack` })).toBeUndefined()
    expect(received[0]?.body).toContain('Lyon is offline')
  })

  test('reaches a mailbox by the mail server that there is', async () => {
    expect(await sendTo({})).toBeUndefined()
    expect(world().mail.sent).toMatchObject([
      { to: 'noc@example.com', instanceId: 'sag-1', accountId, subject: 'Lyon is offline' },
    ])
    expect(world().mail.sent[0]?.text.reveal()).toContain('Rule: Offline')
  })

  test('that is refused says why, and nothing of what the receiver said', async () => {
    expect(await sendTo({ Kind: 'DingTalk', Url: `${endpoint}/hook` })).toBe('unknown answer')
  })
})
