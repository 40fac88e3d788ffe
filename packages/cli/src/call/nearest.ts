import { say } from '../say.ts'

/** Candidates that a mistyped word may have meant, the nearest first: at most three, none when nothing is near. */
export function nearest(word: string, candidates: Iterable<string>): readonly string[] {
  const most = Math.max(1, Math.floor(word.length / 3))
  const near: { readonly candidate: string; readonly distance: number }[] = []
  for (const candidate of candidates) {
    const distance = distanceOf(word.toLowerCase(), candidate.toLowerCase(), most)
    if (distance <= most) near.push({ candidate, distance })
  }
  near.sort((one, other) => one.distance - other.distance || (one.candidate < other.candidate ? -1 : 1))
  return near.slice(0, 3).map(({ candidate }) => candidate)
}

/** ` Did you mean A or B?`, to end a sentence about the word; empty when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates)
  return found.length === 0 ? '' : say(' Did you mean {guess}?', { guess: found.join(say(' or ')) })
}

/** Letters added, left out, changed, or swapped with their neighbour; more than `most` need not be exact. */
function distanceOf(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      let least = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1))
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (isSwap) least = Math.min(least, at(beforeLast, column - 2) + 1)
      current.push(least)
    }
    beforeLast = last
    last = current
  }
  return at(last, other.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
