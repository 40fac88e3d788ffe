import type { ApiError } from '../api/errors.ts'
import type { Language } from './texts.ts'

type Both = Readonly<Record<Language, string>>

/** What is written about an error code as one operation answers it. */
export interface Explanation {
  readonly message: Both
  readonly cause?: Both
  readonly cure?: Both
}

interface Meaning extends Explanation {
  readonly operations: readonly string[]
}

const asked = new Map<string, Promise<readonly Meaning[]>>()

/** Cause and cure in the server's own reference; undefined when nothing is written about the code. */
export async function explain(error: ApiError): Promise<Explanation | undefined> {
  let meanings = asked.get(error.code)
  if (meanings === undefined) {
    meanings = fetchMeanings(error.code)
    asked.set(error.code, meanings)
  }
  const [, operation = ''] = error.operation.split(':')
  return meaningFor(await meanings, operation)
}

/** The operation's own meaning, else that of the front door, which answers for all. */
export function meaningFor(meanings: readonly Meaning[], operation: string): Meaning | undefined {
  return (
    meanings.find(({ operations }) => operations.includes(operation)) ??
    meanings.find(({ operations }) => operations.length === 0)
  )
}

async function fetchMeanings(code: string): Promise<readonly Meaning[]> {
  const response = await fetch(`/errors/${encodeURIComponent(code)}`, { headers: { accept: 'application/json' } })
  // 404: a code that is nowhere explained, such as that of the logon page.
  if (!response.ok) return []
  return ((await response.json()) as { readonly meanings: readonly Meaning[] }).meanings
}
