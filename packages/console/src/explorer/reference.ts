import type { Product } from '../api/products.ts'
import { reference } from '../app/reference.ts'

/**
 * What the server tells of its APIs at `/api-reference.json`, all of it; the other screens need less. The server's own
 * types of it are the model; a test holds the two together.
 */
export interface Texts {
  readonly en: string
  readonly zh: string
}

export interface ApiReference {
  readonly apis: readonly ApiEntry[]
  readonly causes: readonly CauseEntry[]
  /** What is answered to any operation; `{Name}` in a code stands for a parameter's name. */
  readonly errors: readonly ErrorEntry[]
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
  readonly resources: readonly string[]
  readonly dependent?: readonly string[]
  readonly open?: true
  readonly params: readonly ParamEntry[]
  readonly result: readonly FieldEntry[]
  /** In the order in which they are checked. */
  readonly errors: readonly ErrorEntry[]
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
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: readonly [source: string, flags: string]
  readonly members?: readonly ParamEntry[]
}

export type FieldEntry = readonly [path: string, type: 'string' | 'integer' | 'long' | 'boolean']

export interface ErrorEntry {
  readonly code: string
  readonly status: number
  readonly en: string
  readonly zh: string
  readonly outside?: Texts
  /** Its place in `causes`. */
  readonly cause?: number
}

export interface CauseEntry {
  readonly en: readonly [cause: string, cure: string]
  readonly zh: readonly [cause: string, cure: string]
}

/** The same document that the other screens read. */
export async function fullReference(): Promise<ApiReference> {
  return (await reference()) as ApiReference
}

export interface Found {
  readonly api: ApiEntry
  readonly family: FamilyEntry
  readonly operation: OperationEntry
}

export function findOperation({ apis }: ApiReference, product: string, name: string): Found | undefined {
  return allOperations({ apis }).find((one) => one.api.product === product && one.operation.name === name)
}

export function allOperations({ apis }: Pick<ApiReference, 'apis'>): readonly Found[] {
  return apis.flatMap((api) =>
    api.families.flatMap((family) => family.operations.map((operation) => ({ api, family, operation }))),
  )
}
