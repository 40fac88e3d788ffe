import type { Chance } from '../../../packages/chaos/src/random.ts'
import { type Contents, type DataChange, type File, historyOf, type Ignored, type Node } from './history.ts'
import { createImage, type Image } from './image.ts'
import { folderOf, type Step } from './step.ts'

/** How the power went away, and how much the file system promises. */
export interface PowerCut {
  /** Number of the first step that did not happen. */
  readonly at: number
  /**
   * Names that were not synced. `in-order`: as with a journal, all changes up to some moment are there. `each-for-itself`:
   * any of them may be missing, which is more than a file system in use takes away.
   */
  readonly names: 'in-order' | 'each-for-itself'
  /** Content that was not synced: all lost, all kept, or as chance decides for each file, write and sector. */
  readonly data: 'lost' | 'kept' | 'torn'
  /** Bytes that are written whole or not at all. */
  readonly sector: 512 | 4096
  /** Syncs that did nothing: a mistake in the program, or a disk that lies. */
  readonly ignored?: Ignored | undefined
}

export function anyPowerCut(at: number, chance: Chance): PowerCut {
  return {
    at,
    names: pick(chance, ['in-order', 'each-for-itself']),
    data: pick(chance, ['lost', 'kept', 'torn', 'torn']),
    sector: pick(chance, [512, 4096]),
  }
}

/** A possible state of the disk once the power is back. */
export function afterPowerCut(steps: readonly Step[], before: Contents, cut: PowerCut, chance: Chance): Contents {
  const { start, names } = historyOf(steps.slice(0, cut.at), before, cut.ignored)
  const tree = new Map(start)
  const lastDurable = names.findLastIndex(({ waits }) => waits.size === 0)
  const lastKept = lastDurable + chance.below(names.length - lastDurable)
  for (const [index, { waits, apply }] of names.entries()) {
    const kept = cut.names === 'in-order' ? index <= lastKept : waits.size === 0 || chance.below(2) === 0
    if (kept) apply(tree)
  }
  return contentsOf(tree, (file) => contentAfter(file, cut, chance))
}

/** What a program finds that was killed and is started again: everything. */
export function afterKill(steps: readonly Step[], before: Contents, at: number): Contents {
  const { start, names } = historyOf(steps.slice(0, at), before)
  const tree = new Map(start)
  for (const { apply } of names) apply(tree)
  return contentsOf(tree, (file) => allOf(file.before, file.changes).bytes())
}

function contentsOf(tree: ReadonlyMap<string, Node>, content: (file: File) => Buffer): Contents {
  const contents = new Map<string, Buffer | undefined>()
  for (const path of [...tree.keys()].sort()) {
    const node = tree.get(path)
    // A folder that is lost takes everything in it with it.
    const folder = folderOf(path)
    if (node === undefined || (folder !== '' && !contents.has(folder))) continue
    contents.set(path, node === 'folder' ? undefined : content(node))
  }
  return contents
}

function contentAfter({ before, changes, durable }: File, { data, sector }: PowerCut, chance: Chance): Buffer {
  const image = allOf(
    before,
    changes.filter(({ at }) => at < durable),
  )
  const pending = changes.filter(({ at }) => at >= durable)
  const fate = data === 'torn' ? pick(chance, ['lost', 'kept', 'begun', 'torn']) : data
  if (fate === 'lost') return image.bytes()
  if (fate === 'kept') apply(image, pending)
  else if (fate === 'begun') apply(image, pending.slice(0, chance.below(pending.length + 1)))
  else for (const change of pending) tear(image, change, sector, chance)
  return image.bytes()
}

function allOf(before: Buffer, changes: readonly DataChange[]): Image {
  const image = createImage(before)
  apply(image, changes)
  return image
}

function apply(image: Image, changes: readonly DataChange[]): void {
  for (const { offset, data } of changes) {
    if (data === undefined) image.resize(offset)
    else image.write(offset, data)
  }
}

/** Some sectors reach the disk. The new length of the file may reach it without them: they read as zeros then. */
function tear(image: Image, change: DataChange, sector: number, chance: Chance): void {
  const fate = pick(chance, ['lost', 'kept', 'torn'])
  if (fate === 'kept') apply(image, [change])
  const { offset, data } = change
  if (fate === 'kept' || data === undefined) return
  const end = offset + data.length
  if (chance.below(2) === 0 && end > image.bytes().length) image.resize(end)
  if (fate === 'lost') return
  for (let from = offset; from < end; ) {
    const next = Math.min(end, from + sector - (from % sector))
    if (chance.below(2) === 0) image.write(from, data.subarray(from - offset, next - offset))
    from = next
  }
}

function pick<const T>(chance: Chance, from: readonly [T, ...T[]]): T {
  return from[chance.below(from.length)] ?? from[0]
}
