import type { Qos, QosCar, QosPolicy } from '../../model/qos.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'
import { carRow, policyRow, qosOf } from './rows.ts'
import { carsOf, policiesOf } from './rules.ts'

/** What changes; a member that is left out stays as it is, an empty text takes away what there is. */
export interface QosEdit {
  readonly name?: string | undefined
  readonly description?: string | undefined
}

/** QoS and their rules, inside one unit of work. What changes rules is told to the gateways that have them. */
export class Qoses {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** Oldest first. An account has few: whatever narrows the list further does so in memory. */
  async all(accountId: string, regionId: string): Promise<readonly Qos[]> {
    const ofAccount = this.#db.selectFrom('qos').selectAll().where('account_id', '=', accountId)
    const rows = await ofAccount.where('region_id', '=', regionId).orderBy('created_at').orderBy('id').execute()
    return rows.map(qosOf)
  }

  /** In all regions. */
  async count(accountId: string): Promise<number> {
    const ofAccount = this.#db.selectFrom('qos').where('account_id', '=', accountId)
    const { total } = await ofAccount.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
    return Number(total)
  }

  /** One of another account or region is not there. */
  async find(accountId: string, regionId: string, id: string): Promise<Qos | undefined> {
    const row = await this.#db
      .selectFrom('qos')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where('region_id', '=', regionId)
      .executeTakeFirst()
    return row && qosOf(row)
  }

  async add({ id, accountId, regionId, name, description, createdAt }: Qos): Promise<void> {
    await this.#writer()
      .insertInto('qos')
      .values({
        id,
        account_id: accountId,
        region_id: regionId,
        name,
        description: description ?? null,
        created_at: createdAt,
        resource_group_id: null,
      })
      .execute()
  }

  async edit({ id }: Qos, { name, description }: QosEdit): Promise<void> {
    const columns = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description: description || null }),
    }
    await this.#writer().updateTable('qos').set(columns).where('id', '=', id).execute()
  }

  /** Its rules go with it, and no instance has it any more. */
  async remove({ id }: Qos): Promise<void> {
    const instances = (await this.instancesOf([id])).get(id) ?? []
    await this.#writer().updateTable('instance').set({ qos_id: null }).where('qos_id', '=', id).execute()
    for (const table of ['qos_car', 'qos_policy'] as const) {
      await this.#writer().deleteFrom(table).where('qos_id', '=', id).execute()
    }
    await this.#writer().deleteFrom('qos').where('id', '=', id).execute()
    for (const instance of instances) await this.#gatewayConfigs.refresh(instance)
  }

  /** By QoS, the ids of the instances that have it, in order. */
  async instancesOf(qosIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, string[]>(qosIds.map((id) => [id, []]))
    if (qosIds.length === 0) return found
    const associated = this.#db
      .selectFrom('instance')
      .select(['id', 'qos_id'])
      .where('qos_id', 'in', [...qosIds])
    for (const { id, qos_id } of await associated.orderBy('id').execute()) found.get(qos_id ?? '')?.push(id)
    return found
  }

  /** @param qosId undefined: it has none any more */
  async associate(instanceId: string, qosId: string | undefined): Promise<void> {
    const qos_id = qosId ?? null
    await this.#writer().updateTable('instance').set({ qos_id }).where('id', '=', instanceId).execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  /** By priority, then the oldest first. */
  cars(qosId: string): Promise<readonly QosCar[]> {
    return carsOf(this.#db, qosId)
  }

  async addCar(car: QosCar): Promise<void> {
    await this.#writer().insertInto('qos_car').values(carRow(car)).execute()
    await this.#refresh(car.qosId)
  }

  async changeCar(car: QosCar): Promise<void> {
    await this.#writer().updateTable('qos_car').set(carRow(car)).where('id', '=', car.id).execute()
    await this.#refresh(car.qosId)
  }

  /** @returns false when the QoS has no such rule */
  removeCar(qosId: string, id: string): Promise<boolean> {
    return this.#removeRule('qos_car', qosId, id)
  }

  /** By priority, then the oldest first. */
  policies(qosId: string): Promise<readonly QosPolicy[]> {
    return policiesOf(this.#db, qosId)
  }

  async addPolicy(policy: QosPolicy): Promise<void> {
    await this.#writer().insertInto('qos_policy').values(policyRow(policy)).execute()
    await this.#refresh(policy.qosId)
  }

  async changePolicy(policy: QosPolicy): Promise<void> {
    await this.#writer().updateTable('qos_policy').set(policyRow(policy)).where('id', '=', policy.id).execute()
    await this.#refresh(policy.qosId)
  }

  /** @returns false when the QoS has no such rule */
  removePolicy(qosId: string, id: string): Promise<boolean> {
    return this.#removeRule('qos_policy', qosId, id)
  }

  async #removeRule(table: 'qos_car' | 'qos_policy', qosId: string, id: string): Promise<boolean> {
    const rule = this.#writer().deleteFrom(table).where('id', '=', id).where('qos_id', '=', qosId)
    const { numDeletedRows } = await rule.executeTakeFirst()
    await this.#refresh(qosId)
    return numDeletedRows > 0n
  }

  async #refresh(qosId: string): Promise<void> {
    for (const id of (await this.instancesOf([qosId])).get(qosId) ?? []) await this.#gatewayConfigs.refresh(id)
  }

  #writer(): Writer {
    if ('insertInto' in this.#db) return this.#db
    throw new Error('QoS cannot be changed inside a read.')
  }
}
