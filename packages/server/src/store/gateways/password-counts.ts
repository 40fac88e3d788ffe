import { isDefaultPassword, isOldPassword } from '../../model/admin-password-state.ts'
import { type Parts, partSize } from '../fleet/parts.ts'
import { deviceOf, seenOfDevice } from '../fleet/rows.ts'

export interface PasswordCounts {
  /** Gateways that have the administrator password they came with, or none. */
  readonly default: number
  /** Gateways whose password is older than the maximum age. */
  readonly old: number
}

/** Counts along the serial numbers, in parts. */
export async function countPasswords(
  parts: Parts,
  limit: { readonly now: number; readonly maxAgeMs: number },
): Promise<PasswordCounts> {
  const counts = { default: 0, old: 0 }
  let after: string | undefined
  for (;;) {
    const last = after
    const rows = await parts.read((db) => {
      const query = db.selectFrom('device').select(seenOfDevice).orderBy('serial').limit(partSize)
      return (last === undefined ? query : query.where('serial', '>', last)).execute()
    })
    for (const device of rows.map(deviceOf)) {
      if (isDefaultPassword(device)) counts.default += 1
      else if (isOldPassword(device, limit)) counts.old += 1
    }
    after = rows.at(-1)?.serial
    if (rows.length < partSize) return counts
    await parts.pause()
  }
}
