/** Those on a page, of few. */
export function onPage<T>(all: readonly T[], number: number, size: number): readonly T[] {
  return all.slice((number - 1) * size, number * size)
}
