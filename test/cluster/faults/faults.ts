import type { Chance } from '../../../packages/chaos/src/random.ts'
import { until } from '../../support/time.ts'
import type { Infrastructure } from '../world/infrastructure.ts'
import type { Nodes } from '../world/nodes.ts'
import type { Service } from '../world/service.ts'
import { cut, heal } from './cut.ts'

export interface ClusterFault {
  readonly name: string
  /** Breaks something. @returns what puts it right */
  begin(): Promise<() => void | Promise<void>>
  /** Whether it is the primary's: then another server has to become the primary before it is put right. */
  readonly movesPrimary?: boolean
}

type Break = (service: Service) => Promise<() => void>

const killed: Break = async (service) => {
  await service.kill()
  return () => service.start()
}
const frozen: Break = async (service) => {
  service.signal('SIGSTOP')
  return () => service.signal('SIGCONT')
}
const isolated: Break = async (service) => {
  cut(service.machine)
  return () => heal(service.machine)
}

/** Every kind once: one program of each kind, killed, frozen or cut off. */
export function everyFault(world: Infrastructure, nodes: Nodes, chance: Chance): readonly ClusterFault[] {
  const one = <T>(all: readonly T[]): T => all[chance.below(all.length)] as T
  const addressesOf = (services: readonly Service[]): readonly string[] =>
    services.map(({ machine }) => machine.address)

  const fault = (name: string, of: readonly Service[], how: Break): ClusterFault => ({
    name,
    begin: () => how(one(of)),
  })
  const apart = (name: string, others: readonly Service[]): ClusterFault =>
    fault(name, nodes.services, async ({ machine }) => {
      cut(machine, addressesOf(others))
      return () => heal(machine)
    })
  const ofPrimary = (name: string, how: Break): ClusterFault => ({
    name,
    movesPrimary: true,
    begin: async () => how(await until('there is a primary', () => world.database.primary())),
  })
  return [
    fault('a node is killed', nodes.services, killed),
    fault('a node is frozen', nodes.services, frozen),
    fault('a node is cut off', nodes.services, isolated),
    apart('a node is cut off from the database', world.database.servers),
    apart('a node is cut off from the bus', world.bus.servers),
    fault('a server of the bus is killed', world.bus.servers, killed),
    fault('a server of the bus is frozen', world.bus.servers, frozen),
    fault('a server of the bus is cut off', world.bus.servers, isolated),
    ofPrimary('the primary is killed', killed),
    ofPrimary('the primary is frozen', frozen),
    ofPrimary('the primary is cut off', isolated),
    {
      name: 'the standby is killed',
      begin: async () => killed(await until('there is a standby', () => world.database.synchronous())),
    },
    fault('a member of etcd is killed', world.database.etcd, killed),
  ]
}
