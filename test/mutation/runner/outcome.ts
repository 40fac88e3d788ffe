/** What became of one mutant. */
export type Outcome =
  /** A test failed by an assertion or an error, or the tests ran beyond their limit. */
  | { readonly is: 'caught'; readonly by: string }
  | { readonly is: 'survived' }
  /** It says nothing: the tests fail without the mutant too, or the mutant does not even load. */
  | { readonly is: 'void'; readonly reason: string }

export interface Result {
  readonly id: string
  readonly outcome: Outcome
  readonly milliseconds: number
}

/** One run of test files with or without a mutant. */
export interface TestRun {
  /** The first test that failed, with its message; undefined where all passed. */
  readonly failed?: string
  /** The code could not be read at all: such a "mutant" is caught by every compiler and proves nothing about tests. */
  readonly unreadable?: string
  readonly passed: number
}
