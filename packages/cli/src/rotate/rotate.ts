import { performance } from 'node:perf_hooks'
import type { Secret } from '@opensag/protocol'
import {
  type GatewayStanding,
  isComplete,
  type JournalStanding,
  readJournal,
  type Summary,
  summarise,
} from '@opensag/rotation'
import { CommandFailure, UsageError } from '../exit.ts'
import { checkGiven, firstRecords, makePlan, type Wish, wishOf } from './begin.ts'
import { createSlots } from './concurrency.ts'
import { backoff, type Connection, connect } from './connect.ts'
import { type EvidenceKey, openEvidenceKey, usualKeyPath } from './evidence-key.ts'
import { type Finished, finish } from './finish.ts'
import { createJournal, type Journal, openJournal } from './journal.ts'
import {
  givenPasswords,
  passwordLength,
  type RotateFlags,
  type RunOptions,
  recipientsOf,
  runOptions,
  selects,
} from './options.ts'
import { newPlace, oldPlace, type Place, refuseOld, usualFolder } from './place.ts'
import { createPrepare, type PasswordKeeping } from './prepare.ts'
import { createProgress, type Progress } from './progress.ts'
import { createReadBack } from './read-back.ts'
import { printPlan } from './report.ts'
import { runWaves } from './runner.ts'
import { createSealing } from './seal.ts'
import { stopOnSignals } from './signals.ts'
import { createStop, pauseUnless, type Stop } from './stop.ts'
import { tellCommand } from './to-command.ts'
import { createWaitOnline } from './wait-online.ts'

interface Sitting {
  readonly flags: RotateFlags
  readonly options: RunOptions
  readonly stop: Stop
  readonly progress: Progress
  readonly connection: Connection
}

interface Opened {
  readonly place: Place
  readonly journal: Journal
  readonly standing: JournalStanding
  readonly keeping: PasswordKeeping
  readonly key: EvidenceKey
}

const monotonic = (): number => performance.now()
const now = (): string => new Date().toISOString()

/** `opensag rotate`: begins a rotation, or goes on with one. */
export async function rotate(flags: RotateFlags): Promise<void> {
  const options = runOptions(flags)
  const stop = createStop()
  const progress = createProgress({ json: flags.json === true, out: process.stdout, err: process.stderr, monotonic })
  // What was asked for wrongly is said before anything is asked of the endpoint.
  const wish = flags.resume === undefined ? await wishOf(flags, progress) : undefined
  const { data, endpoint } = flags
  const { timeoutMs, attempts } = options
  const connection = await connect({ data, endpoint, timeoutMs, attempts, stop })
  const sitting = { flags, options, stop, progress, connection }
  if (flags.dryRun === true) return dryRun(sitting, wish)

  const opened = wish === undefined ? await resume(sitting, flags.resume ?? '') : await begin(sitting, wish)
  const { place, journal } = opened
  const forget = stopOnSignals(stop, place.folder, (text) => progress.note(text))
  try {
    const summary = await run(sitting, opened)
    if (!isDone(summary, flags)) throw new CommandFailure('')
  } finally {
    forget()
    await journal.close()
    await place.lock.release()
  }
}

async function dryRun({ flags, options, progress, connection }: Sitting, wish: Wish | undefined): Promise<void> {
  if (wish === undefined) throw new UsageError('--dry-run shows the plan of a rotation that has not begun.')
  const { gateways } = await makePlan(wish, connection, { concurrency: options.concurrency, progress })
  if (flags.json === true) console.log(JSON.stringify(gateways, null, 2))
  else printPlan(gateways)
}

async function begin(sitting: Sitting, wish: Wish): Promise<Opened> {
  const { flags, options, progress, connection } = sitting
  const keeping = await keepingOf(flags)
  if (keeping.sealing === undefined && keeping.tell === undefined && keeping.given === undefined) {
    throw new UsageError('Who is to have the new passwords? Give --recipient, --to-command or --passwords.')
  }
  const key = await evidenceKey(flags, progress)
  const folder = flags.folder ?? usualFolder(now())
  await refuseOld(folder)
  const plan = await makePlan(wish, connection, { concurrency: options.concurrency, progress })
  checkGiven(plan.gateways, keeping.given, flags.passwords)
  // Only now: a selection that is not right leaves no folder behind.
  const place = await newPlace(folder, flags.out)
  try {
    const records = firstRecords(plan, {
      at: now(),
      endpoint: connection.endpoint,
      recipients: keeping.sealing?.recipients ?? [],
      passwords: keeping.given === undefined ? 'made' : 'given',
    })
    const journal = await createJournal(place.journal, key.journal)
    await journal.write(...records)
    return { place, journal, standing: readJournal(records), keeping, key }
  } catch (error) {
    await place.lock.release()
    throw error
  }
}

