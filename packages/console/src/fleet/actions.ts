import { chooseOperation } from '@opensag/rotation'
import { againstMember } from '../jobs/network-choice.ts'
import { type FleetFacts, isBehind } from './filter.ts'
import { gatewaysOf } from './gateways.ts'
import type { FleetRow } from './row.ts'

/** What can be done to many instances at once. */
export type BulkAction = 'rotate' | 'restart' | 'upgrade' | 'synchronise' | 'addToNetwork' | 'tag'

/** Of how many of them each action can be begun now: the server has the last word. */
export function ableOf(rows: readonly FleetRow[], facts: FleetFacts): Readonly<Record<BulkAction, number>> {
  const count = (rule: (row: FleetRow) => boolean): number => rows.filter(rule).length
  return {
    rotate: count((row) =>
      gatewaysOf([row]).some((gateway) => gateway.online && 'operation' in chooseOperation(gateway)),
    ),
    restart: count(isOnline),
    upgrade: count((row) => isOnline(row) && isBehind(row, facts)),
    synchronise: count(isOnline),
    addToNetwork: count((row) => againstMember(row, undefined) === undefined),
    tag: rows.length,
  }
}

function isOnline({ InstanceType, OnlineCount }: FleetRow): boolean {
  return InstanceType !== 'app' && OnlineCount > 0
}
