import { describe, expect, test } from 'vitest'
import { reachable } from './explore.ts'
import { bindingRules } from './lifecycle-binding.ts'
import { lockRules } from './lifecycle-lock.ts'
import { orderRules, orderSteps } from './lifecycle-order.ts'
import { sessionRules } from './lifecycle-session.ts'
import { statusRules } from './lifecycle-status.ts'
import { syncRules } from './lifecycle-sync.ts'
import { upgradeRules } from './lifecycle-upgrade.ts'
import { lifecycles } from './lifecycles.ts'
import type { SessionEnd } from './logon.ts'
import { stateAfter } from './order.ts'
import type { Status } from './status.ts'
import { expectListedAsItHappens } from './testing/walk.suite.ts'

describe('what happens is listed, and what is listed can happen', () => {
  test.each(orderRules.map((rules) => [rules.name.en, rules] as const))('%s', (_name, rules) =>
    expectListedAsItHappens(rules),
  )
  test.each(statusRules.map((rules) => [rules.name.en, rules] as const))('%s', (_name, rules) =>
    expectListedAsItHappens(rules),
  )
  test('binding', () => expectListedAsItHappens(bindingRules))
  test('lock', () => expectListedAsItHappens(lockRules))
  test('synchronisation', () => expectListedAsItHappens(syncRules))
  test('upgrade', () => expectListedAsItHappens(upgradeRules))
  test('session', () => expectListedAsItHappens(sessionRules))
})

test('a step of an order leads where the order says, in every state', () => {
  for (const rules of orderRules) {
    for (const facts of reachable(rules)) {
      orderSteps.forEach((step, index) => {
        const next = rules.happenings[index]?.after(facts)
        expect(next === undefined ? undefined : rules.stateOf(next), step).toBe(
          stateAfter(facts.instance, step, facts.now),
        )
      })
    }
  }
})

test('every word of Status is drawn', () => {
  const drawn = statusRules.flatMap((rules) => reachable(rules).map(rules.stateOf))
  const words: Readonly<Record<Status, true>> = {
    Ordered: true,
    Delivered: true,
    Received: true,
    Returning: true,
    Init: true,
    Active: true,
    Offline: true,
    Arrearage: true,
  }
  expect(new Set(drawn)).toEqual(new Set([...Object.keys(words), 'deleted']))
})

test('every reason a session ends for is drawn, but those that cannot come to one that is going on', () => {
  const ended = new Set(reachable(sessionRules).map((account) => account.ended))
  const reasons: Readonly<Record<SessionEnd, boolean>> = {
    UserDisabled: true,
    InstanceNotActivated: false, // service that began never ends in that
    InstanceInArrears: true,
    InstanceNotInCcn: true,
    AddressNotInPool: true,
    LoggedOff: true,
    KickedOut: true,
    PasswordReset: true,
    Replaced: true,
    ServerRestored: true,
    Silent: true,
    UserDeleted: true,
  }
  for (const [reason, drawn] of Object.entries(reasons)) expect(ended.has(reason as SessionEnd), reason).toBe(drawn)
})

test('states have names a drawing can have', () => {
  for (const { states } of lifecycles) for (const state of states) expect(state).toMatch(/^[A-Za-z_]+$/)
})
