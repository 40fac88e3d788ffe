import type { ApiEntry, ApiReference, FamilyEntry, OperationEntry } from '@opensag/rules'

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
