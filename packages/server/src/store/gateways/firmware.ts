import type { DeviceModel } from '../../model/device.ts'
import type { Firmware } from '../../model/firmware.ts'
import type { Reader, Writer } from '../store.ts'

/** The firmware on offer, of one model or of all. */
export async function findFirmware(db: Reader, model?: DeviceModel): Promise<readonly Firmware[]> {
  const all = db.selectFrom('firmware').selectAll().orderBy('model').orderBy('created_at')
  const rows = await (model === undefined ? all : all.where('model', '=', model)).execute()
  return rows.map((row) => ({
    model: row.model as DeviceModel,
    version: row.version,
    name: row.name,
    type: row.type,
    createdAt: row.created_at,
  }))
}

/** False when there is that version of that model already. */
export async function addFirmware(tx: Writer, { model, version, name, type, createdAt }: Firmware): Promise<boolean> {
  const added = await tx
    .insertInto('firmware')
    .values({ model, version, name, type, created_at: createdAt })
    .onConflict((conflict) => conflict.columns(['model', 'version']).doNothing())
    .returning('version')
    .execute()
  return added.length > 0
}
