import type { Operation, ParsedRequest } from '../declare/operation.ts'
import type { OperationContext } from '../operations/context.ts'
import type { Caller } from '../ram/caller.ts'
import type { Fleet } from '../store/fleet.ts'
import type { FrontDoorOptions } from './options.ts'

/** Runs the operation as it meets the store. Throws what it throws. */
export function run(
  options: FrontDoorOptions,
  operation: Operation,
  values: ParsedRequest['values'],
  caller: Caller,
  requestId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { store, ids, adminPasswords, endpoint } = options
  const now = options.businessClock()
  const context = (fleet: Fleet): OperationContext => ({
    caller,
    requestId,
    now,
    ids,
    fleet,
    adminPasswords,
    endpoint,
  })
  switch (operation.transaction) {
    case 'read':
      return store.read((db) => operation.run(context(options.createFleet(db)), values))
    case 'write':
      return store.write((tx) => operation.run(context(options.createFleet(tx)), values))
    case 'device':
      return operation.run(context(options.createCommittedFleet(store)), values)
  }
}
