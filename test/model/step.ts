import fc from 'fast-check'
import type { Reference, Site } from './reference.ts'
import { check, type World } from './world.ts'

/** Does one thing to the real service and the same to the reference, which says beforehand how it should end. */
export type Play = (reference: Reference, world: World) => Promise<void>

/** One step of a run, shown with what it was given; after it everything is checked. */
export class Step implements fc.AsyncCommand<Reference, World> {
  readonly #shown: string
  readonly #play: Play

  constructor(name: string, given: unknown, play: Play) {
    this.#shown = `${name}(${JSON.stringify(given)})`
    this.#play = play
  }

  check(): boolean {
    return true
  }

  async run(reference: Reference, world: World): Promise<void> {
    await this.#play(reference, world)
    await check(reference, world)
  }

  toString(): string {
    return this.#shown
  }
}

/** A kind of step, of which every given makes one. */
export function step<T>(
  name: string,
  given: fc.Arbitrary<T>,
  play: (given: T, ...on: Parameters<Play>) => Promise<void>,
): fc.Arbitrary<Step> {
  return given.map((value) => new Step(name, value, (...on) => play(value, ...on)))
}

/** Names a thing before it exists: the one at that place, another account's or one that never was. */
export const which: fc.Arbitrary<number> = fc.oneof(
  { weight: 12, arbitrary: fc.nat(5) },
  { weight: 1, arbitrary: fc.constantFrom(-1, -2) },
)

export function siteId({ sites, foreign }: Reference, place: number): string {
  return idAt([...sites.keys()], place, foreign.site) ?? 'sag-unknown00000000000'
}

export function networkId({ networks, foreign }: Reference, place: number): string {
  // The newest are those that have something in them.
  return idAt([...networks.keys()].reverse().slice(0, 3), place, foreign.network) ?? 'ccn-unknown00000000000'
}

function idAt(ids: readonly string[], place: number, foreign: string): string | undefined {
  if (place === -1) return foreign
  return place < 0 ? undefined : ids[place % Math.max(1, ids.length)]
}

/** An App of this account, which most steps on accounts are about. */
export function appId(reference: Reference, place: number): string {
  const apps = [...reference.sites].filter(([, { kind }]) => kind === 'app').map(([id]) => id)
  return (place < 0 || place === 5 ? undefined : apps[place % Math.max(1, apps.length)]) ?? siteId(reference, place)
}

export function appAt({ sites }: Reference, id: string): Site | undefined {
  const site = sites.get(id)
  return site?.kind === 'app' ? site : undefined
}
