import { createHmac } from 'node:crypto'
import type { Secret } from '@opensag/protocol'
import type { ChannelKind, ChannelLanguage } from '../model/alert.ts'
import type { AlertMessage } from '../model/alert-message.ts'
import { type Wording, wordingOf } from './wording.ts'

/** A message as it is posted. */
export interface AlertPost {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Posted {
  readonly status: number
  readonly body: string
}

interface Given {
  readonly target: Secret
  readonly secret: Secret | undefined
  readonly language: ChannelLanguage
  /** Milliseconds since 1970. */
  readonly now: number
}

interface Format {
  post(message: AlertMessage, given: Given): AlertPost
  /** Why it was not taken, in a word; undefined: it was. The words of the answer are left out: they may say anything. */
  failure(answer: Posted): string | undefined
}

const json = { 'content-type': 'application/json; charset=utf-8' }

/** Ours: signed over time and body, so that neither can be changed nor sent again later. */
const webhook: Format = {
  post(message, { target, secret, language, now }) {
    const { id, occasion, accountId, rule, at, alerts } = message
    const body = JSON.stringify({
      Id: id,
      Occasion: occasion,
      Time: isoOf(at),
      AccountId: accountId,
      Rule: { AlertRuleId: rule.id, Name: rule.name, Kind: rule.kind },
      Alerts: alerts.map((alert) => ({
        AlertId: alert.id,
        SmartAGId: alert.instanceId,
        SmartAGName: alert.instanceName,
        SerialNumber: alert.serial,
        Event: alert.event,
        Since: isoOf(alert.since),
      })),
      Text: textOf(wordingOf(message, language)),
    })
    const timestamp = String(now)
    const signed = {
      'x-opensag-timestamp': timestamp,
      ...(secret && { 'x-opensag-signature': `sha256=${hmac(secret.reveal(), `${timestamp}.${body}`, 'hex')}` }),
    }
    return { url: urlOf(target), headers: { ...json, 'idempotency-key': id, ...signed }, body }
  },
  failure: notSuccess,
}

/** open.dingtalk.com, "Custom robot: security settings": the key is the secret, the text is time, line feed and secret. */
const dingTalk: Format = {
  post(message, { target, secret, language, now }) {
    const { title, lines } = wordingOf(message, language)
    const url = urlOf(target)
    if (secret) {
      const key = secret.reveal()
      url.searchParams.set('timestamp', String(now))
      url.searchParams.set('sign', hmac(key, `${now}\n${key}`, 'base64'))
    }
    const text = [`#### ${plain(title)}`, ...lines.map((line) => `- ${plain(line)}`)].join('\n')
    return {
      url,
      headers: json,
      body: JSON.stringify({ msgtype: 'markdown', markdown: { title: plain(title), text } }),
    }
  },
  failure: (answer) => notSuccess(answer) ?? wordOf('errcode', answer),
}

/** open.feishu.cn, "Custom bot guide": time, line feed and secret are the key, and the text is empty; seconds. */
const feishu: Format = {
  post(message, { target, secret, language, now }) {
    const { title, lines } = wordingOf(message, language)
    const timestamp = String(Math.floor(now / 1000))
    const signed = secret && { timestamp, sign: hmac(`${timestamp}\n${secret.reveal()}`, '', 'base64') }
    const content = lines.map((text) => [{ tag: 'text', text }])
    const post = { [language === 'zh' ? 'zh_cn' : 'en_us']: { title, content } }
    return {
      url: urlOf(target),
      headers: json,
      body: JSON.stringify({ ...signed, msg_type: 'post', content: { post } }),
    }
  },
  failure: (answer) => notSuccess(answer) ?? wordOf('code', answer),
}

/** api.slack.com, "Sending messages using incoming webhooks": `&`, `<` and `>` are written as entities. */
const slack: Format = {
  post(message, { target, language }) {
    const wording = wordingOf(message, language)
    const text = entities(textOf(wording))
    const title = entities(wording.title)
    const lines = wording.lines.map((line) => `• ${entities(line)}`).join('\n')
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: `*${title.replaceAll('*', '')}*` } },
      { type: 'section', text: { type: 'mrkdwn', text: lines } },
    ]
    return { url: urlOf(target), headers: json, body: JSON.stringify({ text, blocks }) }
  },
  failure: notSuccess,
}

export const formats: Readonly<Record<Exclude<ChannelKind, 'Mail'>, Format>> = {
  Webhook: webhook,
  DingTalk: dingTalk,
  Feishu: feishu,
  Slack: slack,
}

export function textOf({ title, lines }: Wording): string {
  return [title, ...lines].join('\n')
}

function urlOf(target: Secret): URL {
  return new URL(target.reveal())
}

function hmac(key: string, text: string, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', key).update(text).digest(encoding)
}

function notSuccess({ status }: Posted): string | undefined {
  return status >= 200 && status < 300 ? undefined : `HTTP ${status}`
}

/** These services answer 200 also when they refuse, with a number that says why. */
function wordOf(member: string, { body }: Posted): string | undefined {
  const code = numberIn(member, body)
  return code === 0 ? undefined : code === undefined ? 'unknown answer' : `${member} ${code}`
}

function numberIn(member: string, body: string): number | undefined {
  const found = new RegExp(`"${member}"\\s*:\\s*(-?\\d{1,9})`).exec(body)
  return found === null ? undefined : Number(found[1])
}

/** Names are what people wrote: they must not become links or headings. */
function plain(text: string): string {
  return text.replace(/[[\]()<>*_`#!|\\]/g, (mark) => ('()'.includes(mark) ? mark : ' '))
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}
