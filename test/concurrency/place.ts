import type { Operation } from '../../packages/server/src/apis/operation.ts'
import type { Harness } from '../../packages/server/src/apis/testing/harness-on.suite.ts'
import { regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { addCcn, cidrsOf } from '../../packages/server/src/apis/testing/networks.suite.ts'
import { Refusal } from '../../packages/server/src/declare/index.ts'
import type { DesiredConfig } from '../../packages/server/src/model/desired-config.ts'
import type { NewInstance } from '../../packages/server/src/store/fleet/fleet.ts'
import { createRepositories } from '../../packages/server/src/store/repositories.ts'

/** Instances, networks and devices that nobody else touches, by what a scenario calls them. */
export class Place {
  readonly world: Harness
  readonly #ids = new Map<string, string>()

  constructor(world: Harness) {
    this.world = world
  }

  id(label: string): string {
    const id = this.#ids.get(label)
    if (id === undefined) throw new Error(`There is no ${label} in this place.`)
    return id
  }

  async instance(
    label: string,
    { blocks = '', ccn, ...given }: Partial<NewInstance> & { readonly blocks?: string; readonly ccn?: string } = {},
  ): Promise<void> {
    const id = await this.world.addInstance({ createdAt: this.world.now, ...given })
    this.#ids.set(label, id)
    await this.world.store.write(async (tx) => {
      const { addresses, networks } = createRepositories(tx)
      await addresses.replaceCidrs(id, undefined, cidrsOf(blocks))
      if (ccn !== undefined) await networks.bind(id, this.id(ccn), this.world.now)
    })
  }

  async ccn(label: string, given: { readonly range?: string; readonly snatRange?: string } = {}): Promise<void> {
    this.#ids.set(label, await addCcn(this.world, given))
  }

  async device(label: string): Promise<void> {
    devices += 1
    this.#ids.set(label, await this.world.addDevice(undefined, { serial: `sag${String(devices).padStart(8, '0')}` }))
  }

  /** Everything of this place that a client could ever learn, with names in the place of ids. */
  async state(): Promise<string> {
    const own = [...this.#ids.values()]
    const rows = await this.world.store.read(async (db) => ({
      instances: await db
        .selectFrom('instance')
        .select(['id', 'name', 'description', 'position', 'routing_strategy', 'security_lock_threshold'])
        .select(['ccn_id', 'user_count', 'config_revision'])
        .where('id', 'in', own)
        .orderBy('id')
        .execute(),
      blocks: await db.selectFrom('instance_cidr').selectAll().where('instance_id', 'in', own).execute(),
      entries: await db
        .selectFrom('snat_entry')
        .select(['instance_id', 'ccn_id', 'cidr', 'snat_ip'])
        .where('instance_id', 'in', own)
        .execute(),
      configs: (await db.selectFrom('gateway_config').selectAll().where('instance_id', 'in', own).execute()).map(
        (row) => ({ ...row, config: inFixedOrder(row.config) }),
      ),
      networks: await db
        .selectFrom('ccn')
        .select(['id', 'name', 'cidr_block', 'snat_cidr_block', 'interworking'])
        .where('id', 'in', own)
        .execute(),
      devices: await db
        .selectFrom('device')
        .select(['serial', 'instance_id', 'role'])
        .where('serial', 'in', own)
        .execute(),
      users: await db
        .selectFrom('client_user')
        .select(['instance_id', 'name', 'mail', 'bandwidth', 'client_ip', 'state'])
        .where('instance_id', 'in', own)
        .execute(),
      sessions: await db
        .selectFrom('client_session')
        .select(['instance_id', 'user_name', 'address'])
        .where('instance_id', 'in', own)
        .execute(),
    }))
    return this.#labelled(
      Object.fromEntries(
        Object.entries(rows).map(([table, found]) => [table, found.map((row) => this.#labelled(row)).sort()]),
      ),
    )
  }

  #labelled(value: unknown): string {
    let text = JSON.stringify(value)
    for (const [label, id] of this.#ids) text = text.replaceAll(id, `<${label}>`)
    return text
  }
}

/** Entries of the same moment stand in the order of their ids, which is chance. */
function inFixedOrder(config: string): DesiredConfig {
  const desired = JSON.parse(config) as DesiredConfig
  return { ...desired, snat: desired.snat.toSorted((a, b) => a.cidr.localeCompare(b.cidr)) }
}

let devices = 0

/** One of the calls that meet; `node` is the one it reaches. */
export type Call = (place: Place, node: Harness) => Promise<unknown>

/** A call of an operation, whose parameters name what is in the place: `'<branch>'`. */
export function operationCall(operation: Operation, params: Readonly<Record<string, string | undefined>>): Call {
  return async (place, node) => {
    const sent: Record<string, string> = { RegionId: regionId }
    for (const [name, value] of Object.entries(params)) {
      if (value !== undefined) sent[name] = value.replace(/^<(.+)>$/, (_, label: string) => place.id(label))
    }
    try {
      await node.call(operation, sent)
      return 'done'
    } catch (error) {
      // Anything else is a defect: a conflict that surfaced, a constraint that was the last to notice.
      if (error instanceof Refusal) return error.code
      throw error
    }
  }
}
