import { expect, test } from 'vitest'
import { expectListedAsItHappens } from '../model/testing/walk.suite.ts'
import { passwordLifecycle, passwordRules } from './password-lifecycle.ts'

test('what happens to a change of password is listed, and what is listed can happen', () => {
  expectListedAsItHappens(passwordRules)
})

test('a change ends in one of three answers and never leaves it', () => {
  const left = new Set(passwordLifecycle.transitions.map(({ from }) => from))
  expect(passwordLifecycle.states.filter((state) => !left.has(state)).sort()).toEqual([
    'accepted',
    'refused',
    'unreachable',
  ])
})
