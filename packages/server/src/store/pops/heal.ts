import { isDeepStrictEqual } from 'node:util'
import type { DesiredConfig, OwnConfig } from '../../model/desired-config.ts'
import { networksOf, type Pop } from '../../model/network.ts'
import { pairsOf } from '../../model/pair.ts'
import { partSize } from '../fleet/parts.ts'
import { type UnitContext, writeUnit } from '../repositories.ts'
import type { Reader } from '../store.ts'
import { instancesAfter, type StoredNetworkInstance } from './network-instances.ts'
import { giveBackNumber } from './numbers.ts'
import { findPops } from './pops.ts'

/** Instances whose configuration is made anew in one unit of work: others wait while it runs. */
const atOnce = 20

/**
 * Looks at the network of every instance, and makes the configuration of those anew that are not told what follows from the
 * stored facts: a subscription has ended by itself, or a point of presence has come or gone. What all are told of a point of
 * presence that was removed is over then, and its row goes. All points of presence are told to look, also at what they gave up.
 */
export async function healNetworks(
  context: UnitContext & { readonly businessClock: () => number },
  isOver: () => boolean = () => false,
): Promise<void> {
  const { store, businessClock, tellGateways } = context
  const before = await store.read((db) => db.selectFrom('pop').select(['serial', 'removed_at']).execute())
  if (before.length === 0) return
  let after = ''
  for (;;) {
    const part = await store.read((db) => wrongAfter(db, after, businessClock()))
    for (let from = 0; from < part.wrong.length; from += atOnce) {
      if (isOver()) return
      await writeUnit(context, async ({ gatewayConfigs }) => {
        for (const id of part.wrong.slice(from, from + atOnce)) await gatewayConfigs.refresh(id)
      })
    }
    if (part.last === undefined) break
    after = part.last
    if (isOver()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  const [serving, removed] = [before.filter(isServing), before.filter((pop) => !isServing(pop))]
  for (const { serial } of removed) await forget(context, serial)
  await offerAgain(context)
  tellGateways(new Set(serving.map(({ serial }) => serial)))
}

function isServing({ removed_at }: { readonly removed_at: number | null }): boolean {
  return removed_at === null
}

/** `last`: where the next part begins; undefined: there is none. */
async function wrongAfter(
  db: Reader,
  after: string,
  now: number,
): Promise<{ readonly wrong: readonly string[]; readonly last: string | undefined }> {
  const pops = await findPops(db)
  const instances = await instancesAfter(db, after, partSize)
  const ids = instances.map(({ id }) => id)
  if (ids.length === 0) return { wrong: [], last: undefined }
  const configs = await db
    .selectFrom('gateway_config')
    .select(['instance_id', 'config'])
    .where('instance_id', 'in', ids)
    .execute()
  const told = new Map(configs.map(({ instance_id, config }) => [instance_id, toldIn(config)]))
  const isRight = (instance: StoredNetworkInstance): boolean => {
    const wanted = networksOf(instance, { pops, now })
    if (wanted === undefined) return false
    const { networks, pairs } = told.get(instance.id) ?? { networks: new Map(), pairs: new Map() }
    return isDeepStrictEqual(wanted, networks) && isDeepStrictEqual(pairsOf(instance, pops), pairs)
  }
  return {
    wrong: instances.filter((instance) => !isRight(instance)).map(({ id }) => id),
    last: ids.length < partSize ? undefined : ids.at(-1),
  }
}

function toldIn(config: string) {
  const own = Object.entries((JSON.parse(config) as DesiredConfig).own)
  const each = <K extends keyof OwnConfig>(key: K): ReadonlyMap<string, OwnConfig[K]> =>
    new Map(own.flatMap(([serial, one]) => (one[key] === undefined ? [] : [[serial, one[key]]])))
  return { networks: each('network'), pairs: each('pair') }
}

/**
 * What a point of presence has given up is offered anew, under a new revision: its machine may have lacked something for a
 * moment, and nobody asks for it there as somebody does at a gateway.
 */
async function offerAgain({ store }: Pick<UnitContext, 'store'>): Promise<void> {
  const givenUp = await store.read((db) =>
    db
      .selectFrom('pop')
      .innerJoin('device', 'device.serial', 'pop.serial')
      .select('pop.serial')
      .whereRef('device.reverted_revision', '=', 'pop.revision')
      .where('pop.digest', 'is not', null)
      .execute(),
  )
  if (givenUp.length === 0) return
  const serials = givenUp.map(({ serial }) => serial)
  await store.write((tx) => tx.updateTable('pop').set({ digest: null }).where('serial', 'in', serials).execute())
}

/** It is in the inventory no more. */
async function forget({ store }: Pick<UnitContext, 'store'>, serial: Pop['serial']): Promise<void> {
  await store.write(async (tx) => {
    await giveBackNumber(tx, 'device', serial)
    await tx.deleteFrom('pop').where('serial', '=', serial).execute()
    await tx.deleteFrom('device').where('serial', '=', serial).execute()
  })
}
