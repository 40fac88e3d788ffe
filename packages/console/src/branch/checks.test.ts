import { networksIn } from '@opensag/rules'
import { expect, test } from 'vitest'
import { checksOf } from './checks.ts'

const [block = { first: 0, last: 0 }] = networksIn('10.64.1.0/24')
const porto = { id: 'sag-1', regionId: 'cn-shanghai', name: 'Porto', block }
const around = { range: networksIn('10.64.0.0/11'), snat: networksIn('10.65.0.0/24'), members: [porto] }
const names = (cidr: string) => checksOf(cidr, around).map(({ name, ok }) => `${name} ${ok}`)

test('a block in the range that nobody has passes all of them', () => {
  expect(names('10.64.2.0/24')).toEqual(['form true', 'inside true', 'free true'])
})

test('whoever has some of it is told', () => {
  expect(checksOf('10.64.0.0/22', around).at(-1)).toEqual({ name: 'taken', ok: false, by: porto })
})

test('outside the range, and in the SNAT range', () => {
  expect(names('10.1.0.0/24')).toEqual(['form true', 'outside false', 'free true'])
  expect(names('10.65.0.0/24')).toEqual(['form true', 'inside true', 'snat false', 'free true'])
})

test('a network without a range takes any block; what is no block is only that', () => {
  expect(checksOf('10.1.0.0/24', { ...around, range: [] }).map(({ name }) => name)).toEqual(['form', 'free'])
  expect(names('10.64.2.0/31')).toEqual(['form false'])
  expect(names('')).toEqual(['form false'])
})
