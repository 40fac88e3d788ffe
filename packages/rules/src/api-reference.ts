import type { HistoryEntry, Release } from './operation-history.ts'

/** A text in both languages of the documentation. */
export interface Texts {
  readonly en: string
  readonly zh: string
}

/** The APIs behind the one endpoint, by the names that clients and RAM use. */
export type Product = 'Smartag' | 'Ram' | 'Sts' | 'Location' | 'ActionTrail' | 'OpenSAG'

/** `/api-reference.json`: every operation of every API, derived from the declarations. What is absent does not apply. */
export interface ApiReference {
  readonly apis: readonly ApiEntry[]
  /** What leads to errors and what cures them; the tables of errors point here by position. */
  readonly causes: readonly CauseEntry[]
  /** What the front door answers to any operation. `{Name}` in a code stands for a parameter's name. */
  readonly errors: readonly ErrorEntry[]
  /** Those that the histories of operations point to by position, oldest first. */
  readonly releases: readonly Release[]
}

export interface ApiEntry {
  readonly product: Product
  readonly version: string
  readonly title: Texts
  readonly families: readonly FamilyEntry[]
}

export interface FamilyEntry {
  readonly id: string
  readonly title: Texts
  readonly operations: readonly OperationEntry[]
}

export interface OperationEntry {
  readonly name: string
  readonly about: Texts
  readonly source: string
  readonly action: string
  readonly level: 'Read' | 'List' | 'Write'
  /** The same in the words of the published pages of today: create, list, get, update, delete. */
  readonly accessLevel: string
  /** No page prints `accessLevel`: it follows from the verb. */
  readonly accessLevelDerived?: true
  /** Condition keys of this operation, besides those of every request. */
  readonly conditionKeys?: readonly string[]
  readonly resources: readonly string[]
  /** Actions the caller needs besides. */
  readonly dependent?: readonly string[]
  /** Any caller may do it. */
  readonly open?: true
  readonly params: readonly ParamEntry[]
  readonly result: readonly FieldEntry[]
  /** In the order in which they are checked. */
  readonly errors: readonly ErrorEntry[]
  /** A request that was made, and its answer in both formats; secrets and the request id are replaced. */
  readonly sample: {
    readonly request: string
    readonly json: string
    readonly xml: string
    /** No call was recorded: values without a declared example follow their type. */
    readonly madeUp?: true
  }
  /** What releases changed of it, the newest first; what no release has yet comes before them. */
  readonly history: readonly HistoryEntry[]
}

export interface ParamEntry {
  readonly name: string
  readonly type: 'string' | 'integer' | 'long' | 'boolean' | 'array<string>' | 'array<integer>' | 'array<object>'
  readonly required?: true
  readonly secret?: true
  /** Accepted and not looked at. */
  readonly ignored?: true
  readonly about?: Texts
  readonly example?: string
  readonly default?: string
  readonly values?: readonly string[]
  /** A value may also be written in upper or lower case. */
  readonly anyCase?: true
  readonly minimum?: number
  readonly maximum?: number
  /** Allowed although they are outside of the range. */
  readonly alsoAllowed?: readonly number[]
  /** In characters (code points). */
  readonly minLength?: number
  readonly maxLength?: number
  /** A regular expression and its flags; one item of a list, the whole of anything else. */
  readonly pattern?: readonly [source: string, flags: string]
  /** Of each object in the list. */
  readonly members?: readonly ParamEntry[]
}

/** One field of an answer by its path, `Regions.Region[].RegionId`, with its type. */
export type FieldEntry = readonly [path: string, type: 'string' | 'integer' | 'long' | 'boolean']

export interface ErrorEntry {
  readonly code: string
  readonly status: number
  readonly en: string
  readonly zh: string
  /** Why it is answered although the published table has it not. */
  readonly outside?: Texts
  /** Its place in `causes`. */
  readonly cause?: number
}

export interface CauseEntry {
  readonly en: readonly [cause: string, cure: string]
  readonly zh: readonly [cause: string, cure: string]
}
