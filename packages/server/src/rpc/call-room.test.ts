import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCallRoom } from './call-room.ts'
import { Throttled } from './gateway-errors.ts'

function roomOf(most: number) {
  const told: string[] = []
  const warn = (_facts: unknown, text: string): void => void told.push(text)
  return { room: createCallRoom(most, { warn: warn as never }), told }
}

describe('the room for calls', () => {
  test('never holds more than the bound, and refuses nobody below it, however places are taken and given back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(9), { maxLength: 60 }), (most, steps) => {
        const { room } = roomOf(most)
        const inside: (() => void)[] = []
        const left: (() => void)[] = []
        for (const step of steps) {
          if (step < 5) {
            if (inside.length < most) inside.push(room.enter())
            else expect(() => room.enter()).toThrow(Throttled)
          } else if (step < 9) {
            const leave = inside.splice(step % (inside.length || 1), 1)[0]
            leave?.()
            if (leave !== undefined) left.push(leave)
          } else {
            // Who has left cannot give back the place of another one.
            for (const again of left) again()
          }
        }
      }),
    )
  })

  test('a place that is given back twice is one place', () => {
    const { room } = roomOf(2)
    const leave = room.enter()
    leave()
    leave()
    room.enter()
    room.enter()
    expect(() => room.enter()).toThrow(Throttled)
  })

  test('says once that it is full, and once that half of it is free again', () => {
    const { room, told } = roomOf(4)
    const inside = [room.enter(), room.enter(), room.enter(), room.enter()]
    expect(told).toEqual([])
    for (let call = 0; call < 3; call++)
      expect(() => room.enter()).toThrow('Request was denied due to request throttling.')
    expect(told).toEqual(['as many calls at once as may be: further ones are refused'])
    inside[0]?.()
    expect(() => [room.enter(), room.enter()]).toThrow(Throttled)
    expect(told).toHaveLength(1)
    for (const leave of inside) leave()
    expect(told).toHaveLength(2)
  })
})
