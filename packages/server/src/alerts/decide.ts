import { type Alert, type AlertRule, isMoment, momentMs } from '../model/alert.ts'
import { type Cause, type CauseClocks, causesOf } from '../model/alert-causes.ts'
import type { Instance } from '../model/instance.ts'
import type { AlertChanges } from '../store/alerts/changes.ts'

export interface Slice extends CauseClocks {
  /** Of the account, those that are on. */
  readonly rules: readonly AlertRule[]
  readonly instances: readonly Instance[]
  /** Alerts about these instances that are not closed, and about instances that are no more. */
  readonly live: readonly Alert[]
  /** So many more may begin. */
  readonly room: number
  readonly newId: () => string
}

/** What becomes of the alerts of some instances, by what is so now. */
export function decide({ rules, instances, live, room, newId, ...clocks }: Slice): AlertChanges {
  const known = new Map(live.map((alert) => [`${alert.ruleId} ${alert.cause}`, alert]))
  const begun: Alert[] = []
  const opened: string[] = []
  for (const rule of rules) {
    for (const instance of instances) {
      for (const cause of causesOf(rule, instance, clocks)) {
        const key = `${rule.id} ${cause.key}`
        const alert = known.get(key)
        known.delete(key)
        const state = stateOf(cause, alert, clocks.at)
        if (alert?.state === 'Pending' && state === 'Open') opened.push(alert.id)
        if (alert !== undefined || state === undefined || begun.length >= room) continue
        begun.push(newAlert(rule, instance, cause, { id: newId(), state, at: clocks.at }))
      }
    }
  }
  const isInForce = new Set(rules.map(({ id }) => id))
  const ended = [...known.values()].filter(
    (alert) => !isMoment(alert) || !isInForce.has(alert.ruleId) || clocks.at - (alert.openedAt ?? 0) >= momentMs,
  )
  return { begun, opened, ended }
}

/** What an alert of this cause is now; undefined: none yet, and nothing has to be remembered either. */
function stateOf(cause: Cause, alert: Alert | undefined, at: number): 'Pending' | 'Open' | undefined {
  const since = cause.since ?? alert?.since ?? at
  if (at - since >= cause.waitMs) return 'Open'
  return cause.since === undefined ? 'Pending' : undefined
}

export function newAlert(
  rule: AlertRule,
  instance: Pick<Instance, 'id' | 'name'>,
  { key, serial, event, since }: Pick<Cause, 'key' | 'serial' | 'event' | 'since'>,
  { id, state, at }: { readonly id: string; readonly state: 'Pending' | 'Open'; readonly at: number },
): Alert {
  return {
    id,
    accountId: rule.accountId,
    ruleId: rule.id,
    ruleName: rule.name,
    kind: rule.kind,
    cause: key,
    instanceId: instance.id,
    instanceName: instance.name ?? '',
    serial,
    event,
    state,
    since: since ?? at,
    openedAt: state === 'Open' ? at : undefined,
    acknowledgedAt: undefined,
    acknowledgedBy: undefined,
    closedAt: undefined,
    toldAt: undefined,
  }
}
