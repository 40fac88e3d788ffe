import type { Decision, LastChange } from '@opensag/protocol'
import { findHeldPassword, recordEvent, saveHeldPassword, takeOffline } from '../store/gateways.ts'
import { findPasswordChange, movePasswordChange } from '../store/password-changes.ts'
import type { Writer } from '../store/store.ts'
import type { WantedDecision } from './turns-ports.ts'
import type { ChannelWorld } from './world.ts'

type JournalWorld = Pick<ChannelWorld, 'store' | 'wallClock'>

/**
 * Moves a journal entry on from `requested`; answers what it says afterwards, durably. What follows from its move is in
 * the same unit of work: which password the gateway has proved to hold, or that it counts as not connected.
 */
export function decideChange(
  { store, wallClock }: JournalWorld,
  {
    serial,
    sealKey,
    changeId,
    generation,
    outcome,
    offline,
    deposit,
  }: WantedDecision & { readonly serial: string; readonly sealKey: string },
): Promise<Decision> {
  const at = wallClock()
  return store.write(async (tx) => {
    const { decided, moved } = await movePasswordChange(tx, { id: changeId, outcome, at })
    if (moved && outcome === 'succeeded') {
      await saveHeldPassword(tx, serial, {
        changeId,
        generation,
        sealKey,
        ...(deposit === undefined ? {} : { deposit }),
      })
    }
    if (moved && offline) await takeOffline(tx, serial, { at, reason: 'A password change was not proved.' })
    return decided ?? 'failed'
  })
}

export interface Looked {
  /** What became of the change the gateway reports as unsettled. Undefined: there is none, or it is another gateway's. */
  readonly outcome: Decision | undefined
  /** The change this gateway was last proved to hold, and what it deposited then. */
  readonly last: LastChange
  readonly deposit: string | undefined
}

/**
 * What the store says about a gateway that reports. An unsettled change left undecided has failed from now on, and the
 * gateway counts as not connected in the same unit of work: its row may still name a node that died with the change, and
 * the gateway holds the new password until it has obeyed.
 */
export async function lookAtReported(
  { store, wallClock }: JournalWorld,
  {
    serial,
    sealKey,
    unsettled,
  }: { readonly serial: string; readonly sealKey: string; readonly unsettled: string | undefined },
): Promise<Looked> {
  if (unsettled === undefined) {
    return { outcome: undefined, ...(await store.read((db) => lastOf(db, serial, sealKey))) }
  }
  const at = wallClock()
  return store.write(async (tx) => {
    const found = await findPasswordChange(tx, unsettled)
    if (found?.serial !== serial) return { outcome: undefined, ...(await lastOf(tx, serial, sealKey)) }
    const { decided, moved } = await movePasswordChange(tx, { id: unsettled, outcome: 'failed', at })
    if (moved) await takeOffline(tx, serial, { at, reason: 'A password change was left undecided.' })
    return { outcome: decided, ...(await lastOf(tx, serial, sealKey)) }
  })
}

/** Whether the change this gateway was proved to hold last is still the one it was compared with. */
export async function isStillLast(
  tx: Writer,
  { serial, sealKey, last }: { readonly serial: string; readonly sealKey: string; readonly last: LastChange },
): Promise<boolean> {
  return (await lastOf(tx, serial, sealKey)).last?.changeId === last?.changeId
}

/** For people: a disk that was rolled back does not do that by itself. */
export function recordRollBack({ store, wallClock }: JournalWorld, serial: string, changeId: string): Promise<void> {
  const at = wallClock()
  return store.write((tx) => recordEvent(tx, { serial, kind: 'DeviceRolledBack', at, detail: changeId }))
}

/** Another box that took the place of this gateway cannot hold what the one before it did, nor can one without a deposit. */
async function lastOf(
  db: Parameters<typeof findHeldPassword>[0],
  serial: string,
  sealKey: string,
): Promise<Pick<Looked, 'last' | 'deposit'>> {
  const held = await findHeldPassword(db, serial)
  if (held?.sealKey !== sealKey || held.deposit === undefined) return { last: undefined, deposit: undefined }
  return { last: { changeId: held.changeId, generation: held.generation }, deposit: held.deposit }
}
