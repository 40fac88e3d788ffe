import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import { NewerDataFolder, SchemaNotUpgraded, UnfinishedCopy, UnreleasedDataFolder } from '../errors.ts'
import { base } from './001-base.ts'
import { networks } from './002-networks.ts'
import { ram } from './003-ram.ts'
import { sessions } from './004-sessions.ts'
import { audit } from './005-audit.ts'
import { gatewayConfiguration } from './006-gateway-configuration.ts'
import { grants } from './007-grants.ts'
import { heldPassword } from './009-held-password.ts'
import { fleetOverview } from './010-fleet-overview.ts'
import { auditDetails } from './012-audit-details.ts'
import { auditSeals } from './013-audit-seals.ts'
import { perpetual } from './016-perpetual.ts'
import { gatewaySource } from './017-gateway-source.ts'
import { accountSecurity } from './019-account-security.ts'
import { adminPasswordDate } from './021-admin-password-date.ts'
import { ramTags } from './023-ram-tags.ts'
import { nonceRuns } from './024-nonce-runs.ts'
import { gatewayOwner } from './028-gateway-owner.ts'
import { commitMark } from './029-commit-mark.ts'
import { guesses } from './030-guesses.ts'
import { paces } from './030-paces.ts'
import { auditPartitions } from './031-audit-partitions.ts'
import { pops } from './032-pops.ts'
import { traffic } from './034-traffic.ts'
import { dnat } from './037-dnat.ts'
import { qos } from './040-qos.ts'
import { flowLogs } from './041-flow-logs.ts'
import { acl } from './042-acl.ts'
import { healthChecks } from './044-health-checks.ts'
import { probeTasks } from './044-probe-tasks.ts'
import { bandwidth } from './045-bandwidth.ts'
import { resourceGroups } from './046-resource-groups.ts'
import { upgradePolicies } from './047-upgrade-policies.ts'
import { routes } from './052-routes.ts'
import { statistics } from './058-statistics.ts'
import { monitoring } from './059-monitoring.ts'
import { dpi } from './060-dpi.ts'
import { applicationPackages } from './062-application-packages.ts'
import { gatewayHealth } from './070-gateway-health.ts'
import { jobs } from './080-jobs.ts'
import { alerts } from './085-alerts.ts'
import { consoleSessions } from './090-console-sessions.ts'
import { singleSignOn } from './100-single-sign-on.ts'
import { securityKeys } from './105-security-keys.ts'
import { series } from './110-series.ts'
import { fleetTraffic } from './135-fleet-traffic.ts'
import { addedColumns } from './added-columns.ts'
import type { ColumnTypes } from './column-types.ts'
import { progressTable } from './unfinished-copy.ts'

/**
 * Every step of the schema, in order. A name is in the database of everyone who ran it: never rename, edit or reorder
 * one that was released, add the next. `released.json` holds what was released, and a test compares the two. A step that
 * only adds columns that may be null is one line here.
 */
