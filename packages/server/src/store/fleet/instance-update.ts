import type { Column } from '../../columns/column.ts'
import { instanceColumns } from '../../columns/instance.ts'
import { has } from '../../columns/table.ts'
import { compiledUpdate } from '../compiled-query.ts'
import type { InstanceRow } from './rows.ts'

export const updateInstance = compiledUpdate(
  (tx, columns: Partial<InstanceRow>, given: { readonly rowId: string }) =>
    tx.updateTable('instance').set(columns).where('id', '=', given.rowId),
  'rowId',
)

const heldByGateways = Object.values<Column>(instanceColumns)
  .filter((column) => has(column, 'gatewaysHold'))
  .map(({ name }) => name)

/** Whether one of these columns is part of the configuration that gateways should hold. */
export function isHeldByGateways(columns: Partial<InstanceRow>): boolean {
  return heldByGateways.some((name) => name in columns)
}
