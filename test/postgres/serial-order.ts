import { expect } from 'vitest'

/** A work that is done: what it read in each row, and the rows to whose text it added `<id>;`. */
export interface Work {
  readonly id: string
  /** On one clock, of its caller. */
  readonly began: number
  readonly ended: number
  readonly reads: ReadonlyMap<number, string>
  readonly wrote: ReadonlySet<number>
}

/**
 * Fails unless some order of the works, one after the other, explains what each read and what the rows say, and no work
 * comes before one that had ended when it began.
 */
export function expectSerial(works: readonly Work[], rows: readonly (string | undefined)[]): void {
  const after = new Map<string, Set<string>>(works.map(({ id }) => [id, new Set()]))
  const before = (one: string | undefined, other: string | undefined): void => {
    if (one !== undefined && other !== undefined && one !== other) after.get(one)?.add(other)
  }
  for (const [row, text = ''] of rows.entries()) {
    const writers = idsIn(text)
    expect([...writers].sort(), `row ${row}: each change once`).toEqual(
      works.flatMap(({ id, wrote }) => (wrote.has(row) ? [id] : [])).sort(),
    )
    for (const [index, writer] of writers.entries()) before(writer, writers[index + 1])
    for (const { id, reads } of works) {
      const read = reads.get(row)
      if (read === undefined) continue
      expect(text.startsWith(read), `${id} read in row ${row} what was there once`).toBe(true)
      const seen = idsIn(read).length
      before(writers[seen - 1], id)
      // A work that wrote the row as well is the next itself, or it has written over another's change.
      before(id, writers[seen])
    }
  }
  for (const one of works) for (const other of works) if (one.ended < other.began) before(one.id, other.id)
  expect(inACircle(after)).toEqual([])
}

function idsIn(text: string): readonly string[] {
  return text.split(';').filter(Boolean)
}

/** Works that each come before the other; none when there is an order. */
function inACircle(after: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const waitsFor = new Map([...after.keys()].map((id) => [id, 0]))
  for (const others of after.values()) for (const id of others) waitsFor.set(id, (waitsFor.get(id) ?? 0) + 1)
  const free = [...waitsFor].flatMap(([id, count]) => (count === 0 ? [id] : []))
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    waitsFor.delete(id)
    for (const other of after.get(id) ?? []) {
      const count = (waitsFor.get(other) ?? 0) - 1
      waitsFor.set(other, count)
      if (count === 0) free.push(other)
    }
  }
  return [...waitsFor.keys()]
}
