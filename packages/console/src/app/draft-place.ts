import { storageOf } from './remembered.ts'

/** Where the tab keeps the drafts of everybody; the rest of the name says whose they are. */
const prefix = 'opensag.drafts '

/** Where a tab keeps the drafts of one person: over a reload, and over a session that ends. */
export function draftPlace(arn: string): string {
  return prefix + arn
}

/** @param butOf the person whose drafts stay */
export function eraseDrafts(butOf?: string): void {
  const tab = storageOf('sessionStorage')
  for (const name of Object.keys(tab ?? {})) {
    if (name.startsWith(prefix) && name !== prefix + butOf) tab?.removeItem(name)
  }
}
