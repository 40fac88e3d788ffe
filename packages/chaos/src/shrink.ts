/**
 * The smallest part of a list that still fails: pieces are left out, halves first, then smaller ones, until none can be
 * left out any more. Deterministic.
 */
export async function shrink<T>(
  items: readonly T[],
  stillFails: (part: readonly T[]) => boolean | Promise<boolean>,
): Promise<readonly T[]> {
  let smallest = items
  for (let size = Math.ceil(smallest.length / 2); size >= 1; ) {
    let isSmaller = false
    for (let from = 0; from < smallest.length; ) {
      const part = [...smallest.slice(0, from), ...smallest.slice(from + size)]
      if (await stillFails(part)) {
        smallest = part
        isSmaller = true
      } else {
        from += size
      }
    }
    if (!isSmaller || size > smallest.length) size = size === 1 ? 0 : Math.floor(size / 2)
  }
  return smallest
}
