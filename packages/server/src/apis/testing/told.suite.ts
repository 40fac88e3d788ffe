// Support for the tests of operations: what follows from them for gateways.
import type { DesiredConfig } from '../../model/desired-config.ts'
import type { Harness } from './harness-on.suite.ts'

/** What the gateways of an instance are told; undefined before there is anything. */
export async function toldConfig(world: Harness, instanceId: string): Promise<DesiredConfig | undefined> {
  const row = await world.store.read((db) =>
    db.selectFrom('gateway_config').select('config').where('instance_id', '=', instanceId).executeTakeFirst(),
  )
  return row && (JSON.parse(row.config) as DesiredConfig)
}
