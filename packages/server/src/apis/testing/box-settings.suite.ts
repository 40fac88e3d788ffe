// Support for the tests of operations: what is set of boxes, and what they are told of it.
import type { BoxConfig } from '@opensag/protocol'
import type { BoxSettings } from '../../model/box.ts'
import { configFor } from '../../model/desired-config.ts'
import { findDesiredConfig } from '../../store/gateways/configurations.ts'
import type { Harness } from './harness-on.suite.ts'

/** What is set of a box. */
export async function settingsOf(world: Harness, serial: string): Promise<BoxSettings> {
  const row = await world.store.read((db) =>
    db.selectFrom('device').select('box').where('serial', '=', serial).executeTakeFirst(),
  )
  return JSON.parse(row?.box ?? '{}') as BoxSettings
}

/** What its gateway is told of the box. */
export async function boxTold(world: Harness, serial: string): Promise<BoxConfig | undefined> {
  const desired = await world.store.read((db) => findDesiredConfig(db, serial))
  return desired && configFor(desired.config, serial).box
}
