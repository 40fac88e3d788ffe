import {
  boolean,
  booleanField,
  direct,
  integer,
  integerField,
  list,
  type Param,
  type ResultOf,
  stringField,
  text,
} from '../../../declare/index.ts'
import { type AlertKind, type AlertRule, alertKinds } from '../../../model/alert.ts'
import { clockText, minutesOf, offsetOf, offsetText } from '../../../model/daily-hours.ts'
import type { QuietHours } from '../../../model/quiet-hours.ts'
import type { OperationContext } from '../../context.ts'

// What the operations on rules of alerts ask for alike.

export const alertRuleId = text()
  .matches(/^ar-[a-z0-9]{1,40}$/)
  .example('ar-l934tsa5504yuc0000')
  .about('The ID of the rule.', '规则的 ID。')

export const alertChannelId = text()
  .matches(/^ac-[a-z0-9]{1,40}$/)
  .example('ac-l934tsa5504yuc0000')
  .about('The ID of the channel.', '渠道的 ID。')

export const ruleName = text().length(1, 64).example('Offline').about('The name of the rule.', '规则名称。')

export const alertKind = text()
  .oneOf(...alertKinds)
  .example('GatewayOffline')
  .about(
    'What it is about: a gateway that is offline, a password change that failed, settings not taken, a subscription that ends, or an event about security.',
    '告警内容：网关离线、密码修改失败、配置未生效、实例即将到期或安全事件。',
  )

export const minutes = integer()
  .range(0, 10_080)
  .example('5')
  .about(
    'Of GatewayOffline and Unsynchronized: how long it lasts before it is told; 5 unless said otherwise.',
    '仅用于 GatewayOffline 和 Unsynchronized：持续多少分钟后告警，默认 5。',
  )

export const days = integer()
  .range(1, 365)
  .example('30')
  .about(
    'Of SubscriptionEnding: how long before the end; 30 unless said otherwise.',
    '仅用于 SubscriptionEnding：提前多少天告警，默认 30。',
  )

/** The instances of a rule: `all` alone is every one, also those to come. */
export const ruleInstances = list(text().matches(/^(all|sag-[a-z0-9]+)$/))
  .satisfies((ids) => ids.length <= 100 && (ids.length === 1 || !ids.includes('all')))
  .example('sag-tq3sazs17smldn0000')
  .about(
    'Up to 100 instances, or `all`: every instance of the account, also later ones.',
    '最多 100 个实例，或 `all`：账号的全部实例，包括以后新增的。',
  )

export const ruleChannels = list(text().matches(/^ac-[a-z0-9]{1,40}$/))
  .satisfies((ids) => ids.length <= 10)
  .example('ac-l934tsa5504yuc0000')
  .about('Where it is told: up to 10 channels.', '告警发送到哪些渠道，最多 10 个。')

const clock: Param<string | undefined> = text().satisfies((value) => minutesOf(value) !== undefined)

export const quietFrom = clock
  .clearable()
  .example('22:00')
  .about(
    'Begin of the quiet hours, `HH:MM`. In them nothing but events about security is told.',
    '免打扰开始时间，`HH:MM`。免打扰期间只发送安全事件。',
  )

export const quietTo = clock
  .clearable()
  .example('07:00')
  .about('Their end; before their begin it is that of the next day.', '免打扰结束时间；早于开始时间时为次日。')

export const quietOffset = text()
  .satisfies((value) => offsetOf(value) !== undefined)
  .example('+08:00')
  .about('The offset of that clock from UTC; `+00:00` unless said otherwise.', '上述时间与 UTC 的时差，默认 `+00:00`。')

export const repeatMinutes = integer()
  .range(5, 10_080, 0)
  .example('240')
  .about(
    'Told again so often until somebody acknowledges it; 0: never.',
    '确认之前每隔多少分钟重复发送，0 表示不重复。',
  )

export const enabled = boolean()
  .example('true')
  .about('Whether the rule is on. Turning it off closes its alerts.', '是否启用。停用会关闭其告警。')

interface RuleParams {
  readonly Minutes?: number | undefined
  readonly Days?: number | undefined
  readonly QuietFrom?: string | undefined
  readonly QuietTo?: string | undefined
  readonly QuietOffset?: string | undefined
}

/** Why the kind does not go with these: the parameter that is too much. */
export function needlessThreshold(kind: AlertKind, { Minutes, Days }: RuleParams): 'Minutes' | 'Days' | undefined {
  if (Minutes !== undefined && kind !== 'GatewayOffline' && kind !== 'Unsynchronized') return 'Minutes'
  return Days !== undefined && kind !== 'SubscriptionEnding' ? 'Days' : undefined
}

