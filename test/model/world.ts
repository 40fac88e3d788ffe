import { expect } from 'vitest'
import type { Operation } from '../../packages/server/src/apis/operation.ts'
import { createCloudConnectNetwork } from '../../packages/server/src/apis/smartag/ccn/create-cloud-connect-network.ts'
import {
  type Harness,
  openHarness,
  otherAccountId,
  regionId,
} from '../../packages/server/src/apis/testing/harness.suite.ts'
import { addCcn } from '../../packages/server/src/apis/testing/networks.suite.ts'
import { Refusal } from '../../packages/server/src/declare/index.ts'
import { tablesOf as everyTable, type Tables } from '../../packages/server/src/store/testing/contents.suite.ts'
import { checkInvariants } from './invariants.ts'
import { checkAnswers, remembered, stored } from './observe.ts'
import type { Reference } from './reference.ts'

export type { StoredRow as Row, Tables } from '../../packages/server/src/store/testing/contents.suite.ts'

export type Answer = Readonly<Record<string, unknown>>

/** The real thing, and its whole database as it was after the last step. */
export interface World {
  readonly harness: Harness
  tables: Tables
}

export function tablesOf({ store }: Harness): Promise<Tables> {
  // The record of a call, and its nonce, are not what the call changes; and they grow with every one.
  return everyTable(store, ['audit_event', 'nonce'])
}

/** A new world, with free devices, another account's things and so many networks that nobody uses. */
export async function begin(unusedNetworks: number): Promise<{ model: Reference; real: World }> {
  const harness = await openHarness()
  const foreign = {
    site: await harness.addInstance({ accountId: otherAccountId }),
    network: await addCcn(harness, { accountId: otherAccountId, range: '10.0.0.0/8' }),
  }
  const model: Reference = {
    now: harness.now,
    networks: new Map(),
    sites: new Map(),
    lists: new Map(),
    devices: new Map(),
    foreign,
    gone: new Set(),
  }
  for (const old of [false, false, true]) {
    const kind = old ? ({ model: 'sag-100wm', version: '1.9.0.0' } as const) : {}
    model.devices.set(await harness.addDevice(undefined, kind), { old })
  }
  for (let count = 0; count < unusedNetworks; count += 1) {
    const { CcnId } = await harness.call(createCloudConnectNetwork, { RegionId: regionId })
    model.networks.set(String(CcnId), { range: [], snatRange: [] })
  }
  return { model, real: { harness, tables: await tablesOf(harness) } }
}

/** Makes a call that should be answered by this code, or succeed when there is none. The answer of one that should. */
export async function attempt(
  world: World,
  operation: Operation,
  params: Readonly<Record<string, string | undefined>>,
  refusal: string | undefined,
): Promise<Answer | undefined> {
  const sent: Record<string, string> = { RegionId: regionId }
  for (const [name, value] of Object.entries(params)) if (value !== undefined) sent[name] = value
  let code: string | undefined
  let answer: Answer | undefined
  try {
    answer = await world.harness.call(operation, sent)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    code = error.code
    expect(await tablesOf(world.harness), `${operation.name} was refused and changed something`).toEqual(world.tables)
  }
  expect(code, operation.name).toBe(refusal)
  return answer
}

/** Whatever just happened: the store and every answer show what the reference remembers, and no invariant is broken. */
export async function check(reference: Reference, world: World): Promise<void> {
  world.tables = await tablesOf(world.harness)
  checkInvariants(world.tables, reference.gone)
  expect(stored(world.tables, reference)).toEqual(remembered(reference))
  await checkAnswers(reference, world)
}
