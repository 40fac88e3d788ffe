import { setImmediate } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Harness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import { type Call, Place } from './place.ts'

/** What calls that meet may do to a place, and how many turns of the event loop each waits before it begins. */
export interface Meeting {
  readonly prepare: (place: Place) => Promise<void>
  readonly calls: readonly Call[]
  readonly delays: readonly number[]
}

export interface Outcome {
  /** Of each call, in the order of `calls`. */
  readonly answers: readonly unknown[]
  readonly state: string
}

/**
 * Lets the calls meet, each at another node in turn, and compares with every order in which they could have come one
 * after the other, each tried in a place of its own: answers and state must be those of one of them.
 */
export async function meet(nodes: readonly Harness[], { prepare, calls, delays }: Meeting): Promise<Outcome> {
  const world = nodeOf(nodes, 0)
  const open = async (): Promise<Place> => {
    const place = new Place(world)
    await prepare(place)
    return place
  }

  const serial: Outcome[] = []
  for (const order of ordersOf(calls.map((_, index) => index))) {
    const place = await open()
    const answers: unknown[] = []
    for (const index of order) answers[index] = await calls[index]?.(place, world)
    serial.push({ answers, state: await place.state() })
  }

  const place = await open()
  const answers = await Promise.all(
    calls.map(async (call, index) => {
      for (let turn = 0; turn < (delays[index] ?? 0); turn++) await setImmediate()
      return call(place, nodeOf(nodes, index))
    }),
  )
  const outcome = { answers, state: await place.state() }
  expect(serial).toContainEqual(outcome)
  return outcome
}

function nodeOf(nodes: readonly Harness[], index: number): Harness {
  const node = nodes[index % nodes.length]
  if (node === undefined) throw new Error('There is no node.')
  return node
}

function ordersOf(indexes: readonly number[]): readonly (readonly number[])[] {
  if (indexes.length < 2) return [indexes]
  return indexes.flatMap((first) =>
    ordersOf(indexes.filter((index) => index !== first)).map((rest) => [first, ...rest]),
  )
}
