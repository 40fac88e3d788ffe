import type { Selectable } from 'kysely'
import type { UpgradePolicy } from '../../model/upgrade-policy.ts'
import type { Reader, Writer } from '../store.ts'
import type { UpgradePolicyTable } from './tables.ts'

/** When devices upgrade by themselves, inside one unit of work. */
export class UpgradePolicies {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async of(serial: string, versionType: UpgradePolicy['versionType']): Promise<UpgradePolicy | undefined> {
    const row = await this.#db
      .selectFrom('upgrade_policy')
      .selectAll()
      .where('serial', '=', serial)
      .where('version_type', '=', versionType)
      .executeTakeFirst()
    return row && policyOf(row)
  }

  /** It begins anew: what was tried by the one before counts for nothing. */
  async set(policy: Omit<UpgradePolicy, 'tried'>): Promise<void> {
    const { schedule } = policy
    const columns = {
      upgrade_type: policy.upgradeType,
      cron: schedule?.cron ?? null,
      duration: schedule?.minutes ?? null,
      time_zone: schedule?.timeZone ?? null,
      tried_version: null,
      tried_at: null,
      seen_start: policy.seenStart ?? null,
    }
    await (this.#db as Writer)
      .insertInto('upgrade_policy')
      .values({ serial: policy.serial, version_type: policy.versionType, ...columns })
      .onConflict((conflict) => conflict.columns(['serial', 'version_type']).doUpdateSet(columns))
      .execute()
  }
}

/** The device belongs to somebody else from then on. */
export async function forgetUpgradePolicies(tx: Writer, serial: string): Promise<void> {
  await tx.deleteFrom('upgrade_policy').where('serial', '=', serial).execute()
}

export interface PolicyInForce {
  readonly policy: UpgradePolicy
  readonly instanceId: string
}

/** The next policies by which devices take firmware by themselves, of devices that this node has the connection of. */
export async function policiesInForce(
  db: Reader,
  { node, after, limit }: { readonly node: string; readonly after: string; readonly limit: number },
): Promise<readonly PolicyInForce[]> {
  const rows = await db
    .selectFrom('upgrade_policy')
    .innerJoin('device', 'device.serial', 'upgrade_policy.serial')
    .selectAll('upgrade_policy')
    .select('device.instance_id')
    .where('upgrade_policy.version_type', '=', 'Device')
    .where('upgrade_policy.upgrade_type', '!=', 'manual')
    .where('device.node', '=', node)
    .where('upgrade_policy.serial', '>', after)
    .orderBy('upgrade_policy.serial')
    .limit(limit)
    .execute()
  return rows.flatMap(({ instance_id, ...row }) =>
    instance_id === null ? [] : [{ policy: policyOf(row), instanceId: instance_id }],
  )
}

/** The device was told to take a version; undefined: it had none to take after this start. */
export async function noteTried(
  tx: Writer,
  serial: string,
  {
    version,
    at,
    start,
  }: { readonly version: string | undefined; readonly at: number; readonly start: number | undefined },
): Promise<void> {
  await tx
    .updateTable('upgrade_policy')
    .set({ ...(version === undefined ? {} : { tried_version: version, tried_at: at }), seen_start: start ?? null })
    .where('serial', '=', serial)
    .where('version_type', '=', 'Device')
    .execute()
}

function policyOf(row: Selectable<UpgradePolicyTable>): UpgradePolicy {
  const { cron, duration, time_zone: timeZone, tried_version: version, tried_at: at } = row
  return {
    serial: row.serial,
    versionType: row.version_type,
    upgradeType: row.upgrade_type,
    schedule:
      cron === null || duration === null || timeZone === null ? undefined : { cron, minutes: duration, timeZone },
    tried: version === null || at === null ? undefined : { version, at },
    seenStart: row.seen_start ?? undefined,
  }
}
