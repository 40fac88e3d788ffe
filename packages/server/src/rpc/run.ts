import type { Operation, ParsedRequest } from '../declare/operation.ts'
import type { OperationContext } from '../operations/context.ts'
import type { Caller } from '../ram/caller.ts'
import {
  committedRepositories,
  createRepositories,
  createUnits,
  type Repositories,
  writeUnit,
} from '../store/repositories.ts'
import type { FrontDoorOptions } from './options.ts'

/** Runs the operation as it meets the store. Throws what it throws. */
export function run(
  options: FrontDoorOptions,
  operation: Operation,
  values: ParsedRequest['values'],
  caller: Caller,
  requestId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { store, sealer, ids, adminPasswords, gateways, mailer, logger, endpoint } = options
  const now = options.businessClock()
  const report: OperationContext['report'] = (err, consequence) =>
    logger.error({ err, requestId, action: operation.name }, consequence)
  const world = {
    caller,
    requestId,
    now,
    ids,
    adminPasswords,
    gateways,
    mailer,
    report,
    endpoint,
    unit: createUnits(options),
  }
  const context = (repositories: Repositories): OperationContext => ({ ...repositories, ...world })
  switch (operation.transaction) {
    case 'read':
      return store.read((db) => operation.run(context(createRepositories(db, sealer)), values))
    case 'write':
      return writeUnit(options, (repositories) => operation.run(context(repositories), values))
    case 'device':
      return operation.run(context(committedRepositories(store, sealer)), values)
  }
}
