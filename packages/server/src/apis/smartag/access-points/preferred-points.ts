import { setImmediate as othersFirst } from 'node:timers/promises'
import type { OperationContext } from '../../context.ts'

/**
 * Of each instance of the caller in a region the serial number of the point of presence that its gateways are told to prefer. An
 * account may have very many instances: everybody else has a turn between two parts of them.
 */
export async function preferredPoints(
  { caller, unit }: Pick<OperationContext, 'caller' | 'unit'>,
  regionId: string,
): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>()
  let after: string | undefined = ''
  while (after !== undefined) {
    const from: string = after
    const part = await unit.read(({ accessPoints }) => accessPoints.preferred(caller.accountId, regionId, from))
    for (const [id, serial] of part.preferred) all.set(id, serial)
    after = part.last
    await othersFirst()
  }
  return all
}
