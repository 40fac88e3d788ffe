import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instance } from './instance.ts'
import { factsOfStep, type OrderState, type OrderStep, orderState, stateAfter } from './order.ts'
import { exampleInstance } from './testing/example.suite.ts'

const steps: readonly OrderStep[] = ['pay', 'ship', 'arrive', 'activate', 'return']
const kinds = fc.constantFrom<Instance['kind']>('hardware', 'vcpe', 'app')

function take(instance: Instance, step: OrderStep, at: number): Instance {
  return { ...instance, ...factsOfStep(instance, step, at) }
}

describe('order', () => {
  test('hardware is paid, shipped, received and activated, each step only in its turn', () => {
    let instance = exampleInstance()
    const course: [OrderStep, OrderState, readonly OrderStep[]][] = [
      ['pay', 'ordered', ['ship']],
      ['ship', 'delivered', ['arrive', 'return']],
      ['arrive', 'received', ['activate', 'return']],
      ['activate', 'activated', []],
    ]
    for (const [step, state, next] of course) {
      expect(stateAfter(instance, step, 1)).toBe(state)
      instance = take(instance, step, 1)
      expect(orderState(instance, 1)).toBe(state)
      expect(steps.filter((further) => stateAfter(instance, further, 1) !== undefined)).toEqual(next)
    }
  })

  test('a box the buyer owns is received once paid', () => {
    const instance = take(exampleInstance({ alreadyHaveSag: true }), 'pay', 5)
    expect(instance).toMatchObject({ paidAt: 5, arrivedAt: 5 })
    expect(orderState(instance, 5)).toBe('received')
  })

  test.each(['vcpe', 'app'] as const)('a %s serves once paid, and there is nothing else to do', (kind) => {
    const instance = take(exampleInstance({ kind, alreadyHaveSag: true }), 'pay', 5)
    expect(orderState(instance, 5)).toBe('activated')
    expect(steps.filter((step) => stateAfter(instance, step, 5) !== undefined)).toEqual([])
  })

  test('whatever is tried, the facts after an allowed step are those of the state it leads to', () => {
    fc.assert(
      fc.property(kinds, fc.boolean(), fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (kind, owned, tried) => {
        let instance = exampleInstance({ kind, alreadyHaveSag: owned })
        let at = 0
        for (const step of tried) {
          at += 1
          const next = stateAfter(instance, step, at)
          if (next === undefined) continue
          instance = take(instance, step, at)
          expect(orderState(instance, at)).toBe(next)
        }
      }),
    )
  })

  test('what is returned stays returned', () => {
    fc.assert(
      fc.property(fc.constantFrom(...steps), fc.nat(), (step, now) => {
        const instance = exampleInstance({ paidAt: 0, shippedAt: 0, arrivedAt: 0, returningAt: 0 })
        expect(orderState(instance, now)).toBe('returning')
        expect(stateAfter(instance, step, now)).toBeUndefined()
      }),
    )
  })
})
