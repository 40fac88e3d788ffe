import type { AlertKind, AlertState, ChannelKind, ChannelLanguage } from '../../model/alert.ts'

/** Who is told what of gateways, and what waits to be told. */
export interface AlertTables {
  alert_rule: AlertRuleTable
  alert_channel: AlertChannelTable
  alert: AlertTable
  alert_message: AlertMessageTable
}

export interface AlertRuleTable {
  id: string
  account_id: string
  name: string
  kind: AlertKind
  threshold: number
  /** JSON; null: every instance. */
  instance_ids: string | null
  /** JSON. */
  channel_ids: string
  /** Minutes of the day and minutes ahead of UTC, all three or none. */
  quiet_from: number | null
  quiet_to: number | null
  quiet_offset: number | null
  repeat_minutes: number
  enabled: number
  created_at: number
}

/** The address of a channel is a secret as well: whoever has it can write there. */
export interface AlertChannelTable {
  id: string
  account_id: string
  name: string
  kind: ChannelKind
  language: ChannelLanguage
  target_sealed: string
  secret_sealed: string | null
  created_at: number
  sent_at: number | null
  failed_at: number | null
  /** Why the last one that failed did, in a word. */
  failure: string | null
}

/**
 * One row an alert. `once` is unique: rule and cause, for as long as no second alert may begin of them. So two nodes that
 * see the same begin one. That of a condition goes when it closes; that of a moment stays.
 */
export interface AlertTable {
  id: string
  account_id: string
  rule_id: string
  rule_name: string
  kind: AlertKind
  cause: string
  once: string | null
  instance_id: string
  instance_name: string
  serial: string | null
  event: string | null
  state: AlertState
  since: number
  opened_at: number | null
  acknowledged_at: number | null
  acknowledged_by: string | null
  closed_at: number | null
  told_at: number | null
  /** 1: it has closed, and those who were told of it have yet to hear that. */
  end_untold: number
}

/** Written in the transaction that notes its alerts as told. Gone when it is sent, or given up. */
export interface AlertMessageTable {
  /** What a receiver knows a second copy by. */
  id: string
  account_id: string
  channel_id: string
  /** What is told, as JSON. */
  content: string
  created_at: number
  /** Before that nobody sends it: it waits for another attempt, or somebody is sending it. */
  due_at: number
  attempts: number
}
