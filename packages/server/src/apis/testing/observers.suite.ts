// What is seen of the worlds in which calls were made, and whether two of them look alike.
import type { Harness } from './harness-on.suite.ts'

/** What can be seen of a world, one thing after the other. */
export type Observe = (world: Harness) => AsyncGenerator<unknown>

/** Two worlds are looked at until they differ, first with those by which others differed last. */
export interface Observers {
  inOrder(): readonly Observe[]
  toldApart(observe: Observe): void
}

/** Most calls of a family are seen by the same one; what all others see of two equal worlds costs as much as hundreds of calls. */
export function createObservers(observers: readonly Observe[]): Observers {
  let order = observers
  return {
    inOrder: () => order,
    toldApart(observe) {
      order = [observe, ...order.filter((one) => one !== observe)]
    },
  }
}

/** All that one observer sees after a call. Nothing is looked at twice, and nothing before somebody asks for it. */
export type Sight = (index: number) => Promise<IteratorResult<unknown>>

export function lookAt(things: AsyncGenerator<unknown>): Sight {
  const seen: Promise<IteratorResult<unknown>>[] = []
  return (index) => {
    while (seen.length <= index) seen.push(things.next())
    return seen[index] as Promise<IteratorResult<unknown>>
  }
}

export async function looksAlike(one: Sight, another: Sight): Promise<boolean> {
  for (let index = 0; ; index++) {
    const [here, there] = [await one(index), await another(index)]
    if (!alike(here, there)) return false
    if (here.done === true) return true
  }
}

export function alike(one: unknown, another: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(another)
}
