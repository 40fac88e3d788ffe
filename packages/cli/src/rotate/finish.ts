import type { Secret } from '@opensag/protocol'
import {
  doubtsOf,
  type GatewayState,
  type JournalState,
  keyOf,
  type RunEnd,
  type RunRecord,
  type Summary,
  statuses,
  summarise,
} from '@opensag/rotation'
import { writeDurably } from '@opensag/server/tools'
import { say } from '../say.ts'
import { writeEvidence } from './evidence.ts'
import type { EvidenceKey } from './evidence-key.ts'
import type { Journal } from './journal.ts'
import type { PasswordHistory } from './password-history.ts'
import { hasPasswords, writePasswords } from './passwords-file.ts'
import type { Place } from './place.ts'
import type { PasswordKeeping } from './prepare.ts'
import { shownCounts } from './progress.ts'
import { printResults, shownEnd } from './report.ts'

export interface Finished {
  readonly place: Place
  readonly journal: Journal
  readonly keeping: PasswordKeeping
  readonly key: EvidenceKey
  readonly history?: PasswordHistory | undefined
  /** As it was when this run began. */
  readonly journalState: JournalState
  readonly run: Omit<RunRecord, 'ended'>
  readonly end: RunEnd
  readonly gatewayStates: readonly GatewayState[]
  /** Of this run. */
  readonly passwords: ReadonlyMap<number, Secret>
  readonly at: string
}

interface Manner {
  /** The command that resumes this rotation. */
  readonly resume: string
  readonly json: boolean
  readonly showPasswords: boolean
}

/**
 * Writes down and tells how a run ended. One thing that fails does not keep the others from being done.
 * Answers whether nothing failed.
 */
export async function finish(
  finished: Finished,
  manner: Manner,
): Promise<{ readonly summary: Summary; readonly whole: boolean }> {
  const { place, journal, keeping, key, run, end, gatewayStates, at } = finished
  const summary = summarise(gatewayStates.map(({ outcome }) => outcome))
  const journalState: JournalState = {
    ...finished.journalState,
    runs: [...finished.journalState.runs, { ...run, ended: { at, why: end } }],
    gateways: gatewayStates,
  }
  const problems: string[] = []
  async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      problems.push(`${what}: ${(error as Error).message}`)
    }
  }

  const { sealing, tell } = keeping
  if (tell !== undefined) {
    await attempt('The command could not be told the results', () => tell(resultsOf(finished)))
  }
  const { history } = finished
  if (history !== undefined) {
    await attempt('The history of passwords could not be brought up to date', () =>
      history.drop(journalState.began.rotation, notTaken(journalState)),
    )
  }
  let digest: string | undefined
  if (sealing !== undefined) {
    const sealed = { journalState, run: run.run, passwords: finished.passwords }
    await attempt('The passwords could not be written; the journal has them, encrypted', async () => {
      digest = (await untouchedPasswords(finished)) ?? (await writePasswords(place.passwords, sealed, sealing))
    })
  }
  await attempt('The journal could not be written to its end', async () => {
    await journal.retry()
    const passwords = digest === undefined ? {} : { passwords: digest }
    await journal.write({ kind: 'run-ended', run: run.run, at, why: end, summary, ...passwords })
  })
  await attempt('The evidence could not be written', async () => {
    await writeEvidence(place.evidence, journalState, key.evidence)
    await writeDurably(place.publicKey, key.publicKey)
  })

  if (manner.showPasswords) showPasswords(finished)
  tellPerson(finished, manner, { summary, journalState, problems })
  return { summary, whole: problems.length === 0 }
}

/** Gateways that have none of the passwords this rotation had for them. */
function notTaken({ plan, gateways }: Pick<JournalState, 'plan' | 'gateways'>): ReadonlySet<string> {
  const kept = plan.filter((_, index) => {
    const state = gateways[index]
    return state?.outcome !== undefined && state.outcome.is !== 'changed' && doubtsOf(state).length === 0
  })
  return new Set(kept.map(keyOf))
}

/**
 * The digest of the file of passwords, when this run found nothing to do and the file is as the run before left it. Then it
 * stays: written anew it would need the blocks of earlier runs, and plain `age` reads only a file of one block.
 */
async function untouchedPasswords(finished: Finished): Promise<string | undefined> {
  const { place, journalState, gatewayStates, passwords } = finished
  const isIdle = passwords.size === 0 && JSON.stringify(gatewayStates) === JSON.stringify(journalState.gateways)
  const digest = isIdle ? journalState.runs.at(-1)?.ended?.passwords : undefined
  return (await hasPasswords(place.passwords, digest)) ? digest : undefined
}

/** What became of the passwords a command was given. */
function resultsOf({ journalState: { plan }, gatewayStates }: Finished): readonly object[] {
  return plan.flatMap(({ regionId, instanceId, serial }, index) => {
    const now = gatewayStates[index]
    if (now === undefined) return []
    const named = { regionId, instanceId, serial }
    if (now.outcome?.is === 'changed') return [{ event: 'changed', ...named, run: now.holds }]
    const runs = doubtsOf(now).map((doubt) => doubt.run)
    if (runs.length > 0) return [{ event: 'unknown', ...named, runs: [...new Set(runs)] }]
    return [{ event: now.outcome?.is ?? 'pending', ...named }]
  })
}

/** Asked for in so many words. Those of earlier runs are not known here any more. */
function showPasswords({ journalState: { plan }, gatewayStates, passwords, run }: Finished): void {
  for (const [index, { serial }] of plan.entries()) {
    const now = gatewayStates[index]
    if (now?.outcome?.is !== 'changed' || now.holds !== run.run) continue
    console.log(`${serial} ${passwords.get(index)?.reveal()}`)
  }
}

function tellPerson(
  { place, keeping, end }: Finished,
  { json, resume }: Manner,
  told: { readonly summary: Summary; readonly journalState: JournalState; readonly problems: readonly string[] },
): void {
  const { summary, journalState, problems } = told
  const resumable = summary.pending > 0
  if (json) {
    const { folder, journal, evidence, passwords } = place
    const files = { folder, journal, evidence, ...(keeping.sealing === undefined ? {} : { passwords }) }
    const { history } = journalState.began
    const policy = history === undefined ? {} : { history }
    console.log(JSON.stringify({ event: 'ended', end, summary, problems, resumable, ...policy, ...files }))
    return
  }
  printResults(journalState)
  const counts = shownCounts(statuses.map((one) => [one, summary[one]] as const).filter(([, count]) => count > 0))
  console.log(`\n${say('{end} {counts}.', { end: shownEnd(end), counts })}`)
  if (keeping.sealing !== undefined) console.log(say('Passwords  {path}', { path: place.passwords }))
  console.log(say('Evidence   {path}', { path: place.evidence }))
  const { history } = journalState.began
  if (history !== undefined)
    console.log(say('History    each new password differs from the last {history} of its gateway', { history }))
  for (const problem of problems) console.error(problem)
  if (resumable) console.log(say('To resume: {resume}', { resume }))
  else if (summary.kept + summary.offline + summary.unknown > 0) {
    console.log(say('To retry the others: {resume} --retry-failed', { resume }))
  }
}
