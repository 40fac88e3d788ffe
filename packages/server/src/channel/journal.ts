import type { Decision } from '@opensag/protocol'
import { setPasswordGeneration } from '../store/gateways.ts'
import { decidePasswordChange, findPasswordChange } from '../store/password-changes.ts'
import type { ChannelWorld } from './world.ts'

type JournalWorld = Pick<ChannelWorld, 'store' | 'wallClock'>

/** Moves a journal entry on from `requested`; answers what it says afterwards, durably. */
export function decideChange(
  { store, wallClock }: JournalWorld,
  change: {
    readonly serial: string
    readonly changeId: string
    readonly outcome: Decision
    readonly generation: number
  },
): Promise<Decision> {
  const { serial, changeId, outcome, generation } = change
  const at = wallClock()
  return store.write(async (tx) => {
    const decided = await decidePasswordChange(tx, { id: changeId, outcome, at })
    if (decided === 'succeeded') await setPasswordGeneration(tx, serial, generation)
    return decided ?? 'failed'
  })
}

/**
 * What became of the change a gateway reports as unsettled; one left undecided has failed from now on. Undefined: there
 * is none, or it is another gateway's.
 */
export function outcomeOfReported(
  { store, wallClock }: JournalWorld,
  { serial, changeId }: { readonly serial: string; readonly changeId: string },
): Promise<Decision | undefined> {
  const at = wallClock()
  return store.write(async (tx) => {
    const found = await findPasswordChange(tx, changeId)
    if (found?.serial !== serial) return undefined
    return decidePasswordChange(tx, { id: changeId, outcome: 'failed', at })
  })
}
