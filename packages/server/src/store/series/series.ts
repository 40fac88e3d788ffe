import type { Device } from '../../model/device.ts'
import { folded, merged, type Step, seriesSpans, stepOf } from '../../model/metric-series.ts'
import { trafficSpans } from '../../model/traffic.ts'
import type { Reader } from '../store.ts'
import { type FleetStep, fleetSteps } from './fleet-steps.ts'
import { recentSteps } from './gateway-steps.ts'
import { recentOf } from './keep.ts'
import { keptSteps, type Range, type SeriesOf } from './packs.ts'
import { type InstanceRate, instanceRates, type NetworkRate, networkRates, type RatesOf } from './rates.ts'

/** Lengths of steps that can be asked for, in milliseconds: those of the last hour, and those that are kept or folded. */
export const stepLengths = {
  minute: trafficSpans.hour.stepMs,
  quarter: seriesSpans.quarter.stepMs,
  hour: 3_600_000,
  half: seriesSpans.half.stepMs,
}

export interface SeriesWanted extends Range {
  readonly stepMs: number
  /** Of the clock of the server. */
  readonly now: number
}

/** What was measured over time, inside one unit of work. */
export class Series {
  readonly #db: Reader

  constructor(db: Reader) {
    this.#db = db
  }

  /** Of a gateway while it was bound to the instance, in order. */
  async ofGateway(instanceId: string, device: Device, wanted: SeriesWanted): Promise<readonly Step[]> {
    const { stepMs, now, from, to } = wanted
    const isMinute = stepMs === stepLengths.minute
    const recent = await recentSteps(this.#db, instanceId, device, isMinute ? 'hour' : 'day', now)
    if (isMinute) return recent.filter(({ at }) => at >= from && at < to)
    return this.#kept({ instanceId, subject: device.serial }, recent, wanted)
  }

  /** Of the remote users of a SAG APP instance. */
  async ofUsers(instanceId: string, wanted: SeriesWanted): Promise<readonly Step[]> {
    const of = { instanceId, subject: '' }
    return this.#kept(of, (await recentOf(this.#db, of, wanted.now)) ?? [], wanted)
  }

  /** Of all gateways of an account together, by the quarter of an hour. */
  ofFleet(accountId: string, range: Range): Promise<readonly FleetStep[]> {
    return fleetSteps(this.#db, accountId, range)
  }

  /** What networks carry now, as far as the caller may see their gateways. */
  ratesOfNetworks(of: RatesOf, now: number): Promise<readonly NetworkRate[]> {
    return networkRates(this.#db, of, now)
  }

  ratesInNetwork(of: RatesOf & { readonly ccnId: string }, now: number): Promise<readonly InstanceRate[]> {
    return instanceRates(this.#db, of, now)
  }

  /** What was put away and what is not yet; half a day that is too old for steps of 15 minutes is known as a whole. */
  async #kept(
    of: SeriesOf,
    recent: readonly Step[],
    { from, to, stepMs, now }: SeriesWanted,
  ): Promise<readonly Step[]> {
    const { half } = seriesSpans
    const isHalf = stepMs === half.stepMs
    const begin = stepOf(from, stepMs)
    // Half a day that is not over, or not put away yet, consists of what is.
    const fresh = isHalf ? Math.max(begin, stepOf(now, half.stepMs) - 2 * half.stepMs) : begin
    const quarters = merged(await keptSteps(this.#db, of, 'quarter', { from: fresh, to }), recent).filter(
      ({ at }) => at >= fresh && at < to,
    )
    const steps = folded(quarters, stepMs)
    return isHalf ? merged(await keptSteps(this.#db, of, 'half', { from: begin, to }), steps) : steps
  }
}
