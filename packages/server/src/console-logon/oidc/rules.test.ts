import { expect, test } from 'vitest'
import { defaultSecurityPreference as preference } from '../../model/security-preference.ts'
import type { LoginProfile } from '../../store/access/login-profiles.ts'
import type { RamUser } from '../../store/access/users.ts'
import { chosenUser, type KnownUsers, refusalOf } from './rules.ts'

const alice = { id: '1', name: 'alice' } as RamUser
const bob = { id: '2', name: 'bob' } as RamUser
const free = (user: RamUser) => ({ user, subject: undefined })
const taken = (user: RamUser) => ({ user, subject: 'another' })

const verified = { claim: 'alice@example.com', emailVerified: true }
const unverified = { ...verified, emailVerified: false }

test.each<[string, typeof verified | { claim: undefined; emailVerified: boolean }, boolean, KnownUsers, unknown]>([
  ['a bound one is its user', verified, true, { bound: bob, named: [] }, bob],
  [
    'a bound one is its user also without a claim',
    { claim: undefined, emailVerified: false },
    true,
    { bound: bob, named: [] },
    bob,
  ],
  ['the only one with the address is it', verified, true, { bound: undefined, named: [free(alice)] }, alice],
  [
    'nobody is it without a claim',
    { claim: undefined, emailVerified: true },
    true,
    { bound: undefined, named: [free(alice)] },
    'UserUnknown',
  ],
  [
    'an address that is not verified is nobody’s',
    unverified,
    true,
    { bound: undefined, named: [free(alice)] },
    'EmailNotVerified',
  ],
  ['a name needs no verified address', unverified, false, { bound: undefined, named: [free(alice)] }, alice],
  ['of none, none is it', verified, true, { bound: undefined, named: [] }, 'UserUnknown'],
  ['of two, none is it', verified, true, { bound: undefined, named: [free(alice), free(bob)] }, 'UserUnknown'],
  [
    'who is somebody else there is not it',
    verified,
    true,
    { bound: undefined, named: [taken(alice)] },
    'OtherIdentity',
  ],
])('of an identity: %s', (_what, identity, isEmail, known, expected) => {
  const choice = chosenUser(identity, isEmail, known)
  if (typeof expected === 'string') expect(choice).toMatchObject({ refusal: `SingleSignOn${expected}` })
  else expect(choice).toEqual({ user: expected })
})

const profile = { mfaBindRequired: false, passwordResetRequired: true } as LoginProfile
const required = { ...profile, mfaBindRequired: true }
const elsewhere = { ...preference, loginNetworkMasks: '198.51.100.0/24' }

test.each([
  ['with a profile', { profile, hasSecondFactor: false, preference }, false, undefined],
  ['without a profile', { profile: undefined, hasSecondFactor: false, preference }, true, 'SingleSignOnNoLogon'],
  [
    'with a factor that was not used',
    { profile, hasSecondFactor: true, preference },
    false,
    'SingleSignOnSecondFactor',
  ],
  ['with a factor and another that was used', { profile, hasSecondFactor: true, preference }, true, undefined],
  ['who must use one', { profile: required, hasSecondFactor: false, preference }, false, 'SingleSignOnSecondFactor'],
  ['who must use one and did', { profile: required, hasSecondFactor: false, preference }, true, undefined],
  ['from another network', { profile, hasSecondFactor: false, preference: elsewhere }, false, 'NetworkNotAllowed'],
])('a user %s', (_who, entrance, usedSecondFactor, refusal) => {
  expect(refusalOf({ usedSecondFactor }, entrance, '192.0.2.1')).toBe(refusal)
})
