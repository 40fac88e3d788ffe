/** A lock or an answer that took too long, or another transaction that had to go first: the same may be done again. */
const passing = new Set(['55P03', '57014', '40P01', '40001'])

/** Whether the database has rolled back for a reason that passes. */
export function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && passing.has(String(error.code))
}
