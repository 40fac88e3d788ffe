import { hot } from './hot.ts'
import type { Writer } from './store.ts'

const bind = hot((tx: Writer, given: { serial: string; instanceId: string; role: 'active' | 'standby'; at: number }) =>
  tx
    .updateTable('device')
    .set({ instance_id: given.instanceId, role: given.role, bound_at: given.at })
    .where('serial', '=', given.serial),
)

export async function bindDevice(
  tx: Writer,
  serial: string,
  instanceId: string,
  role: 'active' | 'standby',
  at: number,
): Promise<void> {
  await bind(tx, { serial, instanceId, role, at })
}

const promoteStandby = hot((tx: Writer, given: { serial: string }) =>
  tx
    .updateTable('device')
    .set({ role: 'active' })
    .where('serial', '!=', given.serial)
    .where('instance_id', '=', (query) =>
      query
        .selectFrom('device as going')
        .select('going.instance_id')
        .where('going.serial', '=', given.serial)
        .where('going.role', '=', 'active')
        .$castTo<{ instance_id: string }>(),
    ),
)

const release = hot((tx: Writer, given: { serial: string }) =>
  tx.updateTable('device').set({ instance_id: null, role: null, bound_at: null }).where('serial', '=', given.serial),
)

/** When it is the active device that goes, the standby of its instance takes over the role. */
export async function unbindDevice(tx: Writer, serial: string): Promise<void> {
  // In this order: afterwards nobody knows whose standby it was.
  await promoteStandby(tx, { serial })
  await release(tx, { serial })
}
