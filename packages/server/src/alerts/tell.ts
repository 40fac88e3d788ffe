import { type Alert, type AlertRule, isUrgent } from '../model/alert.ts'
import { type AlertMessage, alertsOfMessage } from '../model/alert-message.ts'
import { quietUntil } from '../model/quiet-hours.ts'
import { Alerts } from '../store/alerts/alerts.ts'
import { enqueueMessage } from '../store/alerts/messages.ts'
import { noteTold, type Occasion, untoldAlerts } from '../store/alerts/untold.ts'
import type { Writer } from '../store/store.ts'
import type { AlertSweepContext } from './sweep.ts'

const occasions: readonly Occasion[] = ['Opened', 'Repeated', 'Closed']

/**
 * Writes messages for the channels of these rules, in the same transaction in which their alerts count as told. In quiet
 * hours nothing is written: when they end, what is still so is told, and what is over is not news any more.
 */
export async function tellChannels(
  context: AlertSweepContext,
  rules: readonly AlertRule[],
  isOver: () => boolean,
): Promise<void> {
  const { store, wallClock } = context
  for (const rule of rules) {
    const at = wallClock()
    if (!isUrgent(rule) && quietUntil(rule.quiet, at) > at) continue
    for (const occasion of occasions) {
      if (occasion === 'Repeated' && rule.repeatMinutes === 0) continue
      while (!isOver() && (await store.write((tx) => tell(tx, context, rule, { occasion, at }))));
    }
  }
}

/** Answers whether there may be more. */
async function tell(
  tx: Writer,
  { newId, sealer }: AlertSweepContext,
  rule: AlertRule,
  { occasion, at }: { readonly occasion: Occasion; readonly at: number },
): Promise<boolean> {
  const toldBefore = at - rule.repeatMinutes * 60_000
  const alerts = await untoldAlerts(tx, { ruleId: rule.id, occasion, toldBefore, most: alertsOfMessage })
  if (alerts.length === 0) return false
  const { channels } = new Alerts(tx, sealer)
  for (const channelId of rule.channelIds) {
    const message = messageOf(rule, alerts, { id: newId('msg-'), occasion, at })
    const isWritten = await enqueueMessage(tx, { channelId, message, dueAt: at })
    if (!isWritten) await channels.note(channelId, at, 'too many messages wait')
  }
  const ids = alerts.map(({ id }) => id)
  await noteTold(tx, ids, occasion, at)
  return alerts.length === alertsOfMessage
}

export function messageOf(
  { id, accountId, name, kind, threshold }: AlertRule,
  alerts: readonly Alert[],
  more: Pick<AlertMessage, 'id' | 'occasion' | 'at'>,
): AlertMessage {
  return {
    ...more,
    accountId,
    rule: { id, name, kind, threshold },
    alerts: alerts.map((alert) => ({
      id: alert.id,
      instanceId: alert.instanceId,
      instanceName: alert.instanceName,
      serial: alert.serial,
      event: alert.event,
      since: alert.since,
    })),
  }
}
