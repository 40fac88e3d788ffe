import type { Harness } from './harness-on.suite.ts'

const counts = new WeakMap<Harness, number>()

/** Another id each time, and the same ones in each world. */
export function fresh(world: Harness, prefix: string): string {
  const count = (counts.get(world) ?? 0) + 1
  counts.set(world, count)
  return `${prefix}${String(count).padStart(6, '0')}`
}
