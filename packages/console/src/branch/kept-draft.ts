import { type Draft, emptyDraft, models } from './draft.ts'

/** Where a tab keeps the answers: over a reload, and over a session that ends. */
export interface Tab {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}

const place = 'opensag.branch'

/** Characters; a draft has some hundreds. */
const most = 4096

export function keepDraft(tab: Tab | undefined, draft: Draft): void {
  const text = JSON.stringify(draft)
  if (text.length <= most) tab?.setItem(place, text)
}

export function forgetDraft(tab: Tab | undefined): void {
  tab?.removeItem(place)
}

/** The draft of this account, or an empty one. Whatever else is found there is none: anybody may have written it. */
export function keptDraft(tab: Tab | undefined, accountId: string, regionId: string): Draft {
  const empty = emptyDraft(accountId, regionId)
  const text = tab?.getItem(place) ?? ''
  if (text === '' || text.length > most) return empty
  const found = parsed(text)
  return isDraft(found, empty) && found.accountId === accountId ? found : empty
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isDraft(found: unknown, empty: Draft): found is Draft {
  if (typeof found !== 'object' || found === null) return false
  const draft = found as Draft
  const alike = Object.entries(empty).every(([name, value]) => typeof draft[name as keyof Draft] === typeof value)
  return alike && models.includes(draft.model) && isMade(draft.made)
}

function isMade(made: unknown): boolean {
  if (typeof made !== 'object' || made === null) return false
  const { networkId, instanceId, sent, sentAt, done } = made as Record<string, unknown>
  const isWell = [networkId, instanceId, sent].every((id) => id === undefined || typeof id === 'string')
  return (
    isWell &&
    (sentAt === undefined || typeof sentAt === 'number') &&
    Array.isArray(done) &&
    done.every((step) => typeof step === 'string')
  )
}
