import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindingOrder, deviceLimit, roleOfNext, shownType } from './binding.ts'
import { exampleDevice } from './testing/example.suite.ts'

describe('binding', () => {
  test('the first is active, the next the standby', () => {
    expect(roleOfNext([])).toBe('active')
    expect(roleOfNext([{ role: 'active' }])).toBe('standby')
  })

  test('of a pair that comes together the smaller serial number goes first', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string()), ([a, b]) => {
        expect(bindingOrder([a, b])).toEqual(bindingOrder([b, a]))
        const [first = '', second = ''] = bindingOrder([a, b])
        expect(first <= second).toBe(true)
      }),
    )
  })

  test('an App has room for no device, the others for two', () => {
    expect([deviceLimit('app'), deviceLimit('vcpe'), deviceLimit('hardware')]).toEqual([0, 2, 2])
  })

  test.each([
    ['SCG5000', 'SCG5000'],
    ['SCG5000-5G', 'SCG5000-5G'],
    ['sag-100wm', 'sag-1000'],
  ] as const)('with an active %s an sag-1000 instance shows %s', (model, shown) => {
    const devices = [exampleDevice({ role: 'active', model })]
    expect(shownType({ spec: 'sag-1000', devices })).toBe(shown)
  })

  test('a standby does not change what is shown', () => {
    expect(shownType({ spec: 'sag-1000', devices: [exampleDevice({ role: 'standby', model: 'SCG5000' })] })).toBe(
      'sag-1000',
    )
  })
})
