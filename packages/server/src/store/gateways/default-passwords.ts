import { isDefaultPassword } from '../../model/admin-password-state.ts'
import { type Parts, partSize } from '../fleet/parts.ts'
import { deviceOf, seenOfDevice } from '../fleet/rows.ts'

/** How many gateways have the administrator password they came with, or none; in parts, along the serial numbers. */
export async function countDefaultPasswords(parts: Parts): Promise<number> {
  let count = 0
  let after: string | undefined
  for (;;) {
    const last = after
    const rows = await parts.read((db) => {
      const query = db.selectFrom('device').select(seenOfDevice).orderBy('serial').limit(partSize)
      return (last === undefined ? query : query.where('serial', '>', last)).execute()
    })
    count += rows.filter((row) => isDefaultPassword(deviceOf(row))).length
    after = rows.at(-1)?.serial
    if (rows.length < partSize) return count
    await parts.pause()
  }
}
