import { ipv4ToNumber, parseCidr } from '@opensag/rules'
import { describe, expect, test } from 'vitest'
import type { Instance } from './instance.ts'
import { endOf, obstacleOf, silentSince } from './logon.ts'
import { exampleInstance } from './testing/example.suite.ts'

const now = Date.UTC(2024, 0, 31)
const usable: Partial<Instance> = { kind: 'app', paidAt: now - 1, ccnId: 'ccn-a' }

function app(more: Partial<Instance> = {}): Instance {
  return exampleInstance({ ...usable, ...more })
}

describe('an obstacle', () => {
  test('there is none for an enabled account of a paid service in a CCN', () => {
    expect(obstacleOf({ state: 'enabled' }, app(), now)).toBeUndefined()
  })

  test('the account is looked at first, then payment, then the subscription, then the CCN', () => {
    const nothing = { paidAt: undefined, overdueSince: now, ccnId: undefined }
    expect(obstacleOf({ state: 'disabled' }, app(nothing), now)).toBe('UserDisabled')
    expect(obstacleOf({ state: 'enabled' }, app(nothing), now)).toBe('InstanceNotActivated')
    expect(obstacleOf({ state: 'enabled' }, app({ ...nothing, paidAt: now }), now)).toBe('InstanceInArrears')
    expect(obstacleOf({ state: 'enabled' }, app({ ccnId: undefined }), now)).toBe('InstanceNotInCcn')
  })

  test('the moment a subscription ends it is one', () => {
    expect(obstacleOf({ state: 'enabled' }, app({ endsAt: now + 1 }), now)).toBeUndefined()
    expect(obstacleOf({ state: 'enabled' }, app({ endsAt: now }), now)).toBe('InstanceInArrears')
  })
})

describe('a session', () => {
  const pool = [parseCidr('10.9.9.0/24')].flatMap((cidr) => (typeof cidr === 'string' ? [] : cidr))
  const address = ipv4ToNumber('10.9.9.2') ?? 0
  const ground = { user: { state: 'enabled', clientIp: undefined }, instance: app(), pool, address } as const

  test('goes on while what it rests on stands', () => {
    expect(endOf(ground, now)).toBeUndefined()
    expect(endOf({ ...ground, user: { state: 'enabled', clientIp: address } }, now)).toBeUndefined()
  })

  test('ends with its account, with an obstacle, and when its address is not its own any more', () => {
    expect(endOf({ ...ground, user: undefined }, now)).toBe('UserDeleted')
    expect(endOf({ ...ground, user: { state: 'disabled', clientIp: undefined } }, now)).toBe('UserDisabled')
    expect(endOf({ ...ground, pool: [] }, now)).toBe('AddressNotInPool')
    expect(endOf({ ...ground, user: { state: 'enabled', clientIp: address + 1 } }, now)).toBe('AddressNotInPool')
  })

  test('is nobody’s after so many missed heartbeats', () => {
    expect(silentSince({ everyMs: 15_000, missed: 3 }, now)).toBe(now - 45_000)
  })
})