export function steps(types: ColumnTypes): Record<string, Migration> {
  return {
    '001-base': base(types),
    '002-networks': networks(types),
    '003-ram': ram(types),
    '004-sessions': sessions(types),
    '005-audit': audit(types),
    '006-gateway-configuration': gatewayConfiguration(types),
    '007-grants': grants(types),
    '009-held-password': heldPassword(),
    '010-fleet-overview': fleetOverview(),
    // The operator's way back, after a store that was rolled back has learnt of a later change from a gateway.
    '011-password-aside': addedColumns('device', { password_aside: 'text', password_taken_back: 'text' }),
    '012-audit-details': auditDetails(),
    '013-audit-seals': auditSeals(types),
    '014-audit-counts': addedColumns('audit_event', { times: types.whole, first_at: types.whole }),
    '015-capabilities': addedColumns('device', { capabilities: 'text' }),
    '016-perpetual': perpetual(types),
    '017-gateway-source': gatewaySource(),
    '019-account-security': accountSecurity(types),
    // Which keys of the server a gateway believes, as it said itself.
    '020-channel-identity': addedColumns('device', { server_key: 'text', server_successor: 'text' }),
    '020-reenrolment': addedColumns('device', {
      reenrolment_key_sealed: 'text',
      reenrolment_at: types.whole,
      reenrolment_until: types.whole,
    }),
    '021-admin-password-date': adminPasswordDate(types),
    '023-ram-tags': ramTags(types),
    '024-nonce-runs': nonceRuns(types),
    // Which service a role is linked to: the account cannot change such a role.
    '027-service-linked-roles': addedColumns('ram_role', { service_name: 'text' }),
    '028-gateway-owner': gatewayOwner(types),
    '029-commit-mark': commitMark(types),
    '030-guesses': guesses(types),
    '030-paces': paces(types),
    '031-audit-partitions': auditPartitions(types),
    '032-pops': pops(types),
    // The point of presence whose tunnel a session has.
    '033-tunnel-sessions': addedColumns('client_session', { pop: 'text' }),
    '034-traffic': traffic(types),
    // Which device of a pair has the addresses of the branch, as it said itself.
    '035-pairs': addedColumns('device', { has_traffic: types.whole }),
    '036-client-dns': addedColumns('instance', { app_dns: 'text', recovered_dns: 'text' }),
    '037-dnat': dnat(types),
    '040-qos': qos(types),
    '041-flow-logs': flowLogs(types),
    '042-acl': acl(types),
    // The box itself: what is set of it, and what it says of itself.
    '043-box': addedColumns('device', {
      box: 'text',
      box_writes: 'text',
      box_report: 'text',
      box_reported_at: types.whole,
    }),
    '044-health-checks': healthChecks(types),
    '044-probe-tasks': probeTasks(types),
    // What gateways send at most, and orders of another bandwidth.
    '045-bandwidth': bandwidth(types),
    // Groups of what belongs to an account besides its instances.
    '046-resource-groups': resourceGroups(),
    '047-upgrade-policies': upgradePolicies(types),
    // Kbit/s of an accelerated account.
    '048-acceleration': addedColumns('client_user', { accelerate_bandwidth: types.whole }),
    // Serial number of the point of presence that an instance was moved to.
    '049-access-point': addedColumns('instance', { access_point: 'text' }),
    '052-routes': routes(types),
    '058-statistics': statistics(types),
    '059-monitoring': monitoring(types),
    // Applications that gateways recognise.
    '060-dpi': dpi(types),
    // Applications that rules are for, as JSON.
    '061-acl-applications': addedColumns('acl_rule', { applications: 'text' }),
    '061-qos-applications': addedColumns('qos_policy', { applications: 'text' }),
    '062-application-packages': applicationPackages(types),
    '070-gateway-health': gatewayHealth(types),
    // What servers do to many gateways.
    '080-jobs': jobs(types),
    // Who is told what.
    '085-alerts': alerts(types),
    '090-console-sessions': consoleSessions(types),
    // What a call came through, where the key that signed does not tell.
    '095-audit-through': addedColumns('audit_event', { through: 'text' }),
    '100-single-sign-on': singleSignOn(types),
    '105-security-keys': securityKeys(types),
    '110-series': series(types),
    // Jobs that give devices new passwords.
    '115-job-passwords': addedColumns('job_item', { serial: 'text', password_sealed: 'text' }),
    // Tags of instances, as JSON: at most 20 of 256 characters each. They go with the instance.
    '120-instance-tags': addedColumns('instance', { tags: 'text' }),
    // What a job is given beside its gateways, as JSON. It goes with the job.
    '121-job-params': addedColumns('job', { params: 'text' }),
    '135-fleet-traffic': fleetTraffic(types),
    // Which servers can run a job.
    '140-job-format': addedColumns('job', { format: types.whole }),
  }
}

/**
 * The names of the steps that a database holds, in order; none when it is new.
 *
 * @param unfinished whether it may be the target of a copy under way
 * @throws UnfinishedCopy
 */
export async function schemaSteps<DB>(db: Kysely<DB>, unfinished = false): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!unfinished && tables.some(({ name }) => name === progressTable)) throw new UnfinishedCopy()
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  // Not by the database, whose language may order hyphens in its own way.
  return rows.map(({ name }) => name).sort()
}

/**
 * Tells whether steps are missing. Every release has the steps of the one before and more after them, so that of a database
 * and this version one begins with all that the other has.
 *
 * @throws NewerDataFolder when the database has all steps of this version and more
 * @throws UnreleasedDataFolder when neither of the two begins with the other
 */
export function behind(found: readonly string[], types: ColumnTypes, where: string): boolean {
  const known = Object.keys(steps(types))
  const differs = known.findIndex((name, index) => found[index] !== name)
  // From there on one of them has nothing more.
  if (differs === -1 && found.length > known.length) {
    throw new NewerDataFolder(where, found.at(-1) ?? 'none', known.at(-1) ?? 'none')
  }
  if (differs !== -1 && differs < found.length) {
    throw new UnreleasedDataFolder(where, found[differs], known[differs])
  }
  return found.length < known.length
}

export interface MigrateOptions {
  /** The last step that is taken, for the schema of an older version. */
  readonly upTo?: string | undefined
  /** Comes before the first step, in the same transaction. */
  readonly before?: ((tx: Kysely<unknown>) => Promise<void>) | undefined
}

/**
 * Takes the missing steps: all of them or, when one fails, none.
 *
 * @throws SchemaNotUpgraded
 */
export async function migrate<DB>(db: Kysely<DB>, types: ColumnTypes, options: MigrateOptions = {}): Promise<void> {
  const { upTo, before } = options
  const provider = { getMigrations: async (): Promise<Record<string, Migration>> => behindFirst(steps(types), before) }
  const migrator = new Migrator({ db, provider })
  const { error, results = [] } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo))
  if (error === undefined) return
  throw new SchemaNotUpgraded(results.find(({ status }) => status === 'Error')?.migrationName, error)
}

function behindFirst(all: Record<string, Migration>, before: MigrateOptions['before']): Record<string, Migration> {
  if (before === undefined) return all
  let isFirst = true
  const up = (step: Migration) => async (tx: Kysely<unknown>) => {
    if (isFirst) await before(tx)
    isFirst = false
    await step.up(tx)
  }
  return Object.fromEntries(Object.entries(all).map(([name, step]) => [name, { up: up(step) }]))
}
