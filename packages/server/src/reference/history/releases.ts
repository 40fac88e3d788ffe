import type { HistoryEntry, Release } from '@opensag/rules'
import { changesOf } from './compare.ts'
import type { OperationSurface, Surface } from './surface.ts'

/** The surface of a release as it is kept: the operations that differ from the release before, null for a removed one. */
export type FrozenSurface = Readonly<Record<string, OperationSurface | null>>

export interface FrozenRelease extends Release {
  readonly surface: FrozenSurface
}

/** What a release adds to those before it. */
export function frozenSurface(before: Surface, now: Surface): FrozenSurface {
  const removed = Object.keys(before).filter((name) => now[name] === undefined)
  // The order of errors is a fact: it is compared too.
  const different = Object.entries(now).filter(
    ([name, surface]) => JSON.stringify(surface) !== JSON.stringify(before[name]),
  )
  return Object.fromEntries([...different, ...removed.map((name) => [name, null] as const)])
}

/** What a release declared: its own operations, and those that it left as they were. */
export function surfaceAfter(releases: readonly FrozenRelease[]): Surface {
  const operations: Record<string, OperationSurface> = {}
  for (const { surface } of releases) {
    for (const [name, own] of Object.entries(surface)) {
      if (own === null) delete operations[name]
      else operations[name] = own
    }
  }
  return operations
}

/** Of each operation that there is now, what every release changed and what is not released; the newest first. */
export function historiesOf(
  releases: readonly FrozenRelease[],
  now: Surface,
): Readonly<Record<string, readonly HistoryEntry[]>> {
  const entries: Record<string, HistoryEntry[]> = Object.fromEntries(Object.keys(now).map((name) => [name, []]))
  let before: Surface = {}
  const surfaces = releases.map((_, index) => surfaceAfter(releases.slice(0, index + 1)))
  for (const [index, after] of [...surfaces, now].entries()) {
    const release = index < releases.length ? { release: index } : {}
    for (const [name, own] of Object.entries(after)) {
      const changes = changesOf(before[name], own)
      if (changes !== undefined) entries[name]?.unshift({ ...release, ...changes })
    }
    before = after
  }
  return entries
}

/** A text with one operation a line, so that a change of one is a change of one line. */
export function surfaceText(surface: FrozenSurface): string {
  const lines = Object.entries(surface).map(([name, own]) => `${JSON.stringify(name)}:${JSON.stringify(own)}`)
  return `{\n${lines.join(',\n')}\n}\n`
}
