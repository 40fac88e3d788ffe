import { booleanField, integer, type Param, stringField, text } from '../../declare/index.ts'
import type { NamePage } from '../../store/access/named.ts'
import { pageOf as partOf, placeIn, tokenOf } from '../paging.ts'

// Lists are told page by page in the order of names; a marker is the last name told, so that pages neither repeat nor
// leave out what was there all the time, whatever comes and goes meanwhile.

export const pageParams: { readonly Marker: Param<string | undefined>; readonly MaxItems: Param<number> } = {
  Marker: text()
    .readsAs(nameIn)
    .example(tokenOf('alice'))
    .about('Where the previous answer ended.', '上一次返回的 Marker。'),
  MaxItems: integer()
    .range(1, 1000)
    .default(100)
    .example('100')
    .about('Entries in one answer, up to 1,000.', '每次返回的数量，最大 1,000。'),
}

export const pageFields = { IsTruncated: booleanField, Marker: stringField } as const

interface Asked {
  /** The name the marker holds. */
  readonly Marker: string | undefined
  readonly MaxItems: number
}

/** What to read: one more than is shown tells whether there is more. */
export function pageAsked({ Marker, MaxItems }: Asked): NamePage {
  return { after: Marker, size: MaxItems + 1 }
}

export function pageOf<T extends { readonly name: string }>(
  found: readonly T[],
  { MaxItems }: Asked,
): { readonly shown: readonly T[]; readonly IsTruncated: boolean; readonly Marker: string | undefined } {
  const { shown, more } = partOf(found, MaxItems, ({ name }) => tokenOf(name))
  return { shown, IsTruncated: more.NextToken !== undefined, Marker: more.NextToken }
}

function nameIn(marker: string): string | undefined {
  const name = placeIn(marker)
  return /^[A-Za-z0-9._:-]{1,200}$/.test(name) && tokenOf(name) === marker ? name : undefined
}
