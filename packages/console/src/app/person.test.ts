import { expect, test } from 'vitest'
import { personOf } from './person.ts'

test('a person goes by the last part of the name', () => {
  expect(personOf('acs:ram::1210123456123456:user/wang.k')).toBe('wang.k')
  expect(personOf('acs:ram::1210123456123456:root')).toBe('root')
  expect([personOf('acs:ram::1:user/zhang'), personOf('acs:ram::1:root')]).toEqual(['zhang', 'root'])
  expect(personOf(undefined)).toBeUndefined()
})
