import type { Alert } from '../../model/alert.ts'
import { writeAlertChanges } from '../../store/alerts/changes.ts'
import { createAlertChannel } from '../opensag/alerts/create-alert-channel.ts'
import { createAlertRule } from '../opensag/alerts/create-alert-rule.ts'
import type { Operation } from '../operation.ts'
import type { Params } from './front-door.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId, otherAccountId } from './names.suite.ts'

export async function addChannel(world: Harness, more: Params = {}): Promise<string> {
  const mail = { Name: 'NOC', Kind: 'Mail', ...(more['Url'] === undefined && { Address: 'noc@example.com' }) }
  return String((await world.call(createAlertChannel, { ...mail, ...more }))['AlertChannelId'])
}

export async function addRule(world: Harness, channel: string, more: Params = {}): Promise<string> {
  const offline = { Name: 'Offline', Kind: 'GatewayOffline', 'ChannelIds.1': channel }
  return String((await world.call(createAlertRule, { ...offline, ...more }))['AlertRuleId'])
}

export async function addAlert(world: Harness, more: Partial<Alert> = {}): Promise<string> {
  const alert: Alert = {
    id: 'alert-one',
    accountId,
    ruleId: 'ar-one',
    ruleName: 'Offline',
    kind: 'GatewayOffline',
    cause: more.id ?? 'sag1',
    instanceId: 'sag-main',
    instanceName: 'main',
    serial: 'sag1',
    event: undefined,
    state: 'Open',
    since: world.wallNow - 600_000,
    openedAt: world.wallNow - 300_000,
    acknowledgedAt: undefined,
    acknowledgedBy: undefined,
    closedAt: undefined,
    toldAt: undefined,
    ...more,
  }
  await world.store.write((tx) => writeAlertChanges(tx, { begun: [alert], opened: [], ended: [] }, world.wallNow))
  return alert.id
}

/** As somebody of another account. */
export async function elsewhereRefused(world: Harness, operation: Operation, params: Params): Promise<string> {
  const own = world.caller
  world.caller = { kind: 'Account', accountId: otherAccountId, accessKeyId: 'LTAI5tExampleExample' }
  const code = await world.refused(operation, params)
  world.caller = own
  return code
}
