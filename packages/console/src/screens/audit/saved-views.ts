import { keptList } from '../../app/kept-list.ts'
import { remember, remembered } from '../../app/remembered.ts'
import type { Address } from './audit-query.ts'

/** A view somebody keeps in this browser: a name for an address. */
export interface SavedView {
  readonly name: string
  readonly address: Address
}

export const mostViews = 20
export const longestName = 40
const longestText = 20_000

export function savedViews(): readonly SavedView[] {
  const text = remembered('audit.views', (kept): kept is string => kept.length <= longestText)
  return text === undefined ? [] : readViews(text)
}

/** What was kept may be of another version, or of somebody who wrote it by hand: only what has its form is taken. */
export function readViews(text: string): readonly SavedView[] {
  return keptList(text).filter(isView).slice(0, mostViews)
}

export function keepViews(views: readonly SavedView[]): void {
  remember('audit.views', JSON.stringify(views))
}

/** With one more, the newest last; one of the same name is replaced, and of too many the oldest goes. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const name = view.name.trim().slice(0, longestName)
  return [...views.filter((one) => one.name !== name), { ...view, name }].slice(-mostViews)
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false
  const { name, address } = value as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || name === '' || name.length > longestName) return false
  return (
    typeof address === 'object' && address !== null && Object.values(address).every((one) => typeof one === 'string')
  )
}