/** @param now that of the rule so far */
export function thresholdOf(kind: AlertKind, { Minutes, Days }: RuleParams, now?: number): number {
  if (kind === 'SubscriptionEnding') return Days ?? now ?? 30
  return kind === 'GatewayOffline' || kind === 'Unsynchronized' ? (Minutes ?? now ?? 5) : 0
}

/**
 * The quiet hours of a rule after a call; `wrong` when only half of them is there, or they are no time at all.
 *
 * @param now those of the rule so far
 */
export function quietHoursOf(params: RuleParams, now?: QuietHours): QuietHours | undefined | 'wrong' {
  // One that is taken away takes the other along, unless that is set by the same call.
  const ends = [params.QuietFrom, params.QuietTo]
  if (ends.includes('') && !ends.some(Boolean)) return undefined
  const from = params.QuietFrom === undefined ? now?.from : minutesOf(params.QuietFrom)
  const to = params.QuietTo === undefined ? now?.to : minutesOf(params.QuietTo)
  const offset = params.QuietOffset === undefined ? (now?.offset ?? 0) : offsetOf(params.QuietOffset)
  if (from === undefined && to === undefined) return undefined
  if (from === undefined || to === undefined || offset === undefined || from === to) return 'wrong'
  return { from, to, offset }
}

export const ruleErrors = {
  'InvalidAlertRule.QuietHours': [
    400,
    'The quiet hours need a begin and an end that differ.',
    '免打扰时间需要不同的开始和结束时间。',
  ],
  'InvalidAlertRule.Threshold': [
    400,
    'Minutes and Days go with some kinds of rules only.',
    'Minutes 和 Days 只适用于部分类型的规则。',
  ],
  'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
  'InvalidAlertChannelId.NotFound': [404, 'The specified channel does not exist.', '指定的渠道不存在。'],
} as const

/** Which of the things that a rule names is not the account's; undefined: all are. */
export async function missingOf(
  { caller, fleet, alerts }: Pick<OperationContext, 'caller' | 'fleet' | 'alerts'>,
  {
    SmartAGIds,
    ChannelIds,
  }: { readonly SmartAGIds?: readonly string[] | undefined; readonly ChannelIds?: readonly string[] | undefined },
): Promise<'SAG.InstanceNoFound' | 'InvalidAlertChannelId.NotFound' | undefined> {
  const { accountId } = caller
  const ids = [...new Set(instancesOf(SmartAGIds) ?? [])]
  if (ids.length > 0 && (await fleet.overview({ accountId, ids }, ids.length)).length < ids.length)
    return 'SAG.InstanceNoFound'
  const channels = new Set((await alerts.channels.of(accountId)).map(({ id }) => id))
  return (ChannelIds ?? []).every((id) => channels.has(id)) ? undefined : 'InvalidAlertChannelId.NotFound'
}

/** Undefined: all of the account. */
export function instancesOf(ids: readonly string[] | undefined): readonly string[] | undefined {
  return ids === undefined || ids[0] === 'all' ? undefined : [...new Set(ids)]
}

export const ruleShape = {
  AlertRuleId: stringField,
  Name: stringField,
  Kind: stringField,
  Minutes: integerField,
  Days: integerField,
  SmartAGIds: direct(stringField),
  ChannelIds: direct(stringField),
  QuietFrom: stringField,
  QuietTo: stringField,
  QuietOffset: stringField,
  RepeatMinutes: integerField,
  Enabled: booleanField,
} as const

export function shownRule(rule: AlertRule): ResultOf<typeof ruleShape> {
  const { kind, quiet, threshold } = rule
  return {
    AlertRuleId: rule.id,
    Name: rule.name,
    Kind: kind,
    Minutes: kind === 'GatewayOffline' || kind === 'Unsynchronized' ? threshold : undefined,
    Days: kind === 'SubscriptionEnding' ? threshold : undefined,
    SmartAGIds: rule.instanceIds ?? [],
    ChannelIds: rule.channelIds,
    QuietFrom: quiet && clockText(quiet.from),
    QuietTo: quiet && clockText(quiet.to),
    QuietOffset: quiet && offsetText(quiet.offset),
    RepeatMinutes: rule.repeatMinutes,
    Enabled: rule.isEnabled,
  }
}
