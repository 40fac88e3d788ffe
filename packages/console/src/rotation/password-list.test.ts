import { keyOf, type PlannedGateway } from '@opensag/rotation'
import { expect, test } from 'vitest'
import { passwordList } from './password-list.ts'
import type { GatewayProgress } from './run.ts'

function gateway(serial: string): PlannedGateway {
  const choice = { operation: 'ModifySAGAdminPassword' } as const
  return {
    ...{
      regionId: 'cn',
      instanceId: `sag-${serial}`,
      instanceName: `=${serial}`,
      ccnId: undefined,
      serial,
      wave: 0,
      choice,
    },
    ...{ model: 'sag-1000', version: '2.3.1.1', role: 'active', online: true },
  }
}

const plan = [
  ...['changed', 'unknown', 'kept', 'running', 'pending'].map((one) => gateway(one)),
  { ...gateway('none'), wave: undefined },
]
const passwords = new Map(plan.map((one) => [keyOf(one), `new-${one.serial}`]))
const done = (serial: string, is: 'changed' | 'unknown' | 'kept'): readonly [string, GatewayProgress] => {
  const password = is === 'kept' ? undefined : `new-${serial}`
  return [
    keyOf(gateway(serial)),
    { gateway: gateway(serial), state: 'done', outcome: { is, why: '' }, password } as GatewayProgress,
  ]
}
const progress = new Map([done('changed', 'changed'), done('unknown', 'unknown'), done('kept', 'kept')])
const column = (csv: string): readonly string[] =>
  csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(',').slice(3, 5).join(' '))

test('before the first call it has every password', () => {
  const csv = passwordList(plan, new Map(), { passwords, isRunning: true })
  expect(csv.split('\r\n')[1]).toBe("cn,sag-changed,changed,pending,new-changed,'=changed")
  expect(column(csv)).toHaveLength(6)
  expect(
    column(csv)
      .slice(1)
      .every((line) => line.startsWith('pending new-')),
  ).toBe(true)
})

test('it has no password that is not in force and will not be', () => {
  const running = {
    ...done('running', 'kept')[1],
    state: 'running',
    outcome: undefined,
    password: 'new-running',
  } as const
  const withRunning = new Map([...progress, [keyOf(gateway('running')), running] as const])
  expect(column(passwordList(plan, withRunning, { passwords, isRunning: true })).slice(1)).toEqual([
    'changed new-changed',
    'unknown new-unknown',
    'kept ',
    'pending new-running',
    'pending new-pending',
  ])
  // It ended by a defect while this one was called.
  expect(column(passwordList(plan, withRunning, { passwords, isRunning: false })).slice(4)).toEqual([
    'pending new-running',
    'pending ',
  ])
})
