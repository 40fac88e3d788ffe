import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import { NewerDataFolder } from '../errors.ts'
import { base } from './001-base.ts'
import { networks } from './002-networks.ts'
import { ram } from './003-ram.ts'
import { sessions } from './004-sessions.ts'
import { audit } from './005-audit.ts'
import { gatewayConfiguration } from './006-gateway-configuration.ts'
import { grants } from './007-grants.ts'
import { heldPassword } from './009-held-password.ts'
import { fleetOverview } from './010-fleet-overview.ts'
import { perpetual } from './016-perpetual.ts'
import { addedColumns } from './added-columns.ts'
import type { ColumnTypes } from './column-types.ts'

/**
 * Every step of the schema, in order. A name is in the database of everyone who ran it: never rename, edit or reorder
 * one that was released, add the next. A step that only adds columns that may be null is one line here.
 */
function steps(types: ColumnTypes): Record<string, Migration> {
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
    '016-perpetual': perpetual(types),
  }
}

/** The names of the steps that a database holds, in order; none when it is new. */
export async function schemaSteps<DB>(db: Kysely<DB>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/**
 * Tells whether steps are missing.
 *
 * @throws NewerDataFolder when the database holds one that this version does not know
 */
export function behind(found: readonly string[], types: ColumnTypes, where: string): boolean {
  const known = Object.keys(steps(types))
  const unknown = found.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new NewerDataFolder(where, found.at(-1) ?? unknown, known.at(-1) ?? 'none')
  return found.length < known.length
}

/** Takes the missing steps: all of them or, when one fails, none. */
export async function migrate<DB>(db: Kysely<DB>, types: ColumnTypes): Promise<void> {
  const provider = { getMigrations: async (): Promise<Record<string, Migration>> => steps(types) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error !== undefined)
    throw new Error('The schema of the database could not be brought up to date.', { cause: error })
}