async function resume({ flags, connection, progress }: Sitting, folder: string): Promise<Opened> {
  if (selects(flags)) {
    throw new UsageError('A rotation that is resumed keeps its selection; for another one, begin another rotation.')
  }
  const key = await evidenceKey(flags, progress)
  const place = await oldPlace(folder, flags.out)
  try {
    const { journal, standing } = await openJournal(place.journal, key.journal)
    const { began, plan, isPlanned } = standing
    if (!isPlanned) {
      throw new CommandFailure(`The rotation in ${folder} was ended before it changed anything. Begin another one.`)
    }
    if (began.endpoint !== connection.endpoint) {
      throw new UsageError(
        `This rotation is of the gateways at ${began.endpoint}, not of those at ${connection.endpoint}.`,
      )
    }
    const keeping = await keepingOf(flags, began.recipients)
    if ((keeping.given === undefined) !== (began.passwords === 'made')) {
      throw new UsageError('Give --passwords to a rotation that began with it, and to no other.')
    }
    if (keeping.given === undefined && keeping.sealing === undefined && keeping.tell === undefined) {
      throw new UsageError('This rotation hands its passwords to a command: give --to-command.')
    }
    checkGiven(
      plan.filter((_, index) => standing.gateways[index]?.outcome === undefined),
      keeping.given,
      flags.passwords,
    )
    return { place, journal, standing, keeping, key }
  } catch (error) {
    await place.lock.release()
    throw error
  }
}

/** @param kept the recipients of a rotation that is resumed: its file is for them and nobody else */
async function keepingOf(flags: RotateFlags, kept?: readonly string[]): Promise<PasswordKeeping> {
  const asked = await recipientsOf(flags)
  if (kept !== undefined && asked.length > 0 && [...asked].sort().join() !== [...kept].sort().join()) {
    throw new UsageError('The passwords of this rotation are for other recipients. Leave --recipient out.')
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
  if (key.isNew) progress.note(`A key that signs evidence was made: ${path}. Give ${path}.pub to who is to check it.`)
  return key
}

async function run(sitting: Sitting, opened: Opened): Promise<Summary> {
  const { flags, options, stop, progress, connection } = sitting
  const { journal, standing, keeping } = opened
  const number = (standing.runs.at(-1)?.run ?? 0) + 1
  const started = { run: number, at: now(), by: connection.actor }
  await journal.write({ kind: 'run', ...started })

  const { reader, caller } = connection
  const [probe] = standing.plan
  const { readBack, why } = probe
    ? await createReadBack(
        {
          reader,
          principal: connection.actor.principal,
          settleMs: options.settleMs,
          endpointTime: () => caller.endpointTime(),
          pause: (ms) => pauseUnless(stop, ms),
        },
        probe,
      )
    : { readBack: undefined, why: undefined }
  if (why !== undefined) progress.note(`${why}. A call whose answer is lost will be reported as unknown.`)

  const standings = [...standing.gateways]
  const passwords = new Map<number, Secret>()
  const prepare = createPrepare({ ...keeping, run: number, plan: standing.plan, journal })
  const slots = createSlots(options.concurrency)
  progress.begin(standing.plan.length, summarise(standings.map((one) => (isDue(flags)(one) ? undefined : one.outcome))))
  const end = await runWaves(
    {
      run: number,
      journal,
      caller,
      slots,
      stop,
      settings: {
        attempts: options.attempts,
        canReadBack: readBack !== undefined,
        repeatLost: flags.repeatLost === true,
        waitOffline: options.waitOfflineMs > 0,
      },
      backoff,
      chance: Math.random,
      now,
      readBack: async (gateway, one) => readBack?.find(gateway, one) ?? { is: 'unknown' },
      comesOnline: createWaitOnline({
        reader,
        slots,
        stop,
        waitMs: options.waitOfflineMs,
        monotonic,
        pause: (ms) => pauseUnless(stop, ms),
      }),
      async prepare(due) {
        const made = await prepare(due)
        for (const [index, password] of made) passwords.set(index, password)
        return made
      },
      watcher: progress,
    },
    { gateways: standing.plan, standings, isDue: isDue(flags), mostFailures: options.mostFailures },
  )
  progress.end()
  const finished: Finished = { ...opened, run: started, end, standings, passwords, at: now() }
  return finish(finished, { json: flags.json === true, showPasswords: flags.showPasswords === true })
}

function isDue({ retryFailed }: RotateFlags): (standing: GatewayStanding) => boolean {
  return ({ outcome }) =>
    outcome === undefined || (retryFailed === true && outcome.is !== 'changed' && outcome.is !== 'unsupported')
}

function isDone(summary: Summary, { allowUnsupported }: RotateFlags): boolean {
  return isComplete(allowUnsupported === true ? { ...summary, unsupported: 0 } : summary)
}
