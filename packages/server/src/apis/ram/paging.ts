import { booleanField, integer, type Param, stringField, text } from '../../declare/index.ts'
import type { NamePage } from '../../store/access/named.ts'

// Lists are told page by page in the order of names; a marker is the last name told, so that pages neither repeat nor
// leave out what was there all the time, whatever comes and goes meanwhile.

export const pageParams: { readonly Marker: Param<string | undefined>; readonly MaxItems: Param<number> } = {
  Marker: text()
    .readsAs(nameIn)
    .example(markerOf('alice'))
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
  const shown = found.slice(0, MaxItems)
  const last = shown.at(-1)
  const IsTruncated = found.length > MaxItems
  return { shown, IsTruncated, Marker: IsTruncated && last !== undefined ? markerOf(last.name) : undefined }
}

function markerOf(name: string): string {
  return Buffer.from(name).toString('base64url')
}

function nameIn(marker: string): string | undefined {
  const name = Buffer.from(marker, 'base64url').toString()
  return /^[A-Za-z0-9._:-]{1,200}$/.test(name) && markerOf(name) === marker ? name : undefined
}
