import type { ResultOf } from '@opensag/smartag-client'
import type { Language, Worded } from '../../app/texts.ts'
import type { Tone } from '../../ui/tones.ts'
import type { alertTexts } from './alerts.texts.ts'

export type Alert = ResultOf<'ListAlerts'>['Alerts'][number]
export type Rule = ResultOf<'ListAlertRules'>['AlertRules'][number]
export type Channel = ResultOf<'ListAlertChannels'>['AlertChannels'][number]
export type AlertWords = Worded<(typeof alertTexts)[Language]>

/** What stops a branch, or may be an attack, is red; what only needs somebody is amber. */
export function toneOf({ Kind }: Alert): Tone {
  return Kind === 'GatewayOffline' || Kind === 'SecurityEvent' ? 'bad' : 'warn'
}

export function whatOf({ Kind, Event }: Alert, t: AlertWords): string {
  const events: Readonly<Record<string, string>> = t.events
  const kinds: Readonly<Record<string, string>> = t.kinds
  return events[Event ?? ''] ?? kinds[Kind ?? ''] ?? Kind ?? ''
}

const minuteMs = 60_000
const units = {
  en: { minute: 'min', hour: 'h', day: (days: number) => (days === 1 ? 'day' : 'days') },
  zh: { minute: '分钟', hour: '小时', day: () => '天' },
} as const

/** “3 h 12 min” up to two days, then “3 days”. */
export function spanText(ms: number, language: Language): string {
  const { minute, hour, day } = units[language]
  const minutes = Math.max(0, Math.floor(ms / minuteMs))
  if (minutes >= 2 * 1440) return `${Math.floor(minutes / 1440)} ${day(Math.floor(minutes / 1440))}`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} ${minute}`
  return rest === 0 ? `${hours} ${hour}` : `${hours} ${hour} ${rest} ${minute}`
}

/** When a rule speaks, and of which gateways, in one line. */
export function conditionOf(rule: Rule, t: AlertWords, language: Language): string {
  const { Minutes, Days, SmartAGIds, QuietFrom, QuietTo } = rule
  const when =
    Days !== undefined
      ? t.before(String(Days))
      : Minutes === undefined || Minutes === 0
        ? t.atOnce
        : t.longer(spanText(Minutes * minuteMs, language))
  const where = SmartAGIds.length === 0 ? t.everywhere : t.some(String(SmartAGIds.length))
  const quiet = QuietFrom !== undefined && QuietTo !== undefined ? [t.quiet(QuietFrom, QuietTo)] : []
  return [when, where, ...quiet].join(' · ')
}
