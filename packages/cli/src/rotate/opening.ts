import { resolve } from 'node:path'
import { type JournalState, keyOf, type PlannedGateway, readJournal } from '@opensag/rotation'
import { CommandFailure, UsageError } from '../exit.ts'
import { say } from '../say.ts'
import { checkGiven, firstRecords, makePlan, type Wish } from './begin.ts'
import type { Connection } from './connect.ts'
import { type EvidenceKey, openEvidenceKey, usualKeyPath } from './evidence-key.ts'
import { createJournal, type Journal, openJournal } from './journal.ts'
import {
  givenPasswords,
  historyOf,
  passwordLength,
  type RotateFlags,
  type RunOptions,
  recipientsOf,
  selects,
} from './options.ts'
import { openPasswordHistory, type PasswordHistory, usualHistoryFolder } from './password-history.ts'
import { newPlace, oldPlace, type Place, refuseOld, usualFolder } from './place.ts'
import type { PasswordKeeping } from './prepare.ts'
import type { Progress } from './progress.ts'
import { resumeHint } from './resume-hint.ts'
import { createSealing } from './seal.ts'
import type { Stop } from './stop.ts'
import { tellCommand } from './to-command.ts'

/** What one run of the command works with. */
export interface Sitting {
  readonly flags: RotateFlags
  readonly options: RunOptions
  readonly stop: Stop
  readonly progress: Progress
  readonly connection: Connection
}

/** A rotation with its folder, locked, and its journal, open. */
export interface Opened {
  readonly place: Place
  readonly journal: Journal
  readonly journalState: JournalState
  readonly keeping: PasswordKeeping
  readonly key: EvidenceKey
  readonly history: PasswordHistory | undefined
}

const now = (): string => new Date().toISOString()

/** Where the passwords of a new rotation go. @throws UsageError */
export async function newKeeping(flags: RotateFlags): Promise<PasswordKeeping> {
  const keeping = await keepingOf(flags)
  if (keeping.sealing === undefined && keeping.tell === undefined && keeping.given === undefined) {
    throw new UsageError(say('The new passwords need a destination. Give --recipient, --to-command or --passwords.'))
  }
  return keeping
}

export async function begin(sitting: Sitting, wish: Wish, keeping: PasswordKeeping): Promise<Opened> {
  const { flags, options, progress, connection } = sitting
  const last = historyOf(flags)
  const key = await evidenceKey(flags, progress)
  const folder = flags.folder ?? usualFolder(now())
  const hint = resumeHint(folder, flags)
  await refuseOld(folder, hint)
  const plan = await makePlan(wish, connection, { concurrency: options.concurrency, progress })
  checkGiven(plan.gateways, keeping.given, flags.passwords)
  const history = await openHistory(flags, last)
  try {
    await refuseRepeated(plan.gateways, { history, last, given: keeping.given, rotation: undefined })
    return { ...(await enter()), keeping, key, history }
  } catch (error) {
    await history?.close()
    throw error
  }

  // Only now: a selection that is not right leaves no folder behind.
  async function enter(): Promise<Pick<Opened, 'place' | 'journal' | 'journalState'>> {
    const place = await newPlace(folder, flags.out, hint)
    try {
      const records = firstRecords(plan, {
        at: now(),
        endpoint: connection.endpoint,
        recipients: keeping.sealing?.recipients ?? [],
        passwords: keeping.given === undefined ? 'made' : 'given',
        out: flags.out === undefined ? undefined : resolve(flags.out),
        history: last,
      })
      const journal = await createJournal(place.journal, key.journal)
      await journal.write(...records)
      return { place, journal, journalState: readJournal(records) }
    } catch (error) {
      await place.lock.release()
      throw error
    }
  }
}

