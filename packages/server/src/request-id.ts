import { randomUUID } from 'node:crypto'

/** An upper-case UUID, as every answer carries one. */
export function newRequestId(): string {
  return randomUUID().toUpperCase()
}
