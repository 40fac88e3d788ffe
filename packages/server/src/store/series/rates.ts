import { sql } from 'kysely'
import { seriesSpans, stepOf } from '../../model/metric-series.ts'
import type { Scope } from '../../model/scope.ts'
import { slotOf, trafficSpans } from '../../model/traffic.ts'
import { idsIn, inScope, unindexed } from '../scope.ts'
import type { Reader } from '../store.ts'

const { stepMs } = seriesSpans.quarter

export interface RatesOf {
  readonly accountId: string
  readonly scope: Scope | undefined
}

/** Bits a second, both ways together. */
export interface NetworkRate {
  readonly ccnId: string
  readonly rate: number
  /** Gateways that are in the sum. */
  readonly counted: number
}

export interface InstanceRate {
  readonly instanceId: string
  readonly rate: number
}

/** Of more gateways of one network only those that carry most are told of. */
const mostInstances = 5000

/**
 * What each gateway that is connected carried in the quarter of an hour under way and the one before, by when it was counted
 * from: two rows of each, found by their key. One that told nothing in both is not there.
 */
function carried(db: Reader, { accountId, scope }: RatesOf, newest: number) {
  const slots = [newest, newest - stepMs].map((at) => slotOf(trafficSpans.day, at))
  const few = idsIn(scope)
  let query = db
    .selectFrom('instance')
    .innerJoin('device', 'device.instance_id', 'instance.id')
    .innerJoin('traffic', 'traffic.serial', 'device.serial')
    .select(['instance.id', 'instance.ccn_id', 'device.serial'])
    .select(({ fn }) => [
      fn.min<number>('traffic.at').as('since'),
      sql<number | string>`sum(traffic.received + traffic.sent)`.as('bytes'),
    ])
    .where(few === undefined ? 'instance.account_id' : unindexed('instance.account_id'), '=', accountId)
    .where('device.node', 'is not', null)
    .where('traffic.span', '=', 'day')
    .where('traffic.slot', 'in', slots)
    .where('traffic.at', '>=', newest - stepMs)
    .where('traffic.at', '<=', newest)
    .groupBy(['instance.id', 'instance.ccn_id', 'device.serial'])
  if (few !== undefined) query = query.where('instance.id', 'in', [...few])
  if (scope !== undefined) query = query.where(inScope(db, 'instance', scope))
  return query
}

function rateOf(bytes: number | string, since: number, now: number): number {
  return Math.round((8000 * Number(bytes)) / Math.max(now - since, 1000))
}

/** Of each network that something is known of. */
export async function networkRates(db: Reader, of: RatesOf, now: number): Promise<readonly NetworkRate[]> {
  const rows = await db
    .selectFrom(carried(db, of, stepOf(now, stepMs)).as('own'))
    .select(['own.ccn_id', 'own.since'])
    .select(({ fn }) => [
      fn.sum<number | string>('own.bytes').as('bytes'),
      fn.countAll<number | string>().as('counted'),
    ])
    .where('own.ccn_id', 'is not', null)
    .groupBy(['own.ccn_id', 'own.since'])
    .execute()
  const rates = new Map<string, NetworkRate>()
  for (const { ccn_id, since, bytes, counted } of rows) {
    const ccnId = ccn_id ?? ''
    const before = rates.get(ccnId)
    rates.set(ccnId, {
      ccnId,
      rate: (before?.rate ?? 0) + rateOf(bytes, since, now),
      counted: (before?.counted ?? 0) + Number(counted),
    })
  }
  return [...rates.values()].sort((one, other) => (one.ccnId < other.ccnId ? -1 : 1))
}

/** Of each instance of a network that something is known of, both gateways of a pair together, the busiest first. */
export async function instanceRates(
  db: Reader,
  of: RatesOf & { readonly ccnId: string },
  now: number,
): Promise<readonly InstanceRate[]> {
  const rows = await carried(db, of, stepOf(now, stepMs))
    .where('instance.ccn_id', '=', of.ccnId)
    .orderBy('bytes', 'desc')
    .orderBy('device.serial')
    .limit(mostInstances)
    .execute()
  const rates = new Map<string, number>()
  for (const { id, bytes, since } of rows) rates.set(id, (rates.get(id) ?? 0) + rateOf(bytes, since, now))
  return [...rates].map(([instanceId, rate]) => ({ instanceId, rate })).sort((one, other) => other.rate - one.rate)
}
