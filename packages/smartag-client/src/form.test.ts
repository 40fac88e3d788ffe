import { expect, test } from 'vitest'
import { flatten, formBody } from './form.ts'

test('lists and their members are numbered from 1, and what is undefined is not sent', () => {
  const flat = flatten({
    Name: 'a b',
    Size: 0,
    On: false,
    Left: undefined,
    Ids: ['x', 'y'],
    Tag: [
      { Key: 'k', Value: undefined },
      { Key: 'l', Value: 1 },
    ],
  })
  expect([...flat]).toEqual([
    ['Name', 'a b'],
    ['Size', '0'],
    ['On', 'false'],
    ['Ids.1', 'x'],
    ['Ids.2', 'y'],
    ['Tag.1.Key', 'k'],
    ['Tag.2.Key', 'l'],
    ['Tag.2.Value', '1'],
  ])
  expect(formBody({ Name: 'a b&c' })).toBe('Name=a+b%26c')
})
