import type { Operation, ParsedRequest } from '../declare/operation.ts'
import type { OperationContext } from '../operations/context.ts'
import type { Caller } from '../ram/caller.ts'
import { committedRepositories, createRepositories, createUnits, type Repositories } from '../store/repositories.ts'
import type { FrontDoorOptions } from './options.ts'

/** Runs the operation as it meets the store. Throws what it throws. */
export function run(
  options: FrontDoorOptions,
  operation: Operation,
  values: ParsedRequest['values'],
  caller: Caller,
  requestId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { store, sealer, ids, adminPasswords, endpoint } = options
  const now = options.businessClock()
  const world = { caller, requestId, now, ids, adminPasswords, endpoint, unit: createUnits(store, sealer) }
  const context = (repositories: Repositories): OperationContext => ({ ...repositories, ...world })
  switch (operation.transaction) {
    case 'read':
      return store.read((db) => operation.run(context(createRepositories(db, sealer)), values))
    case 'write':
      return store.write((tx) => operation.run(context(createRepositories(tx, sealer)), values))
    case 'device':
      return operation.run(context(committedRepositories(store, sealer)), values)
  }
}
