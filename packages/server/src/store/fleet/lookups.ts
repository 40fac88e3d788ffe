import { sql } from 'kysely'
import type { Device } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'
import { compiledRow } from '../compiled-query.ts'
import { jsonRows } from '../json-columns.ts'
import type { Reader } from '../store.ts'
import { type DeviceRow, deviceOf, instanceOf, seenOfDevice } from './rows.ts'

// Nearly every request asks one of these, so each is one statement and built once.

const instanceWithDevices = compiledRow(
  (db: Reader, given: { id: string }) => instancesWithDevices(db).where('id', '=', given.id),
  { id: 'id', read: (row) => ({ ...row }) },
)

/** Instances as {@link findInstance} reads them. */
export function instancesWithDevices(db: Reader) {
  return db.selectFrom('instance').selectAll().select(devicesOfInstance(db).as('devices'))
}

function devicesOfInstance(db: Reader) {
  return db
    .selectFrom('device')
    .select(({ ref }) => {
      const columns = seenOfDevice.map((name) => ref(name))
      return jsonRows(db, columns).as('rows')
    })
    .where('instance_id', '=', sql.ref<string>('instance.id'))
}

export async function findInstance(db: Reader, id: string): Promise<Instance | undefined> {
  const row = await instanceWithDevices(db, { id })
  return row && instanceOf(row, deviceRows(row.devices))
}

export async function instanceOfOrder(db: Reader, orderId: string): Promise<Instance | undefined> {
  const order = await db.selectFrom('instance').select('id').where('order_id', '=', orderId).executeTakeFirst()
  return order === undefined ? undefined : findInstance(db, order.id)
}

/** The devices of an instance, as {@link instanceWithDevices} finds them. */
function deviceRows(devices: string | null): readonly DeviceRow[] {
  const rows = JSON.parse(devices ?? '[]') as readonly (readonly unknown[])[]
  return rows.map((values) => {
    const row: Record<string, unknown> = {}
    for (let column = 0; column < seenOfDevice.length; column++) row[seenOfDevice[column] as string] = values[column]
    return row as DeviceRow
  })
}

const deviceBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db.selectFrom('device').select(seenOfDevice).where('serial', '=', given.serial),
)

export async function findDevice(db: Reader, serial: string): Promise<Device | undefined> {
  const row = await deviceBySerial(db, { serial })
  return row === undefined ? undefined : deviceOf(row)
}

export async function sealedKeyOf(db: Reader, serial: string): Promise<string | undefined> {
  const sealed = db.selectFrom('device').select('enrolment_key_sealed').where('serial', '=', serial)
  return (await sealed.executeTakeFirst())?.enrolment_key_sealed
}

const grantTo = compiledRow((db: Reader, given: { instanceId: string; accountId: string }) =>
  db
    .selectFrom('sag_grant')
    .select('ccn_id')
    .where('instance_id', '=', given.instanceId)
    .where('ccn_account_id', '=', given.accountId)
    .limit(1),
)

export async function isGrantedTo(db: Reader, instanceId: string, accountId: string): Promise<boolean> {
  return (await grantTo(db, { instanceId, accountId })) !== undefined
}

const undecidedChange = compiledRow((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('password_change')
    .select('id')
    .where('serial', '=', given.serial)
    .where('outcome', '=', 'requested')
    .limit(1),
)

export async function hasUndecidedChange(db: Reader, serial: string): Promise<boolean> {
  return (await undecidedChange(db, { serial })) !== undefined
}
