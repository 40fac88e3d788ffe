import { Secret } from '@opensag/protocol'
import { addPop as insertPop } from '../../store/pops/pops.ts'
import type { Harness } from './harness-on.suite.ts'
import { change } from './networks.suite.ts'

/** A point of presence, which the gateways of these instances are told of. */
export async function addPop(world: Harness, serial: string, ...instances: readonly string[]): Promise<number> {
  const device = { serial, model: 'pop', version: '0.0.0.0', resettable: false, createdAt: 0 } as const
  await world.fleet.addDevice({ ...device, enrolmentKey: Secret.of('key') })
  const endpoint = `203.0.113.${serial.length}`
  const number = await world.store.write((tx) => insertPop(tx, { serial, endpoint, at: 0 }))
  for (const id of instances) await change(world, ({ gatewayConfigs }) => gatewayConfigs.refresh(id))
  if (number === undefined) throw new Error('There is no free number.')
  return number
}
