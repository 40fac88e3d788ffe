import { describe, expect, test } from 'vitest'
import { adminPasswordState, isDefaultPassword, passwordAfterReport } from './admin-password-state.ts'

const device = {
  model: 'sag-1000',
  sealKey: 'key',
  passwordSet: undefined,
  passwordChangedAt: undefined,
} as const

describe('the administrator password of a gateway', () => {
  test.each([
    ['NotSet', { passwordSet: false }],
    ['NotSet', { passwordSet: false, passwordChangedAt: 5 }],
    ['NeverChanged', { passwordSet: true }],
    // It does not say whether it has one, and the server has never set one.
    ['NeverChanged', {}],
    ['Changed', { passwordSet: true, passwordChangedAt: 5 }],
    ['Changed', { passwordChangedAt: 0 }],
    [undefined, { sealKey: undefined }],
    [undefined, { model: 'sag-vcpe' }],
  ] as const)('is %s for %o', (state, given) => {
    expect(adminPasswordState({ ...device, ...given })).toBe(state)
    expect(isDefaultPassword({ ...device, ...given })).toBe(state === 'NotSet' || state === 'NeverChanged')
  })
})

describe('the date of a password after a report', () => {
  const never = { changedAt: undefined, mark: undefined }

  test('a gateway that tells nothing changes nothing', () => {
    expect(passwordAfterReport({ changedAt: 5, mark: 4 }, undefined, 100)).toBeUndefined()
  })

  test('a gateway without a password has no date', () => {
    expect(passwordAfterReport({ changedAt: 5, mark: 4 }, { isSet: false }, 100)).toEqual({ isSet: false, ...never })
  })

  test('a password that came with the gateway has none either; one the server set keeps its date', () => {
    expect(passwordAfterReport(never, { isSet: true }, 100)).toEqual({ isSet: true, ...never })
    expect(passwordAfterReport({ changedAt: 5, mark: 4 }, { isSet: true }, 100)).toMatchObject({ changedAt: 5 })
  })

  test('a change at the gateway has the date the gateway tells, and never one in the future', () => {
    expect(passwordAfterReport(never, { isSet: true, changedAt: 40 }, 100)).toMatchObject({ changedAt: 40, mark: 40 })
    expect(passwordAfterReport(never, { isSet: true, changedAt: 400 }, 100)).toMatchObject({
      changedAt: 100,
      mark: 400,
    })
  })

  test('the date the gateway tells of a change the server made does not make it older', () => {
    expect(passwordAfterReport({ changedAt: 50, mark: 4 }, { isSet: true, changedAt: 7 }, 100)).toEqual({
      isSet: true,
      changedAt: 50,
      mark: 7,
    })
  })

  test('a clock that is ahead there makes a password younger once, not at every connection', () => {
    const first = passwordAfterReport(never, { isSet: true, changedAt: 400 }, 100)
    expect(passwordAfterReport(first ?? never, { isSet: true, changedAt: 400 }, 200)).toMatchObject({ changedAt: 100 })
  })
})
