import type { Language } from './texts.ts'

export type Both = Readonly<Record<Language, string>>

/** What of `/api-reference.json` the screens use; the server derives it from the declarations of its operations. */
export interface ApiReference {
  readonly apis: readonly {
    readonly product: string
    readonly version: string
    readonly families: readonly { readonly operations: readonly OperationEntry[] }[]
  }[]
  readonly causes: readonly {
    readonly en: readonly [cause: string, cure: string]
    readonly zh: readonly [cause: string, cure: string]
  }[]
  readonly errors: readonly ErrorEntry[]
}

export interface OperationEntry {
  readonly name: string
  readonly about: Both
  readonly action: string
  readonly level: 'Read' | 'List' | 'Write'
  readonly params: readonly ParamEntry[]
  readonly errors: readonly ErrorEntry[]
}

export interface ParamEntry {
  readonly name: string
  readonly type: string
  readonly required?: true
  readonly secret?: true
  readonly about?: Both
  readonly example?: string
  readonly default?: string
  readonly values?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: readonly [source: string, flags: string]
}

export interface ErrorEntry {
  readonly code: string
  readonly status: number
  readonly en: string
  readonly zh: string
  readonly cause?: number
}
