import type { AlertKind, ChannelLanguage } from '../model/alert.ts'
import type { AlertMessage, ToldAlert } from '../model/alert-message.ts'

/** A message as a person reads it. */
export interface Wording {
  readonly title: string
  readonly lines: readonly string[]
}

/** So many alerts a text names; the rest are a number. */
const linesOfText = 10

interface Words {
  readonly one: Readonly<Record<AlertKind, string>>
  readonly many: (kind: AlertKind, count: number) => string
  readonly over: (title: string) => string
  readonly again: (title: string) => string
  readonly test: string
  readonly testLine: string
  readonly events: Readonly<Record<string, string>>
  readonly since: (time: string) => string
  readonly more: (count: number) => string
  readonly rule: (name: string) => string
}

const en: Words = {
  one: {
    GatewayOffline: 'is offline',
    PasswordChangeFailed: 'did not take its new password',
    Unsynchronized: 'has not taken its settings',
    SubscriptionEnding: 'ends soon',
    SecurityEvent: 'has a security event',
  },
  many: (kind, count) => `${count} gateways: ${manyEn[kind]}`,
  over: (title) => `Over: ${title}`,
  again: (title) => `Still: ${title}`,
  test: 'Test message of OpenSAG',
  testLine: 'This channel works. Nothing has happened.',
  events: {
    DeviceLocked: 'locked: it was away for too long',
    DeviceHacked: 'a second device used its identity',
    DeviceRolledBack: 'its disk was rolled back',
    ServerRolledBack: 'the server was rolled back and learnt a later password from it',
    PasswordTakenBack: 'the operator took its password back',
  },
  since: (time) => `since ${time}`,
  more: (count) => `and ${count} more`,
  rule: (name) => `Rule: ${name}`,
}

const manyEn: Readonly<Record<AlertKind, string>> = {
  GatewayOffline: 'offline',
  PasswordChangeFailed: 'new password not taken',
  Unsynchronized: 'settings not taken',
  SubscriptionEnding: 'end soon',
  SecurityEvent: 'security events',
}

const zh: Words = {
  one: {
    GatewayOffline: '离线',
    PasswordChangeFailed: '未接受新密码',
    Unsynchronized: '配置未生效',
    SubscriptionEnding: '即将到期',
    SecurityEvent: '发生安全事件',
  },
  many: (kind, count) => `${count} 台网关${zh.one[kind]}`,
  over: (title) => `已恢复：${title}`,
  again: (title) => `仍未恢复：${title}`,
  test: 'OpenSAG 测试消息',
  testLine: '该渠道可用，没有发生任何告警。',
  events: {
    DeviceLocked: '离线过久，已锁定',
    DeviceHacked: '另一台设备使用了它的身份',
    DeviceRolledBack: '磁盘被回滚',
    ServerRolledBack: '服务器被回滚，并从设备得知较新的密码',
    PasswordTakenBack: '运维人员撤回了密码',
  },
  since: (time) => `自 ${time} 起`,
  more: (count) => `另有 ${count} 台`,
  rule: (name) => `规则：${name}`,
}

const words: Readonly<Record<ChannelLanguage, Words>> = { en, zh }

export function wordingOf(message: AlertMessage, language: ChannelLanguage): Wording {
  const w = words[language]
  const { occasion, rule, alerts } = message
  if (occasion === 'Test') return { title: w.test, lines: [w.testLine] }
  const [first] = alerts
  const what =
    alerts.length === 1 && first !== undefined
      ? `${nameOf(first)} ${w.one[rule.kind]}`
      : w.many(rule.kind, alerts.length)
  const title = occasion === 'Closed' ? w.over(what) : occasion === 'Repeated' ? w.again(what) : what
  const lines = alerts.slice(0, linesOfText).map((alert) => lineOf(alert, w))
  const rest = alerts.length - lines.length
  return { title, lines: [...lines, ...(rest > 0 ? [w.more(rest)] : []), w.rule(rule.name)] }
}

function lineOf(alert: ToldAlert, w: Words): string {
  const { instanceId, serial, event, since } = alert
  const facts = [
    `${nameOf(alert)} (${[instanceId, serial].filter((one) => one !== undefined).join(', ')})`,
    ...(event === undefined ? [] : [w.events[event] ?? event]),
    w.since(utcText(since)),
  ]
  return facts.join(' · ')
}

function nameOf({ instanceName, instanceId }: ToldAlert): string {
  return instanceName === '' ? instanceId : instanceName
}

/** `2026-11-30 17:10 UTC`: a reader may be anywhere. */
function utcText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
