import { type Acl, type AclRule, inOrder } from '../../model/acl.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import { hasCapability, servingPop } from '../pops/apps.ts'
import type { Reader, Writer } from '../store.ts'
import { ruleRow, rulesOf } from './rules.ts'
import type { AclTable } from './tables.ts'

/** Access control lists and their rules, inside one unit of work. What changes rules is told to the gateways that have them. */
export class Acls {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** Oldest first. An account has few: whatever narrows the list further does so in memory. */
  async all(accountId: string, regionId: string): Promise<readonly Acl[]> {
    const ofAccount = this.#db.selectFrom('acl').selectAll().where('account_id', '=', accountId)
    const rows = await ofAccount.where('region_id', '=', regionId).orderBy('created_at').orderBy('id').execute()
    return rows.map(aclOf)
  }

  /** In all regions. */
  async count(accountId: string): Promise<number> {
    const ofAccount = this.#db.selectFrom('acl').where('account_id', '=', accountId)
    const { total } = await ofAccount.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
    return Number(total)
  }

  /** One of another account or region is not there. */
  async find(accountId: string, regionId: string, id: string): Promise<Acl | undefined> {
    const row = await this.#db
      .selectFrom('acl')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where('region_id', '=', regionId)
      .executeTakeFirst()
    return row && aclOf(row)
  }

  async add({ id, accountId, regionId, name, type, createdAt }: Acl): Promise<void> {
    const row = { id, account_id: accountId, region_id: regionId, name, type, created_at: createdAt }
    await this.#writer().insertInto('acl').values(row).execute()
  }

  async rename({ id }: Acl, name: string): Promise<void> {
    await this.#writer().updateTable('acl').set({ name }).where('id', '=', id).execute()
  }

  /** Its rules go with it, and no instance has it any more. */
  async remove({ id }: Acl): Promise<void> {
    const instances = await this.instancesOf(id)
    await this.#writer().updateTable('instance').set({ acl_id: null }).where('acl_id', '=', id).execute()
    await this.#writer().deleteFrom('acl_rule').where('acl_id', '=', id).execute()
    await this.#writer().deleteFrom('acl').where('id', '=', id).execute()
    for (const instance of instances) await this.#gatewayConfigs.refresh(instance)
  }

  /** The ids of the instances that have it, in order. */
  async instancesOf(aclId: string): Promise<readonly string[]> {
    const associated = this.#db.selectFrom('instance').select('id').where('acl_id', '=', aclId)
    return (await associated.orderBy('id').execute()).map(({ id }) => id)
  }

  /** @param aclId undefined: it has none any more */
  async associate(instanceId: string, aclId: string | undefined): Promise<void> {
    const acl_id = aclId ?? null
    await this.#writer().updateTable('instance').set({ acl_id }).where('id', '=', instanceId).execute()
    await this.#gatewayConfigs.refresh(instanceId)
  }

  /** In the order in which they are asked. */
  async rules(aclId: string): Promise<readonly AclRule[]> {
    return inOrder((await rulesOf(this.#db, [aclId])).get(aclId) ?? [])
  }

  async addRule(rule: AclRule): Promise<void> {
    await this.#writer().insertInto('acl_rule').values(ruleRow(rule)).execute()
    await this.#refresh(rule.aclId)
  }

  async changeRule(rule: AclRule): Promise<void> {
    await this.#writer().updateTable('acl_rule').set(ruleRow(rule)).where('id', '=', rule.id).execute()
    await this.#refresh(rule.aclId)
  }

  async removeRule({ id, aclId }: AclRule): Promise<void> {
    await this.#writer().deleteFrom('acl_rule').where('id', '=', id).execute()
    await this.#refresh(aclId)
  }

  /** The point of presence that serves remote users does not know lists. Without one nobody has a tunnel. */
  async isServiceTooOld(): Promise<boolean> {
    const pop = await servingPop(this.#db)
    return pop !== undefined && !(await hasCapability(this.#db, pop.serial, 'acl'))
  }

  async #refresh(aclId: string): Promise<void> {
    for (const id of await this.instancesOf(aclId)) await this.#gatewayConfigs.refresh(id)
  }

  #writer(): Writer {
    if ('insertInto' in this.#db) return this.#db
    throw new Error('Access control lists cannot be changed inside a read.')
  }
}

function aclOf(row: AclTable): Acl {
  return {
    id: row.id,
    accountId: row.account_id,
    regionId: row.region_id,
    name: row.name,
    type: row.type,
    createdAt: row.created_at,
  }
}
