import { join } from 'node:path'
import { createAnyOrderDatabase, type SharedDatabase } from '../glue/database-any-order.ts'
import { createSubjectOf, type GlueSubject } from '../glue/run.ts'
import { createWorld, type SetUp } from '../glue/world.ts'
import { actions } from './actions.ts'
import { nodesName } from './corpus.ts'
import { createNats } from './nats.ts'
import { createOwners } from './owners.ts'

/** There are more kinds of faults than in the world of one or two nodes: fewer of them in one schedule. */
const length = { more: 330, oneIn: 9 }

/** Several nodes that run the real code, with one store and one bus. It keeps its database in `folder`. */
export function createNodesSubject(folder: string): GlueSubject {
  let opened: Promise<SharedDatabase> | undefined
  return createSubjectOf({
    name: nodesName,
    actions,
    length,
    setUpOf,
    async createWorld(setUp) {
      opened ??= createAnyOrderDatabase(join(folder, 'shared'))
      const shared = await opened
      const world = await createWorld(shared, setUp, shared)
      world.nats = createNats(world)
      world.owners = createOwners(world)
      shared.inOrderOfNode = (setUp.seed & 1) === 1
      shared.observe = world.owners.observe
      return world
    },
  })
}

/** A bit each: the order of a node's own units, how many nodes, roll-backs; two of a second gateway. */
function setUpOf(choice: number): SetUp {
  return {
    order: 'any order',
    nodes: (choice & 2) === 0 ? 2 : 3,
    rollBacks: (choice & 4) !== 0,
    gateways: (choice & 24) === 24 ? 2 : 1,
    seed: choice & 63,
  }
}
