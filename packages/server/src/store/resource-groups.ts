import type { Reader, Writer } from './store.ts'

/** What can be in a resource group: gateways, SAG APP instances, QoS, flow logs and networks. */
export const groupedTypes = ['smartag', 'smartag_s', 'flowlog', 'qos', 'ccn'] as const

export type GroupedType = (typeof groupedTypes)[number]

export interface Grouped {
  readonly accountId: string
  readonly regionId: string
  readonly type: GroupedType
  readonly id: string
}

const tables = { smartag: 'instance', smartag_s: 'instance', flowlog: 'flow_log', qos: 'qos', ccn: 'ccn' } as const

/** Which resource group things of an account are in, inside one unit of work. */
export class ResourceGroups {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** @returns false when the account has no such thing in the region */
  async move({ accountId, regionId, type, id }: Grouped, groupId: string): Promise<boolean> {
    let moved = (this.#db as Writer)
      .updateTable(tables[type])
      .set({ resource_group_id: groupId })
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where('region_id', '=', regionId)
    if (type === 'smartag') moved = moved.where('kind', '!=', 'app')
    if (type === 'smartag_s') moved = moved.where('kind', '=', 'app')
    const { numUpdatedRows } = await moved.executeTakeFirst()
    return numUpdatedRows > 0n
  }
}
