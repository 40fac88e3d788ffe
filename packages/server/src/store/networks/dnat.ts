import type { Cidr } from '@opensag/rules'
import type { DnatEntry, DnatPort, DnatType } from '../../model/dnat.ts'
import type { Page } from '../fleet/fleet.ts'
import type { Reader, Writer } from '../store.ts'
import type { DnatEntryTable } from './tables.ts'

/** Oldest first. */
export async function dnatEntriesOf(db: Reader, instanceId: string): Promise<readonly DnatEntry[]> {
  const rows = await ofInstance(db, instanceId).selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(dnatEntryOf)
}

/** @param type undefined: both kinds */
export async function dnatEntriesOnPage(
  db: Reader,
  instanceId: string,
  type: DnatType | undefined,
  { number, size }: Page,
): Promise<{ readonly total: number; readonly entries: readonly DnatEntry[] }> {
  const all = ofInstance(db, instanceId)
  const matching = type === undefined ? all : all.where('type', '=', type)
  const { total } = await matching.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .limit(size)
    .offset((number - 1) * size)
    .execute()
  return { total: Number(total), entries: rows.map(dnatEntryOf) }
}

/** External addresses within a range of other instances of a CCN, each once, ascending. */
export async function dnatIpsOfOthers(
  db: Reader,
  ccnId: string,
  range: Cidr,
  instanceId: string,
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('dnat_entry')
    .select('external_ip')
    .distinct()
    .where('ccn_id', '=', ccnId)
    .where('external_ip', '>=', range.first)
    .where('external_ip', '<=', range.last)
    .where('instance_id', '!=', instanceId)
    .orderBy('external_ip')
    .execute()
  return rows.flatMap(({ external_ip }) => external_ip ?? [])
}

export async function addDnatEntry(tx: Writer, entry: DnatEntry, ccnId: string | undefined): Promise<void> {
  await tx
    .insertInto('dnat_entry')
    .values({
      id: entry.id,
      instance_id: entry.instanceId,
      ccn_id: ccnId ?? null,
      type: entry.type,
      protocol: entry.protocol,
      external_ip: entry.externalIp ?? null,
      external_port: storedPort(entry.externalPort),
      internal_ip: entry.internalIp,
      internal_port: storedPort(entry.internalPort),
      created_at: entry.createdAt,
    })
    .execute()
}

/** @returns false when the instance has no such entry */
export async function deleteDnatEntry(tx: Writer, instanceId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('dnat_entry')
    .where('id', '=', id)
    .where('instance_id', '=', instanceId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

function ofInstance(db: Reader, instanceId: string) {
  return db.selectFrom('dnat_entry').where('instance_id', '=', instanceId)
}

function storedPort(port: DnatPort): number | null {
  return port === 'any' ? null : port
}

function dnatEntryOf(row: DnatEntryTable): DnatEntry {
  return {
    id: row.id,
    instanceId: row.instance_id,
    type: row.type,
    protocol: row.protocol,
    externalIp: row.external_ip ?? undefined,
    externalPort: row.external_port ?? 'any',
    internalIp: row.internal_ip,
    internalPort: row.internal_port ?? 'any',
    createdAt: row.created_at,
  }
}
