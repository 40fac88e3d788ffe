/** What the program's exit code says: part of the contract with scripts. */
export const exitCodes = { done: 0, failed: 1, usedWrongly: 2 } as const

/** The command was used wrongly; the message says how to use it right. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** It was used rightly and did not work; the message is for a person. Ends with exit code 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
}
