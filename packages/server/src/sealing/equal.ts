import { timingSafeEqual } from 'node:crypto'

/** Equality of two texts that does not tell by its duration how much of them was equal; only their length shows. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
