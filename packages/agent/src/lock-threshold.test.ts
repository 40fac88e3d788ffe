import type { MarkedConfig } from '@opensag/protocol'
import { beforeEach, expect, test } from 'vitest'
import { type DesiredConfig, openDesiredConfig } from './desired-config.ts'
import { createMemoryDisk } from './disk.ts'
import { followThreshold, type LockThreshold } from './lock-threshold.ts'

let desiredConfig: DesiredConfig
let threshold: LockThreshold
let armed: (number | boolean)[]

function configured(revision: number, securityLockThreshold: number): MarkedConfig {
  const config = { cidrs: [], routingStrategy: 'static', securityLockThreshold, snat: [], probeAddresses: [] } as const
  return { instanceId: 'sag-1', revision, config }
}

/** What the lock is told: thresholds, and whether it is connected. */
function follow(): LockThreshold {
  armed = []
  return followThreshold(
    {
      arm: (seconds) => void armed.push(seconds),
      connected: (isNow) => void armed.push(isNow),
    },
    desiredConfig,
  )
}

beforeEach(async () => {
  desiredConfig = await openDesiredConfig({ disk: createMemoryDisk() })
  threshold = follow()
  threshold.connected(true)
  await desiredConfig.configure(configured(1, 60), 1000)
})

test('the threshold follows the configuration in force, and is there again at the next start', async () => {
  await desiredConfig.configure(configured(2, 90), 1000)
  expect(armed).toEqual([true, 60, 90])
  follow()
  expect(armed).toEqual([90])
})

test('a gateway that is bound to no instance any more: the threshold is off', async () => {
  await desiredConfig.configure(undefined, 1000)
  expect(armed.at(-1)).toBe(0)
})

test('the reset button, connected or not, and a restart after it: the threshold stays', async () => {
  threshold.connected(false)
  await threshold.keepDuring(() => desiredConfig.clear())()
  expect(desiredConfig.inForce()).toBeUndefined()
  expect(armed).toEqual([true, 60, false])
  threshold = follow()
  threshold.connected(false)
  expect(armed).toEqual([])
})

test('reset while it is connected, and cut off before it is configured anew: the threshold stays', async () => {
  await threshold.keepDuring(() => desiredConfig.clear())()
  threshold.connected(false)
  expect(armed).toEqual([true, 60, false])
})

test('reset while it was away, and nothing to hold when it came back: the threshold is off when it goes', async () => {
  threshold.connected(false)
  await threshold.keepDuring(() => desiredConfig.clear())()
  threshold.connected(true)
  threshold.connected(false)
  expect(armed).toEqual([true, 60, false, true, 0, false])
})
