import type { Updateable } from 'kysely'
import { compiledUpdate } from '../compiled-query.ts'
import type { Schema } from '../schema.ts'
import type { Writer } from '../store.ts'

export type DeviceColumns = Omit<Updateable<Schema['device']>, 'serial'>

/** Columns of one device's row, as each connection of its gateway writes them several times. */
export const updateDevice: (
  tx: Writer,
  columns: DeviceColumns,
  given: { readonly serial: string },
) => Promise<unknown> = compiledUpdate((tx, columns, given: { readonly serial: string }) =>
  tx.updateTable('device').set(columns).where('serial', '=', given.serial),
)
