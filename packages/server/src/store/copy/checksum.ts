import { hash } from 'node:crypto'
import type { CopiedRow, CopiedValue } from './plan.ts'

/** What a table holds, whatever the order of its rows. */
export interface TableSum {
  readonly rows: number
  /** In hexadecimal digits. */
  readonly sum: string
}

export interface Summing {
  add(row: CopiedRow): void
  result(): TableSum
}

/**
 * Sums the SHA-256 of every row, word by word: two databases sort texts in different ways, and a sum needs no order
 * and no memory. Equal rows that occur twice count twice.
 */
export function createSumming(): Summing {
  const words = new Uint32Array(8)
  let rows = 0
  return {
    add(row) {
      rows++
      const digest = hash('sha256', JSON.stringify(row.map(asText)), 'buffer')
      for (let word = 0; word < words.length; word++) {
        words[word] = (words[word] as number) + digest.readUInt32BE(word * 4)
      }
    },
    result: () => ({ rows, sum: [...words].map((word) => word.toString(16).padStart(8, '0')).join('') }),
  }
}

/** Of bytes an array, which no text can be mistaken for. */
function asText(value: CopiedValue): unknown {
  return value instanceof Uint8Array ? [Buffer.from(value).toString('base64')] : value
}

export function isSameSum(one: TableSum, other: TableSum): boolean {
  return one.rows === other.rows && one.sum === other.sum
}
