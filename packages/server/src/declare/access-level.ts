import type { Operation } from './operation.ts'

/** What an operation does, in the words that the published pages use since 2025 beside or instead of read, write and list. */
export type AccessLevel = 'create' | 'list' | 'get' | 'update' | 'delete'

export interface PrintedLevel {
  readonly level: AccessLevel
  /** No page prints it: it follows from the kind and the verb of the operation. */
  readonly isDerived: boolean
}

/**
 * The level that the page prints. Of most operations no page prints one: what reads gets, what lists lists, and of those
 * that write `Create…` and `Add…` create, `Delete…` deletes and the rest updates. All levels that pages print follow that
 * rule but for those that its declarations state.
 */
export function accessLevelOf({ name, access }: Pick<Operation, 'name' | 'access'>): PrintedLevel {
  if (access.printed !== undefined) return { level: access.printed, isDerived: false }
  return { level: derived(name, access.level), isDerived: true }
}

function derived(name: string, level: 'Read' | 'List' | 'Write'): AccessLevel {
  if (level === 'Read') return 'get'
  if (level === 'List') return 'list'
  if (/^(Create|Add)/.test(name)) return 'create'
  return name.startsWith('Delete') ? 'delete' : 'update'
}
