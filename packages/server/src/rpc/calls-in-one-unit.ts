import { randomUUID } from 'node:crypto'
import { systemTimers } from '@opensag/protocol'
import type { AccountCaller } from '../access/caller.ts'
import { type Repositories, writeUnit } from '../store/repositories.ts'
import { violationsOf } from './check.ts'
import type { FrontDoorOptions } from './options.ts'
import { givenTo } from './run.ts'

/** Calls an operation by its name. @throws Refusal, as the API would answer. */
export type CallInUnit = (
  action: string,
  params: Readonly<Record<string, string>>,
) => Promise<Readonly<Record<string, unknown>>>

/**
 * Several calls of SmartAG operations in one unit of work, all or none, as the account itself would make them: the same
 * checks of parameters, the same rules, the same writes. There is no request, so nothing is signed and no policy asked.
 */
export function callsInOneUnit(
  options: FrontDoorOptions,
): <T>(accountId: string, work: (call: CallInUnit, repositories: Repositories) => Promise<T>) => Promise<T> {
  const { apis, wallClock, timers = systemTimers } = options
  return (accountId, work) => {
    const caller: AccountCaller = { kind: 'Account', accountId, accessKeyId: '' }
    const call = {
      caller,
      requestId: randomUUID().toUpperCase(),
      began: timers.now(),
      endpoint: options.publicAddress?.address ?? options.endpoint,
      circumstances: { sourceIp: '', secure: true, at: wallClock() },
    }
    return writeUnit(options, (repositories) =>
      work(async (action, given) => {
        const operation = apis.get('2018-03-13')?.operations.get(action)
        if (operation?.transaction !== 'write') throw new Error(`${action} does not run inside a unit of work.`)
        const params = new Map(Object.entries(given))
        const { values, violations } = operation.parse(params)
        const { beforeAccess, afterAccess } = violationsOf(operation, params, violations)
        const refusal = beforeAccess ?? afterAccess
        if (refusal !== undefined) throw refusal
        return operation.run(Object.assign(givenTo(options, operation, call), repositories), values)
      }, repositories),
    )
  }
}
