import type { Device } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'
import { compiledQuery, compiledRow } from '../compiled-query.ts'
import type { Reader } from '../store.ts'
import { type DeviceRow, deviceOf, instanceOf, seenOfDevice } from './rows.ts'

// Nearly every request asks one of these, so each is one statement and built once.

const instanceWithDevices = compiledQuery((db: Reader, given: { id: string }) =>
  db
    .selectFrom('instance')
    .leftJoin('device', 'device.instance_id', 'instance.id')
    .selectAll('instance')
    .select(seenOfDevice)
    .where('instance.id', '=', given.id),
)

export async function findInstance(db: Reader, id: string): Promise<Instance | undefined> {
  const { rows } = await instanceWithDevices(db, { id })
  const [first] = rows
  if (first === undefined) return undefined
  return instanceOf(first, first.serial === null ? [] : (rows as readonly DeviceRow[]))
}

const deviceBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db.selectFrom('device').select(seenOfDevice).where('serial', '=', given.serial),
)

export async function findDevice(db: Reader, serial: string): Promise<Device | undefined> {
  const row = await deviceBySerial(db, { serial })
  return row === undefined ? undefined : deviceOf(row)
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
