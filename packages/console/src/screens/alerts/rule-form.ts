import type { Params } from '@opensag/smartag-client'
import type { Rule } from './alert-facts.ts'

/** What is filled in about a rule. */
export interface RuleForm {
  name: string
  kind: string
  minutes: string
  days: string
  isAll: boolean
  instances: readonly string[]
  channels: readonly string[]
  repeat: string
  isQuiet: boolean
  from: string
  to: string
}

export function formOf(rule: Rule | undefined, channels: readonly string[]): RuleForm {
  const { SmartAGIds = [], QuietFrom, QuietTo } = rule ?? {}
  return {
    name: rule?.Name ?? '',
    kind: rule?.Kind ?? 'GatewayOffline',
    minutes: String(rule?.Minutes ?? 5),
    days: String(rule?.Days ?? 30),
    isAll: SmartAGIds.length === 0,
    instances: SmartAGIds,
    // With one channel there is nothing to choose.
    channels: rule?.ChannelIds ?? (channels.length === 1 ? channels : []),
    repeat: String(rule?.RepeatMinutes ?? 0),
    isQuiet: QuietFrom !== undefined,
    from: QuietFrom ?? '22:00',
    to: QuietTo ?? '07:00',
  }
}

export const hasMinutes = ({ kind }: RuleForm): boolean => kind === 'GatewayOffline' || kind === 'Unsynchronized'
export const hasDays = ({ kind }: RuleForm): boolean => kind === 'SubscriptionEnding'

/** Parts of the form that the API would refuse, beside what the declaration of each parameter says. */
export function mistakesIn(form: RuleForm): ReadonlySet<'instances' | 'channels' | 'quiet'> {
  const wrong = new Set<'instances' | 'channels' | 'quiet'>()
  if (!form.isAll && form.instances.length === 0) wrong.add('instances')
  if (form.channels.length === 0) wrong.add('channels')
  if (form.isQuiet && (form.from === '' || form.to === '' || form.from === form.to)) wrong.add('quiet')
  return wrong
}

/** @param offset that of the browser, `+08:00` */
export function paramsOf(form: RuleForm, rule: Rule | undefined, offset: string): Params {
  const quiet = form.isQuiet
    ? { QuietFrom: form.from, QuietTo: form.to, QuietOffset: quietOffset(form, rule, offset) }
    : { QuietFrom: rule === undefined ? undefined : '', QuietTo: rule === undefined ? undefined : '' }
  return {
    ...(rule === undefined ? { Kind: form.kind } : { AlertRuleId: rule.AlertRuleId }),
    Name: form.name,
    Minutes: hasMinutes(form) ? form.minutes : undefined,
    Days: hasDays(form) ? form.days : undefined,
    SmartAGIds: form.isAll ? ['all'] : form.instances,
    ChannelIds: form.channels,
    RepeatMinutes: form.repeat,
    ...quiet,
  }
}

/** Whoever opens a rule from another part of the world and leaves its hours alone does not move them. */
function quietOffset(form: RuleForm, rule: Rule | undefined, offset: string): string {
  const isAsItWas = rule?.QuietFrom === form.from && rule.QuietTo === form.to
  return isAsItWas ? (rule.QuietOffset ?? offset) : offset
}
