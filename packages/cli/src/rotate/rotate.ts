import { performance } from 'node:perf_hooks'
import type { Secret } from '@opensag/protocol'
import { type GatewayState, isComplete, type Summary, summarise } from '@opensag/rotation'
import { CommandFailure, UsageError } from '../exit.ts'
import { say, translated } from '../say.ts'
import { makePlan, NothingDue, type Wish, wishOf } from './begin.ts'
import { createSlots } from './concurrency.ts'
import { backoff, connect } from './connect.ts'
import { type Finished, finish } from './finish.ts'
import { begin, newKeeping, type Opened, resume, type Sitting } from './opening.ts'
import { type RotateFlags, runOptions } from './options.ts'
import { createPrepare, type PasswordKeeping } from './prepare.ts'
import { createProgress } from './progress.ts'
import { createReadBack } from './read-back.ts'
import { printPlan } from './report.ts'
import { resumeHint } from './resume-hint.ts'
import { runWaves } from './runner.ts'
import { stopOnSignals } from './signals.ts'
import { createStop, pauseUnless } from './stop.ts'
import { createWaitOnline } from './wait-online.ts'

const monotonic = (): number => performance.now()
const now = (): string => new Date().toISOString()

/** `opensag rotate`: begins a rotation, or goes on with one. */
export async function rotate(flags: RotateFlags): Promise<void> {
  const options = runOptions(flags)
  const stop = createStop()
  const progress = createProgress({ json: flags.json === true, out: process.stdout, err: process.stderr, monotonic })
  // What was asked for wrongly is said before anything is asked of the endpoint.
  const wish = flags.resume === undefined ? await wishOf(flags, progress) : undefined
  const keeping = wish === undefined || flags.dryRun === true ? undefined : await newKeeping(flags)
  const { data, endpoint } = flags
  const { timeoutMs, attempts } = options
  const connection = await connect({ data, endpoint, timeoutMs, attempts, stop })
  const sitting = { flags, options, stop, progress, connection }
  try {
    if (flags.dryRun === true) return await dryRun(sitting, wish)
    return await carryOut(sitting, wish, keeping)
  } catch (error) {
    if (!(error instanceof NothingDue)) throw error
    if (flags.json !== true) console.log(translated(error.message))
    else if (flags.dryRun === true) console.log('[]')
    else
      console.log(
        JSON.stringify({
          event: 'ended',
          end: { is: 'finished' },
          summary: summarise([]),
          problems: [],
          resumable: false,
        }),
      )
  }
}

async function carryOut(sitting: Sitting, wish: Wish | undefined, keeping: PasswordKeeping | undefined): Promise<void> {
  const { flags, stop, progress } = sitting
  const opened =
    wish === undefined || keeping === undefined
      ? await resume(sitting, flags.resume ?? '')
      : await begin(sitting, wish, keeping)
  const { place, journal, history } = opened
  const forget = stopOnSignals(stop, resumeHint(place.folder, flags), (text) => progress.note(text))
  try {
    const { summary, whole } = await run(sitting, opened)
    if (!whole || !isDone(summary, flags)) throw new CommandFailure('')
  } finally {
    forget()
    await journal.close()
    await history?.close()
    await place.lock.release()
  }
}

async function dryRun({ flags, options, progress, connection }: Sitting, wish: Wish | undefined): Promise<void> {
  if (wish === undefined) throw new UsageError(say('--dry-run works only for a new rotation, not with --resume.'))
  const { gateways } = await makePlan(wish, connection, { concurrency: options.concurrency, progress })
  if (flags.json === true) console.log(JSON.stringify(gateways, null, 2))
  else printPlan(gateways)
}

async function run(sitting: Sitting, opened: Opened): ReturnType<typeof finish> {
  const { flags, options, stop, progress, connection } = sitting
  const { journal, journalState, keeping, history } = opened
  const { began } = journalState
  const number = (journalState.runs.at(-1)?.run ?? 0) + 1
  const started = { run: number, at: now(), by: connection.actor }
  await journal.write({ kind: 'run', ...started })

  const { reader, caller } = connection
  const [probe] = journalState.plan
  const { readBack, why } = probe
    ? await createReadBack(
        {
          reader,
          principalOf: (run) => [...journalState.runs, started].find((one) => one.run === run)?.by.principal,
          settleMs: options.settleMs,
          endpointTime: () => caller.endpointTime(),
          pause: (ms) => pauseUnless(stop, ms),
          isStopped: () => stop.reason !== undefined,
        },
        probe,
      )
    : { readBack: undefined, why: undefined }
  if (why !== undefined)
    progress.note(say('{why}. If the answer to a call is lost, its result is reported as unknown.', { why }))

  const gatewayStates = [...journalState.gateways]
  const passwords = new Map<number, Secret>()
  const prepare = createPrepare({
    ...keeping,
    run: number,
    plan: journalState.plan,
    journal,
    remember: history && ((made) => history.add(began.rotation, began.passwords, made)),
  })
  const slots = createSlots(options.concurrency)
  progress.begin(
    journalState.plan.length,
    summarise(gatewayStates.map((one) => (isDue(flags)(one) ? undefined : one.outcome))),
  )
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
      readBack: async (gateway, one) => (readBack === undefined ? { is: 'unknown' } : readBack.find(gateway, one)),
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
    { gateways: journalState.plan, gatewayStates, isDue: isDue(flags), mostFailures: options.mostFailures },
  )
  progress.end()
  const finished: Finished = { ...opened, run: started, end, gatewayStates, passwords, at: now() }
  const resume = resumeHint(opened.place.folder, flags)
  return finish(finished, { resume, json: flags.json === true, showPasswords: flags.showPasswords === true })
}

function isDue({ retryFailed }: RotateFlags): (state: GatewayState) => boolean {
  return ({ outcome }) =>
    outcome === undefined || (retryFailed === true && outcome.is !== 'changed' && outcome.is !== 'unsupported')
}

function isDone(summary: Summary, { allowUnsupported }: RotateFlags): boolean {
  return isComplete(allowUnsupported === true ? { ...summary, unsupported: 0 } : summary)
}
