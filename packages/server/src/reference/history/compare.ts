import { isDeepStrictEqual } from 'node:util'
import type { Aspect, Aspects, Changes, HistoryEntry } from '@opensag/rules'
import type { Facts, OperationSurface } from './surface.ts'

/** A longer value is not shown: that it changed is enough, and the page has the present one. */
const longestShown = 60

type Things = Readonly<Record<string, Facts>>

/** What changed for callers of an operation; nothing when nothing did. */
export function changesOf(
  before: OperationSurface | undefined,
  after: OperationSurface,
): Omit<HistoryEntry, 'release'> | undefined {
  if (before === undefined) return { added: true }
  const access = aspectsOf(before.access, after.access)
  const params = changed(before.params, after.params)
  const result = changed(before.result, after.result)
  const errors = changed(before.errors, after.errors, { order: true })
  const entry = {
    ...(access && { access }),
    ...(params && { params }),
    ...(result && { result }),
    ...(errors && { errors }),
  }
  return Object.keys(entry).length === 0 ? undefined : entry
}

function changed(before: Things, after: Things, { order = false } = {}): Changes | undefined {
  const added = Object.keys(after).filter((name) => before[name] === undefined)
  const required = added.filter((name) => after[name]?.required !== undefined)
  const removed = Object.keys(before).filter((name) => after[name] === undefined)
  const stayed = Object.keys(before).filter((name) => after[name] !== undefined)
  const others = stayed.flatMap((name) => {
    const aspects = aspectsOf(before[name] ?? {}, after[name] ?? {})
    return aspects === undefined ? [] : [[name, aspects] as const]
  })
  const orderNow = Object.keys(after).filter((name) => before[name] !== undefined)
  const changes: Changes = {
    ...(added.length > 0 && { added }),
    ...(required.length > 0 && { required }),
    ...(removed.length > 0 && { removed }),
    ...(others.length > 0 && { changed: Object.fromEntries(others) }),
    ...(order && !isDeepStrictEqual(stayed, orderNow) && { reordered: true as const }),
  }
  return Object.keys(changes).length === 0 ? undefined : changes
}

function aspectsOf(before: Facts, after: Facts): Aspects | undefined {
  const names = new Set([...Object.keys(before), ...Object.keys(after)] as Aspect[])
  const different = [...names]
    .filter((name) => before[name] !== after[name])
    .map((name) => [name, shown(before[name] ?? null, after[name] ?? null)] as const)
  return different.length === 0 ? undefined : Object.fromEntries(different)
}

function shown(before: string | null, after: string | null): Aspects[Aspect] {
  return Math.max(before?.length ?? 0, after?.length ?? 0) > longestShown ? [] : [before, after]
}
