/** Each thing into the column that is shorter by then: the first ones stay on top, and neither side is much longer. */
export function inColumns<T>(
  things: readonly T[],
  heightOf: (thing: T) => number,
): readonly [left: readonly T[], right: readonly T[]] {
  const left: T[] = []
  const right: T[] = []
  let [leftHeight, rightHeight] = [0, 0]
  for (const thing of things) {
    if (leftHeight <= rightHeight) {
      left.push(thing)
      leftHeight += heightOf(thing)
    } else {
      right.push(thing)
      rightHeight += heightOf(thing)
    }
  }
  return [left, right]
}
