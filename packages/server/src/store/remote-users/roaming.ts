import type { Reader, Writer } from '../store.ts'

/**
 * Copies an account that has no fixed address, with its password, to another instance. What it has used is not copied.
 */
export async function copyUser(
  tx: Writer,
  { name, from, to, at }: { readonly name: string; readonly from: string; readonly to: string; readonly at: number },
): Promise<void> {
  const copied = await tx
    .selectFrom('client_user')
    .select(['name', 'mail', 'bandwidth', 'password_hash', 'state', 'password_changed_at'])
    .where('instance_id', '=', from)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('client_user')
    .values({
      ...copied,
      instance_id: to,
      created_at: at,
      traffic_bytes: 0,
      traffic_month: 0,
      roamed_from: from,
    })
    .execute()
}

/** The instances that share an account with this one because it roams: their pools must stay apart from its own (D). */
export async function findRoamingPeers(db: Reader, instanceId: string): Promise<readonly string[]> {
  const arrived = await db
    .selectFrom('client_user')
    .select('roamed_from as peer')
    .distinct()
    .where('instance_id', '=', instanceId)
    .where('roamed_from', 'is not', null)
    .execute()
  const left = await db
    .selectFrom('client_user')
    .select('instance_id as peer')
    .distinct()
    .where('roamed_from', '=', instanceId)
    .execute()
  return [...new Set([...arrived, ...left].flatMap(({ peer }) => peer ?? []))].sort()
}
