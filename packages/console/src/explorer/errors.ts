import type { ApiReference, CauseEntry, ErrorEntry } from '@opensag/rules'
import type { Found } from './reference.ts'
import { allOperations } from './reference.ts'

/** Operations that answer a code with one status, text, cause and cure. */
export interface Meaning {
  readonly entry: ErrorEntry
  readonly why: CauseEntry | undefined
  /** Empty for what the front door answers to any of them. */
  readonly operations: readonly Found[]
}

export interface CodeEntry {
  readonly code: string
  readonly meanings: readonly Meaning[]
}

/** Every code that can be answered, sorted, with what it means where; the front door's own meaning first. */
export function codeEntries(reference: ApiReference): readonly CodeEntry[] {
  const codes = new Map<string, Map<string, { entry: ErrorEntry; operations: Found[] }>>()
  const note = (entry: ErrorEntry, found: Found | undefined): void => {
    const meanings = codes.get(entry.code) ?? new Map()
    codes.set(entry.code, meanings)
    const key = JSON.stringify([found === undefined, entry.status, entry.en, entry.cause, entry.outside?.en])
    const meaning = meanings.get(key) ?? { entry, operations: [] }
    meanings.set(key, meaning)
    if (found !== undefined) meaning.operations.push(found)
  }
  for (const entry of reference.errors) note(entry, undefined)
  for (const found of allOperations(reference)) for (const entry of found.operation.errors) note(entry, found)
  return [...codes]
    .map(([code, meanings]) => ({
      code,
      meanings: [...meanings.values()].map((meaning) => ({ ...meaning, why: causeOf(reference, meaning.entry) })),
    }))
    .sort((a, b) => compare(a.code, b.code))
}

/** Those with one status and text as one: for a list, which leaves the causes to the page of the code. */
export function byText(meanings: readonly Meaning[]): readonly Meaning[] {
  const merged = new Map<string, Meaning>()
  for (const meaning of meanings) {
    const key = JSON.stringify([meaning.operations.length === 0, meaning.entry.status, meaning.entry.en])
    const same = merged.get(key)
    merged.set(key, same ? { ...same, operations: [...same.operations, ...meaning.operations] } : meaning)
  }
  return [...merged.values()]
}

export function causeOf({ causes }: ApiReference, { cause }: ErrorEntry): CauseEntry | undefined {
  return cause === undefined ? undefined : causes[cause]
}

/** Codes in which each word of the search is found: in the code itself, its texts, its causes or its operations. */
export function searchCodes(entries: readonly CodeEntry[], search: string): readonly CodeEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  const hits = entries.filter((entry) => {
    const text = searchText(entry)
    return words.every((word) => text.includes(word))
  })
  // What is in the code itself is meant more often than what is in a text about it.
  const inCode = (entry: CodeEntry): boolean => words.every((word) => entry.code.toLowerCase().includes(word))
  return [...hits.filter(inCode), ...hits.filter((entry) => !inCode(entry))]
}

const texts = new WeakMap<CodeEntry, string>()

function searchText(entry: CodeEntry): string {
  const known = texts.get(entry)
  if (known !== undefined) return known
  const parts = entry.meanings.flatMap(({ entry: { status, en, zh }, why, operations }) => [
    ...[String(status), en, zh, ...(why === undefined ? [] : [...why.en, ...why.zh])],
    ...operations.map(({ operation }) => operation.name),
  ])
  const text = [entry.code, ...parts].join('\n').toLowerCase()
  texts.set(entry, text)
  return text
}

function compare(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  return left < right ? -1 : left > right ? 1 : 0
}
