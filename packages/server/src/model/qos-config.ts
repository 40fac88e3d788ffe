import type { QosConfig } from '@opensag/protocol'
import { canShape, isProgramTooOld } from './device-features.ts'
import { failsToRecognise } from './dpi.ts'
import { packetsOf } from './five-tuple.ts'
import type { Instance } from './instance.ts'
import { type QosCar, type QosPolicy, qosTime } from './qos.ts'

/**
 * What gateways are told of a QoS; undefined: nothing of it divides what they send.
 * @param cars of a priority the oldest first
 * @param policies in their order
 */
export function qosConfig(cars: readonly QosCar[], policies: readonly QosPolicy[]): QosConfig | undefined {
  const classes = countingCars(cars).filter(isTowardNetwork)
  if (classes.length === 0) return undefined
  return {
    classes: classes.map(({ priority, limitType, minAbs, maxAbs, minPercent, maxPercent }) =>
      limitType === 'Absolute'
        ? { priority, unit: 'mbit', min: minAbs, max: maxAbs }
        : { priority, unit: 'percent', min: minPercent, max: maxPercent },
    ),
    rules: policies.map(ruleOf),
  }
}

/** A gateway of the instance does not divide what it sends by all of these. */
export function failsToShape(
  instance: Pick<Instance, 'devices' | 'dpiEnabled'>,
  cars: readonly QosCar[],
  policies: readonly QosPolicy[],
): boolean {
  const { devices } = instance
  const counting = countingCars(cars)
  if (counting.length === 0) return false
  if (failsToRecognise(instance, policies)) return true
  if (!counting.every(isTowardNetwork)) return true
  return devices.some((device) => !canShape(device) || isProgramTooOld(device, 'qos'))
}

/** One of each priority: the oldest (C). */
function countingCars(cars: readonly QosCar[]): readonly QosCar[] {
  return cars.filter((car) => cars.find(({ priority }) => priority === car.priority) === car)
}

/** The traffic of a branch leaves for its network, never for the Internet: a share of that is a share of nothing. */
function isTowardNetwork({ limitType, percentSource }: QosCar): boolean {
  return limitType === 'Absolute' || percentSource === 'CcnBandwidth'
}

function ruleOf(policy: QosPolicy): QosConfig['rules'][number] {
  const { priority, startTime, endTime } = policy
  const [since, until] = [startTime, endTime].map((text) => (text === undefined ? undefined : qosTime(text)))
  return {
    priority,
    ...packetsOf(policy),
    ...(since === undefined ? {} : { since: since / 1000 }),
    ...(until === undefined ? {} : { until: until / 1000 }),
  }
}
