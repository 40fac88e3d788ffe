import { expect, test } from 'vitest'
import { judge } from './admission.ts'

test.each([
  // What comes, what OpenVPN says of it, whether its session goes on, and what becomes of it.
  ['CONNECT', 'Initial', false, 'ask'],
  ['CONNECT', 'Initial', true, 'ask'],
  ['CONNECT', 'Authenticated', false, 'refuse'],
  ['CONNECT', 'Authenticated', true, 'refuse'],
  ['CONNECT', 'Invalid', false, 'refuse'],
  ['CONNECT', undefined, false, 'refuse'],
  ['REAUTH', 'Authenticated', true, 'accept'],
  ['REAUTH', 'Authenticated', false, 'refuse'],
  ['REAUTH', 'Initial', true, 'compare'],
  ['REAUTH', 'Initial', false, 'refuse'],
  ['REAUTH', 'Expired', true, 'refuse'],
  ['REAUTH', 'Invalid', true, 'refuse'],
  ['REAUTH', 'AuthenticatedEmptyUser', true, 'refuse'],
  ['REAUTH', undefined, true, 'refuse'],
] as const)('%s with a password that is %s, online: %s: %s', (what, sessionState, isOnline, verdict) => {
  expect(judge({ what, sessionState, isOnline })).toBe(verdict)
})
