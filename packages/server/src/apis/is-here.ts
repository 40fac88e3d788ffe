import type { Caller } from '../access/caller.ts'
import type { Instance } from '../model/instance.ts'

/** Whether an instance was found that is the caller's, in the region that is named. */
export function isHere(
  instance: Instance | undefined,
  { accountId }: Caller,
  region: string | undefined,
): instance is Instance {
  return instance?.accountId === accountId && (region ?? instance.regionId) === instance.regionId
}
