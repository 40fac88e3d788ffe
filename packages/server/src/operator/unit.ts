import { healNetworks } from '../store/pops/heal.ts'
import { type Repositories, writeUnit } from '../store/repositories.ts'
import type { OperatorContext } from './command.ts'

/** One unit of work of the operator; gateways and points of presence are told what it changes for them. */
export function inOneUnit<T>(context: OperatorContext, work: (repositories: Repositories) => Promise<T>): Promise<T> {
  return writeUnit(unitOf(context), work)
}

/** After a change that concerns many instances: each is told what follows for it. */
export function tellAllNetworks(context: OperatorContext): Promise<void> {
  return healNetworks(unitOf(context))
}

function unitOf({ store, sealer, tellGateways, clock }: OperatorContext) {
  return { store, sealer, tellGateways, businessClock: () => clock.now() }
}