export async function resume({ flags, connection, progress }: Sitting, folder: string): Promise<Opened> {
  if (selects(flags)) {
    throw new UsageError(say('A resumed rotation keeps its selection. For other gateways, begin a new rotation.'))
  }
  const key = await evidenceKey(flags, progress)
  const place = await oldPlace(folder, flags.out)
  let history: PasswordHistory | undefined
  try {
    const { journal, journalState } = await openJournal(place.journal, key.journal)
    const { began, plan, isPlanned } = journalState
    if (!isPlanned) {
      throw new CommandFailure(
        say('The rotation in {folder} ended before it changed anything. Begin a new one.', { folder }),
      )
    }
    if (began.endpoint !== connection.endpoint) {
      throw new UsageError(
        say('This rotation belongs to {began}, not to {endpoint}.', {
          began: began.endpoint,
          endpoint: connection.endpoint,
        }),
      )
    }
    const keeping = await keepingOf(flags, began.recipients)
    if ((keeping.given === undefined) !== (began.passwords === 'made')) {
      throw new UsageError(say('Give --passwords exactly when the rotation began with --passwords.'))
    }
    if (keeping.given === undefined && keeping.sealing === undefined && keeping.tell === undefined) {
      throw new UsageError(say('This rotation began with --to-command: give --to-command again.'))
    }
    const pending = plan.filter((_, index) => journalState.gateways[index]?.outcome === undefined)
    checkGiven(pending, keeping.given, flags.passwords)
    const last = began.history ?? historyOf(flags)
    history = await openHistory(flags, last)
    await refuseRepeated(pending, { history, last, given: keeping.given, rotation: began.rotation })
    return {
      place: { ...place, passwords: flags.out ?? began.out ?? place.passwords },
      journal,
      journalState,
      keeping,
      key,
      history,
    }
  } catch (error) {
    await history?.close()
    await place.lock.release()
    throw error
  }
}

/** @param kept the recipients of a rotation that is resumed: its file is for them and nobody else */
async function keepingOf(flags: RotateFlags, kept?: readonly string[]): Promise<PasswordKeeping> {
  const asked = await recipientsOf(flags)
  if (kept !== undefined && asked.length > 0 && [...asked].sort().join() !== [...kept].sort().join()) {
    throw new UsageError(say('This rotation began with other recipients. Remove --recipient.'))
  }
  const recipients = kept ?? asked
  const { toCommand } = flags
  return {
    given: await givenPasswords(flags),
    length: passwordLength(flags),
    sealing: recipients.length === 0 ? undefined : createSealing(recipients),
    tell: toCommand === undefined ? undefined : (lines) => tellCommand(toCommand, lines),
  }
}

async function evidenceKey(
  { evidenceKey: path = usualKeyPath() }: RotateFlags,
  progress: Progress,
): Promise<EvidenceKey> {
  const key = await openEvidenceKey(path)
  if (key.isNew)
    progress.note(
      say('Created a key that signs evidence: {path}. Give {path}.pub to whoever checks the evidence.', { path }),
    )
  return key
}

async function openHistory(
  { historyFolder = usualHistoryFolder() }: RotateFlags,
  last: number | undefined,
): Promise<PasswordHistory | undefined> {
  return last === undefined ? undefined : openPasswordHistory(historyFolder, last)
}

/** @throws UsageError that names the gateways, never a password */
async function refuseRepeated(
  gateways: readonly PlannedGateway[],
  {
    history,
    last,
    given,
    rotation,
  }: {
    readonly history: PasswordHistory | undefined
    readonly last: number | undefined
    readonly given: ReadonlyMap<string, string> | undefined
    readonly rotation: string | undefined
  },
): Promise<void> {
  if (history === undefined || given === undefined) return
  const wanted = gateways.flatMap((gateway) => {
    const password = given.get(gateway.serial)
    return password === undefined || gateway.wave === undefined ? [] : [{ gateway: keyOf(gateway), password }]
  })
  const repeated = await history.repeated(wanted, rotation)
  if (repeated.size === 0) return
  const serials = gateways
    .filter((gateway) => repeated.has(keyOf(gateway)))
    .map(({ serial }) => serial)
    .sort()
  const shown = `${serials.slice(0, 10).join(', ')}${serials.length > 10 ? ', …' : ''}`
  throw new UsageError(
    say('{count} of the given passwords are among the last {last} of their gateways ({shown}). Nothing was changed.', {
      count: serials.length,
      last: last ?? 0,
      shown,
    }),
  )
}
