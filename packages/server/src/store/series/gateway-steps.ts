import type { Device } from '../../model/device.ts'
import { gatewaySteps, presenceSteps, type Step } from '../../model/metric-series.ts'
import { presencePeriods, withPresent } from '../../model/presence-history.ts'
import { firstInterval, trafficSpans } from '../../model/traffic.ts'
import { presenceOf } from '../gateways/history.ts'
import { countedIn } from '../pops/traffic.ts'
import type { Reader } from '../store.ts'

/** Of one gateway. Of one that comes and goes all the time less is known of when it was there. */
const mostEvents = 500

/** Of as much as gateways are counted of now: the last hour by the minute, or the last day by the quarter of an hour. */
export async function recentSteps(
  db: Reader,
  instanceId: string,
  device: Device,
  span: keyof typeof trafficSpans,
  now: number,
): Promise<readonly Step[]> {
  const { stepMs } = trafficSpans[span]
  const from = firstInterval(trafficSpans[span], now)
  const events = await presenceOf(db, instanceId, device.serial, mostEvents)
  const periods = presencePeriods(withPresent(events, device), device, { from, to: now })
  const counted = await countedIn(db, device.serial, span, now)
  return gatewaySteps(counted, presenceSteps(periods, { from, now, stepMs }), { now, stepMs })
}
