import type { Answer, Params } from '@opensag/smartag-client'
import { callByName, session } from '../app/session.svelte.ts'
import type { Choice } from './choices.ts'
import type { Lister } from './listers.ts'

export interface Listing {
  readonly choices: readonly Choice[]
  /** There are others, which were not read. */
  readonly inPart: boolean
}

/** Pages of one list that are read at most. */
const mostPages = 10

/** Every look is in the audit: within this time a list is not read again. */
const freshMs = 60_000

type Call = (product: Lister['product'], action: string, params: Params) => Promise<Answer>

/** What the answer of a list has of the things, by the declaration of the list. */
export async function readListing(lister: Lister, given: Params, call: Call): Promise<Listing> {
  const { product, operation } = lister
  const size = operation.params.find(({ name }) => ['PageSize', 'MaxResults', 'MaxItems'].includes(name))
  const hasPages = operation.params.some(({ name }) => name === 'PageNumber')
  const most = size?.maximum ?? 50
  const choices: Choice[] = []
  for (let number = 1; number <= mostPages; number += 1) {
    const answer = await call(product, operation.name, {
      ...given,
      ...(size === undefined ? {} : { [size.name]: most }),
      ...(hasPages ? { PageNumber: number } : {}),
    })
    const page = choicesIn(answer, lister)
    choices.push(...page)
    if (!hasPages || page.length === 0 || choices.length >= Number(answer['TotalCount'] ?? 0)) {
      const isCut = answer['IsTruncated'] === true || Boolean(answer['NextToken'])
      return { choices, inPart: isCut }
    }
  }
  return { choices, inPart: true }
}

function choicesIn(answer: Answer, { items, field, label }: Lister): readonly Choice[] {
  let list: unknown = answer
  for (const part of items) list = memberOf(list, part)
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown) => {
    const value = memberOf(item, field)
    const name = label === undefined ? undefined : memberOf(item, label)
    return value === undefined || value === '' ? [] : [{ value: String(value), label: String(name ?? '') }]
  })
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

const kept = new Map<string, { readonly at: number; readonly owner: unknown; readonly listing: Promise<Listing> }>()

/** The list, as the caller may read it: asked for once a minute. */
export function listingOf(lister: Lister, given: Params): Promise<Listing> {
  const key = JSON.stringify([lister.product, lister.operation.name, lister.items, lister.field, given])
  const known = kept.get(key)
  if (known !== undefined && known.owner === session.current && Date.now() - known.at < freshMs) return known.listing
  const listing = readListing(lister, given, (...asked) => callByName(...asked))
  kept.set(key, { at: Date.now(), owner: session.current, listing })
  // Whoever asks after a failure tries again.
  listing.catch(() => kept.delete(key))
  return listing
}
