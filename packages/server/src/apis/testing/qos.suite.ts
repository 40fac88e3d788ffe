// Support for the tests of operations: puts QoS and their rules straight into the store.
import type { QosCar, QosPolicy } from '../../model/qos.ts'
import { fresh } from './fresh-ids.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId, regionId } from './names.suite.ts'
import { change } from './networks.suite.ts'
import { toldConfig } from './told.suite.ts'

export async function addQos(
  world: Harness,
  given: {
    readonly id?: string
    readonly accountId?: string
    readonly regionId?: string
    readonly name?: string
    readonly description?: string
  } = {},
): Promise<string> {
  const id = given.id ?? fresh(world, 'qos-test')
  const facts = { accountId, regionId, name: 'branches', description: undefined, createdAt: world.now }
  await change(world, ({ qoses }) => qoses.add({ ...facts, ...given, id }))
  return id
}

/** 2 to 6 Mbit/s of priority 1, unless it is said otherwise. */
export async function addCar(world: Harness, qosId: string, given: Partial<QosCar> = {}): Promise<string> {
  const id = given.id ?? fresh(world, 'qoscar-test')
  await change(world, ({ qoses }) =>
    qoses.addCar({
      name: undefined,
      description: undefined,
      priority: 1,
      limitType: 'Absolute',
      minAbs: 2,
      maxAbs: 6,
      minPercent: 0,
      maxPercent: 0,
      percentSource: 'InternetUpBandwidth',
      createdAt: world.now,
      ...given,
      id,
      qosId,
    }),
  )
  return id
}

/** Everything, of priority 1, unless it is said otherwise. */
export async function addPolicy(world: Harness, qosId: string, given: Partial<QosPolicy> = {}): Promise<string> {
  const id = given.id ?? fresh(world, 'qospy-test')
  await change(world, ({ qoses }) =>
    qoses.addPolicy({
      name: undefined,
      description: undefined,
      priority: 1,
      protocol: 'ALL',
      sourceCidr: '0.0.0.0/0',
      sourcePorts: '-1/-1',
      destCidr: '0.0.0.0/0',
      destPorts: '-1/-1',
      startTime: undefined,
      endTime: undefined,
      createdAt: world.now,
      ...given,
      id,
      qosId,
    }),
  )
  return id
}

export function associate(world: Harness, instanceId: string, qosId: string): Promise<void> {
  return change(world, ({ qoses }) => qoses.associate(instanceId, qosId))
}

/** What the gateways of an instance are told of its QoS. */
export async function toldOf(world: Harness, instanceId: string): Promise<unknown> {
  return (await toldConfig(world, instanceId))?.qos
}
