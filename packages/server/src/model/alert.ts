// What alerts are. The rule of their life is in docs/alerts.md.
import type { QuietHours } from './quiet-hours.ts'

export const alertKinds = [
  'GatewayOffline',
  'PasswordChangeFailed',
  'Unsynchronized',
  'SubscriptionEnding',
  'SecurityEvent',
] as const
export type AlertKind = (typeof alertKinds)[number]

export const channelKinds = ['Mail', 'Webhook', 'DingTalk', 'Feishu', 'Slack'] as const
export type ChannelKind = (typeof channelKinds)[number]

/** The language of what a channel is sent. */
export const channelLanguages = ['en', 'zh'] as const
export type ChannelLanguage = (typeof channelLanguages)[number]

/** `Pending`: its cause is there, but not yet for as long as the rule says. No API shows it. */
export type AlertState = 'Pending' | 'Open' | 'Acknowledged' | 'Closed'

export interface AlertRule {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly kind: AlertKind
  /** Minutes of GatewayOffline and Unsynchronized, days of SubscriptionEnding, 0 of the others. */
  readonly threshold: number
  /** Undefined: every instance of the account, also those to come. */
  readonly instanceIds: readonly string[] | undefined
  readonly channelIds: readonly string[]
  readonly quiet: QuietHours | undefined
  /** 0: it is told once. */
  readonly repeatMinutes: number
  readonly isEnabled: boolean
  readonly createdAt: number
}

export interface Alert {
  readonly id: string
  readonly accountId: string
  readonly ruleId: string
  /** As it was when the alert began. */
  readonly ruleName: string
  readonly kind: AlertKind
  /** What it is about, within its rule: `sag1`, `locked/sag1`, `event/17`. */
  readonly cause: string
  readonly instanceId: string
  readonly instanceName: string
  readonly serial: string | undefined
  /** Of a SecurityEvent: `DeviceLocked`, `DeviceHacked`, … */
  readonly event: string | undefined
  readonly state: AlertState
  /** Since when its cause is there, as far as that is known. */
  readonly since: number
  readonly openedAt: number | undefined
  readonly acknowledgedAt: number | undefined
  readonly acknowledgedBy: string | undefined
  readonly closedAt: number | undefined
  /** When its channels were told of it last. */
  readonly toldAt: number | undefined
}

/** So many rules and channels an account has at most. */
export const mostAlertRules = 50
export const mostAlertChannels = 20
/**
 * So many alerts of an account about what lasts are not closed at most, where a further cause waits until one of them is; and as many
 * about what happened, where a further one is not told of.
 */
export const mostOpenAlerts = 5000
/** Closed alerts are forgotten after so long, and of each account the oldest above this number. */
export const alertRetentionMs = 90 * 86_400_000
export const mostClosedAlerts = 10_000
/** An alert about a moment, which nobody acknowledged, closes after so long. */
export const momentMs = 7 * 86_400_000

/** It is about something that happened, and has no end to wait for. */
export function isMoment({ cause }: Pick<Alert, 'cause'>): boolean {
  return /^(event|change)\//.test(cause)
}

/** Such an alert does not wait for the end of quiet hours. */
export function isUrgent({ kind }: Pick<AlertRule, 'kind'>): boolean {
  return kind === 'SecurityEvent'
}
