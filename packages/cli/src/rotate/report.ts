import { doubtsOf, type JournalState, type PlannedGateway, type RunEnd } from '@opensag/rotation'
import { printTable } from '../print.ts'
import { say } from '../say.ts'

/** What happened to each gateway, what went wrong last: there a reader looks first. */
export function printResults({ plan, gateways }: Pick<JournalState, 'plan' | 'gateways'>): void {
  const rows = plan.map((gateway, index) => {
    const gatewayState = gateways[index]
    const outcome = gatewayState?.outcome
    const inDoubt = gatewayState !== undefined && outcome === undefined && doubtsOf(gatewayState).length > 0
    return {
      region: gateway.regionId,
      instance: gateway.instanceId,
      name: gateway.instanceName,
      serial: gateway.serial,
      model: gateway.model,
      result: outcome?.is ?? (inDoubt ? 'pending, in doubt' : 'pending'),
      why: outcome === undefined || outcome.is === 'changed' ? '' : outcome.why,
    }
  })
  printTable([
    ...rows.filter(({ result }) => result === 'changed'),
    ...rows.filter(({ result }) => result !== 'changed'),
  ])
}

export function printPlan(gateways: readonly PlannedGateway[]): void {
  printTable(
    gateways.map((gateway) => ({
      wave: gateway.wave === undefined ? '-' : gateway.wave + 1,
      region: gateway.regionId,
      instance: gateway.instanceId,
      name: gateway.instanceName,
      serial: gateway.serial,
      model: gateway.model,
      version: gateway.version,
      online: gateway.online ? 'yes' : 'no',
      ...(gateways.some(({ passwordChangedAt }) => passwordChangedAt !== undefined)
        ? { 'password since': gateway.passwordChangedAt ?? 'unknown' }
        : {}),
      operation: 'operation' in gateway.choice ? gateway.choice.operation : `none: ${gateway.choice.unsupported}`,
    })),
  )
}

export function shownEnd(end: RunEnd): string {
  switch (end.is) {
    case 'finished':
      return say('Finished.')
    case 'interrupted':
      return say('Interrupted.')
    case 'too-many-failures':
      return say('Stopped: {failed} gateways failed, more than --max-failures allows.', { failed: end.failed })
    case 'halted':
      return say('Stopped: {why}', { why: end.why })
  }
}
