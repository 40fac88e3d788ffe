import type { Decision, HeldChange, LastChange, Recorded } from '@opensag/protocol'
import { endings } from '../model/endings.ts'
import { recordEvent } from '../store/gateways/events.ts'
import { adoptHeldPassword, findPasswords, type Passwords, saveHeldPassword } from '../store/gateways/held-passwords.ts'
import { requireOwner } from '../store/gateways/ownership.ts'
import { findPasswordChange, movePasswordChange } from '../store/gateways/password-changes.ts'
import { takeOffline } from '../store/gateways/presence.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { ChannelContext } from './context.ts'
import type { WantedDecision } from './turns-ports.ts'

type JournalContext = Pick<ChannelContext, 'store' | 'wallClock'>

/**
 * Moves a journal entry on from `requested`; answers what it says afterwards, durably. What follows from its move is in
 * the same unit of work: which password the gateway has proved to hold, or that it counts as not connected.
 *
 * @throws NotOwner when the connection that asks has been replaced; another one settles the change then
 */
export function decideChange(
  { store, wallClock }: JournalContext,
  {
    serial,
    epoch,
    sealKey,
    changeId,
    generation,
    outcome,
    offline,
    deposit,
  }: WantedDecision & { readonly serial: string; readonly epoch: number; readonly sealKey: string },
): Promise<Decision> {
  const at = wallClock()
  return store.write(async (tx) => {
    await requireOwner(tx, serial, epoch)
    const { decided, moved } = await movePasswordChange(tx, { id: changeId, outcome, at })
    if (moved && outcome === 'succeeded') {
      await saveHeldPassword(
        tx,
        serial,
        {
          changeId,
          generation,
          sealKey,
          ...(deposit === undefined ? {} : { deposit }),
        },
        at,
      )
    }
    if (moved && offline) await takeOffline(tx, serial, { at, reason: endings.passwordNotProved })
    return decided ?? 'failed'
  })
}

export interface Looked {
  /** What became of the change the gateway reports as unsettled. Undefined: there is none, or it is another gateway's. */
  readonly outcome: Decision | undefined
  /** The change this gateway was last proved to hold, and what it deposited then. */
  readonly last: LastChange
  readonly deposit: string | undefined
  /** What is known of the change it says it holds. */
  readonly recorded: Recorded
}

export interface Reported {
  readonly serial: string
  readonly sealKey: string
  readonly unsettled: string | undefined
  readonly holds: string | undefined
}

/**
 * What the store says about a gateway that reports. An unsettled change left undecided has failed from now on, and the
 * gateway counts as not connected in the same unit of work: its row may still name a node that died with the change, and
 * the gateway holds the new password until it has obeyed.
 */
export async function lookAtReported({ store, wallClock }: JournalContext, reported: Reported): Promise<Looked> {
  const { serial, unsettled } = reported
  if (unsettled === undefined) return { outcome: undefined, ...(await store.read((db) => compared(db, reported))) }
  const at = wallClock()
  return store.write(async (tx) => {
    const found = await findPasswordChange(tx, unsettled)
    if (found?.serial !== serial) return { outcome: undefined, ...(await compared(tx, reported)) }
    const { decided, moved } = await movePasswordChange(tx, { id: unsettled, outcome: 'failed', at })
    if (moved) await takeOffline(tx, serial, { at, reason: endings.passwordUndecided })
    return { outcome: decided, ...(await compared(tx, reported)) }
  })
}

/** Whether the change this gateway was proved to hold last is still the one it was compared with. */
export async function isStillLast(
  tx: Writer,
  { serial, sealKey, last }: { readonly serial: string; readonly sealKey: string; readonly last: LastChange },
): Promise<boolean> {
  return lastOf(await findPasswords(tx, serial), sealKey).last?.changeId === last?.changeId
}

/** The store was rolled back: it learns which change the gateway holds, unless another one has succeeded meanwhile. */
export function adoptReported(
  { store, wallClock }: JournalContext,
  {
    serial,
    sealKey,
    last,
    change,
    deposit,
  }: {
    readonly serial: string
    readonly sealKey: string
    readonly last: LastChange
    readonly change: HeldChange
    readonly deposit: string | undefined
  },
): Promise<{ readonly done: boolean; readonly last: LastChange }> {
  const at = wallClock()
  return store.write(async (tx) => {
    if (!(await isStillLast(tx, { serial, sealKey, last }))) return { done: false, last }
    await adoptHeldPassword(tx, serial, { ...change, sealKey, ...(deposit === undefined ? {} : { deposit }) }, at)
    const detail = `change ${change.changeId}, generation ${change.generation}`
    await recordEvent(tx, { serial, kind: 'ServerRolledBack', at, detail })
    return { done: true, last: deposit === undefined ? undefined : change }
  })
}

/** For people: a disk that was rolled back does not do that by itself; what the operator orders is carried out later. */
export function recordRestore(
  { store, wallClock }: JournalContext,
  { serial, changeId, ordered }: { readonly serial: string; readonly changeId: string; readonly ordered: boolean },
): Promise<void> {
  const at = wallClock()
  const kind = ordered ? 'PasswordTakenBack' : 'DeviceRolledBack'
  return store.write((tx) => recordEvent(tx, { serial, kind, at, detail: changeId }))
}

async function compared(
  db: Reader,
  { serial, sealKey, holds }: Reported,
): Promise<Pick<Looked, 'last' | 'deposit' | 'recorded'>> {
  const passwords = await findPasswords(db, serial)
  const { held, takenBack } = passwords
  const isHeld = holds === undefined || (held?.sealKey === sealKey && held.changeId === holds)
  const recorded = isHeld ? 'known' : takenBack === holds ? 'taken-back' : await recordedIn(db, serial, holds)
  return { ...lastOf(passwords, sealKey), recorded }
}

async function recordedIn(db: Reader, serial: string, changeId: string): Promise<Recorded> {
  const found = await findPasswordChange(db, changeId)
  return found?.serial === serial && found.outcome === 'succeeded' ? 'known' : 'unknown'
}

/** Another box that took the place of this gateway cannot hold what the one before it did, nor can one without a deposit. */
function lastOf({ held }: Passwords, sealKey: string): Pick<Looked, 'last' | 'deposit'> {
  if (held?.sealKey !== sealKey || held.deposit === undefined) return { last: undefined, deposit: undefined }
  return { last: { changeId: held.changeId, generation: held.generation }, deposit: held.deposit }
}
