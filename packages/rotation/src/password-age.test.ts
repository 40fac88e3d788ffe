import { expect, test } from 'vitest'
import type { Gateway } from './gateway.ts'
import { olderThan, type PasswordAge } from './password-age.ts'

const gateway = (serial: string): Gateway => ({
  regionId: 'cn-shanghai',
  instanceId: 'sag-1',
  instanceName: undefined,
  ccnId: undefined,
  serial,
  model: 'sag-1000',
  version: '2.3.1.1',
  role: 'active',
  online: true,
})

test('only passwords older than the maximum age are due; default ones and those nothing is known of always are', () => {
  const ages: Readonly<Record<string, PasswordAge>> = {
    young: { changedAt: 950 },
    'exactly at the limit': { changedAt: 900 },
    old: { changedAt: 899 },
    default: 'default',
    unknown: undefined,
    'from the future': { changedAt: 2000 },
  }
  const due = olderThan(
    Object.entries(ages).map(([serial, age]) => ({ gateway: gateway(serial), age })),
    { maxAgeMs: 100, now: 1000 },
  )
  expect(due.map(({ serial, passwordChangedAt }) => [serial, passwordChangedAt])).toEqual([
    ['old', '1970-01-01T00:00:00.899Z'],
    ['default', 'default'],
    ['unknown', undefined],
  ])
})
