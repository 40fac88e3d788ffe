import type { Batch, Entry } from '../../packages/cli/src/audit-forward/entry.ts'

export function entry(id: number, more: object = {}): Entry {
  const known = { at: '2026-11-28T12:00:00.000Z', action: 'ModifySAGAdminPassword', outcome: 'OK' }
  return { id, ...known, text: JSON.stringify({ id, ...known, name: '上海', ...more }) }
}

export function batch(ids: readonly number[], more: object = {}): Batch {
  return { trail: 'key.0', gap: undefined, entries: ids.map((id) => entry(id, more)) }
}

/** Each pause is over at once. */
export const noPause = {
  after(_ms: number, run: () => void): () => void {
    const handle = setImmediate(run)
    return () => clearImmediate(handle)
  },
}

export async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}
