import { execFileSync } from 'node:child_process'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import type { AlertMessage } from '../model/alert-message.ts'
import { formats } from './formats.ts'
import { wordingOf } from './wording.ts'

const alert = { id: 'alert-1', instanceId: 'sag-1', instanceName: 'Lyon <Part> & *Dieu*', serial: 'sag32a1', since: 0 }
const message: AlertMessage = {
  id: 'msg-1',
  occasion: 'Opened',
  accountId: '1210123456123456',
  rule: { id: 'ar-1', name: 'Offline', kind: 'GatewayOffline', threshold: 5 },
  at: 1_700_000_000_000,
  alerts: [alert],
}
const now = 1_700_000_123_456
const secret = 'SEC0123456789abcdef'
const given = { secret: Secret.of(secret), language: 'en', now } as const
const at = (url: string) => ({ ...given, target: Secret.of(url) })

/** HMAC-SHA256 by a program that has nothing to do with ours. */
function openssl(key: string, text: string): Buffer {
  const hexKey = `hexkey:${Buffer.from(key).toString('hex')}`
  return execFileSync('openssl', ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', hexKey, '-binary'], { input: text })
}

test('a webhook is signed over its time and its body, and has a key against doubles', () => {
  const { url, headers, body } = formats.Webhook.post(message, at('https://example.com/hook?token=t'))
  expect(String(url)).toBe('https://example.com/hook?token=t')
  expect(headers).toMatchObject({ 'idempotency-key': 'msg-1', 'x-opensag-timestamp': String(now) })
  expect(headers['x-opensag-signature']).toBe(`sha256=${openssl(secret, `${now}.${body}`).toString('hex')}`)
  expect(JSON.parse(body)).toMatchObject({
    Occasion: 'Opened',
    Rule: { AlertRuleId: 'ar-1', Kind: 'GatewayOffline' },
    Alerts: [{ AlertId: 'alert-1', SmartAGId: 'sag-1', SerialNumber: 'sag32a1', Since: '1970-01-01T00:00:00.000Z' }],
  })
})

test('without a secret a webhook is not signed', () => {
  const { headers } = formats.Webhook.post(message, { ...at('https://example.com/'), secret: undefined })
  expect(headers).not.toHaveProperty('x-opensag-signature')
})

test('DingTalk gets time and signature in the query, beside its token', () => {
  const { url, body } = formats.DingTalk.post(message, at('https://oapi.dingtalk.com/robot/send?access_token=abc'))
  expect(Object.fromEntries(url.searchParams)).toEqual({
    access_token: 'abc',
    timestamp: String(now),
    sign: openssl(secret, `${now}\n${secret}`).toString('base64'),
  })
  const { msgtype, markdown } = JSON.parse(body)
  expect(msgtype).toBe('markdown')
  // A name is no heading and no link.
  expect(markdown.title).toBe('Lyon  Part  &  Dieu  is offline')
})

test('Feishu gets time in seconds and signature in the body: the key is both, the text is nothing', () => {
  const { body, url } = formats.Feishu.post(message, at('https://open.feishu.cn/open-apis/bot/v2/hook/abc'))
  const timestamp = '1700000123'
  expect(url.search).toBe('')
  expect(JSON.parse(body)).toMatchObject({
    timestamp,
    sign: openssl(`${timestamp}\n${secret}`, '').toString('base64'),
    msg_type: 'post',
    content: { post: { en_us: { title: 'Lyon <Part> & *Dieu* is offline' } } },
  })
})

test('Slack gets text and blocks, with its three characters as entities', () => {
  const { body } = formats.Slack.post(message, { ...at('https://hooks.slack.com/services/x'), secret: undefined })
  const { text, blocks } = JSON.parse(body)
  expect(text.split('\n')[0]).toBe('Lyon &lt;Part&gt; &amp; *Dieu* is offline')
  expect(blocks[0].text.text).toBe('*Lyon &lt;Part&gt; &amp; Dieu is offline*')
})

test.each([
  ['Webhook', 204, '', undefined],
  ['Webhook', 302, '', 'HTTP 302'],
  ['Slack', 200, 'ok', undefined],
  ['Slack', 404, 'no_service', 'HTTP 404'],
  ['DingTalk', 200, '{"errcode":0,"errmsg":"ok"}', undefined],
  ['DingTalk', 200, '{"errcode":310000,"errmsg":"sign not match"}', 'errcode 310000'],
  ['Feishu', 200, '{"code":0,"msg":"success"}', undefined],
  ['Feishu', 200, '{"code": 19021,"msg":"sign match fail"}', 'code 19021'],
  ['Feishu', 200, '<html>a secret of somebody</html>', 'unknown answer'],
] as const)('%s, answered %i with %j: %s', (kind, status, body, failure) => {
  expect(formats[kind].failure({ status, body })).toBe(failure)
})

test('many gateways are one text that names ten of them, in the language of the channel', () => {
  const alerts = Array.from({ length: 12 }, (_, index) => ({ ...alert, instanceName: `站点${index}` }))
  const { title, lines } = wordingOf({ ...message, alerts }, 'zh')
  expect(title).toBe('12 台网关离线')
  expect(lines).toHaveLength(12)
  expect(lines.slice(-2)).toEqual(['另有 2 台', '规则：Offline'])
})

test.each([
  ['Repeated', 'Still: x is offline', '仍未恢复：x 离线'],
  ['Closed', 'Over: x is offline', '已恢复：x 离线'],
  ['Test', 'Test message of OpenSAG', 'OpenSAG 测试消息'],
] as const)('%s says what it is', (occasion, en, zh) => {
  const one = { ...message, occasion, alerts: [{ ...alert, instanceName: 'x' }] }
  expect([wordingOf(one, 'en').title, wordingOf(one, 'zh').title]).toEqual([en, zh])
})

test('an event of security is told in words', () => {
  const rule = { ...message.rule, kind: 'SecurityEvent' } as const
  const { lines } = wordingOf({ ...message, rule, alerts: [{ ...alert, event: 'DeviceHacked' }] }, 'en')
  expect(lines[0]).toContain('a second device used its identity')
})
