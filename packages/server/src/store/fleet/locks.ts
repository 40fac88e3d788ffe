import type { Writer } from '../store.ts'

/** Those that are here and locked count as unlocked until they have heard of it; so do those that are away. */
export async function unlockAt(tx: Writer, instanceId: string, at: number): Promise<void> {
  await tx
    .updateTable('device')
    .set({ unlocked_at: at })
    .where('instance_id', '=', instanceId)
    .where((row) => row.or([row('node', 'is', null), row('locked_since', 'is not', null)]))
    .execute()
}

/** @returns the serial numbers of the devices whose lock it has opened */
export async function openLocks(tx: Writer, instanceId: string): Promise<readonly string[]> {
  const opened = await tx
    .updateTable('device')
    .set({ locked_since: null })
    .where('instance_id', '=', instanceId)
    .where('locked_since', 'is not', null)
    .returning('serial')
    .execute()
  return opened.map(({ serial }) => serial)
}
