import { randomInt } from 'node:crypto'
import {
  type ChaosResult,
  corpus,
  corpusNamed,
  glueEntries,
  glueName,
  type Replay,
  replay,
  replayEvents,
  runInThreads,
  subjectNamed,
  subjects,
  withGlue,
} from '@opensag/chaos'
import { CommandFailure, UsageError } from '../exit.ts'

export interface ChaosOptions {
  readonly chaos?: boolean
  readonly seed?: string
  readonly schedules: string
  readonly minutes?: string
  readonly threads: string
  readonly replay?: string
  readonly glue?: boolean
}

export const chaosHelp = `
With --chaos:
  Changes of passwords and of configurations: server nodes, store, gateways with their disks, links, clocks, callers and people run under one seed, on the same
  machines of the protocol that server and agent run. Messages are lost, repeated, late and out of order; programs are
  killed and power is cut at any instant; the store and disks fail; clocks jump; gateways are cloned, rolled back and
  replaced. After every event everything is held against the promises of docs/password-protocol.md.

  With --glue as well: the real code around those machines, with a real store in SQLite, under one seed and in time that is
  simulated too; some ten to twenty schedules a second on each thread instead of a thousand.

  Ends with 0 when all were kept. Otherwise it prints a trace of the smallest schedule that breaks one, and ends with 1.

  opensag simulate --chaos --seed 7 --schedules 1000000
  opensag simulate --chaos --minutes 60
  opensag simulate --chaos --glue --seed 7 --schedules 1000
  opensag simulate --chaos --replay ${glueName}:1234567890
  opensag simulate --chaos --replay ${subjects[0]?.name ?? 'password'}:1234567890

  One of about ten schedules is a neighbour of one in the corpus: the schedules that broke a promise once, a few events
  changed. An entry of the corpus is replayed by its name, a neighbour by name and seed:

${corpus.map(({ name }) => `  opensag simulate --chaos --replay ${name}`).join('\n')}
`

/** `opensag simulate --chaos`. */
export async function simulateChaos(options: ChaosOptions): Promise<void> {
  if (options.replay !== undefined) {
    await replayOne(options.replay)
    return
  }
  const seed = options.seed === undefined ? randomInt(2 ** 31) : wholeNumber('--seed', options.seed, 0)
  const minutes = options.minutes === undefined ? undefined : wholeNumber('--minutes', options.minutes, 1)
  const schedules = minutes === undefined ? wholeNumber('--schedules', options.schedules, 1) : Number.POSITIVE_INFINITY
  const threads = wholeNumber('--threads', options.threads, 1)
  await replayCorpus()
  const length = minutes === undefined ? `${count(schedules)} schedules` : `${minutes} minutes`
  console.log(`Seed ${seed}: ${length} on ${threads} threads.`)
  const started = performance.now()
  const share = (done: number): number =>
    minutes === undefined ? done / schedules : (performance.now() - started) / (minutes * 60_000)
  const result = await runInThreads({
    seed,
    schedules,
    threads,
    mixture: options.glue === true ? 'glue' : 'both',
    isOver: () => minutes !== undefined && share(0) >= 1,
    onProgress: (done) => showProgress(done, Math.min(1, share(done)), started),
  })
  endProgress()
  await conclude(result, (performance.now() - started) / 1000)
}

/** @throws CommandFailure when a promise is broken that was broken once before. */
async function replayCorpus(): Promise<void> {
  for (const { name } of corpus) {
    const again = await replayOf(name)
    if (again !== undefined) show(name, again)
  }
  console.log(`The ${corpus.length} schedules of the corpus keep every promise.`)
}

async function conclude(
  { schedules, near, events, failure, transitions, states }: ChaosResult,
  seconds: number,
): Promise<void> {
  console.log(
    `${count(schedules)} schedules (${count(near)} of them near the corpus), ${count(events)} events in ${seconds.toFixed(1)} s: ${count(schedules / seconds)} schedules/s.`,
  )
  console.log(
    `Looked at closely in one of a hundred: ${count(states)} states of the world, ${transitions.size} transitions of the machines.`,
  )
  if (failure === undefined) {
    console.log('Every promise was kept.')
    return
  }
  console.log(`Schedule ${failure.index} broke a promise.`)
  await replayOne(`${failure.subject}:${failure.seed}`)
}

/** @throws CommandFailure when a promise is broken again. */
async function replayOne(asked: string): Promise<void> {
  const again = await replayOf(asked)
  if (again === undefined) console.log('Every promise was kept.')
  else show(asked, again)
}

/** `<subject>:<seed>`, the name of an entry of the corpus, or `<name>:<seed>` for one of its neighbours. */
async function replayOf(asked: string): Promise<Replay | undefined> {
  const [name = '', seed] = asked.split(':')
  if (name === glueName || glueEntries.includes(name)) return replayGlue(name, seed)
  const entry = corpusNamed(name)
  if (entry !== undefined && seed === undefined) return replayEvents(entry.subject, entry.events)
  const subject = entry?.near ?? subjectNamed(name)
  if (subject !== undefined) return replay(subject, wholeNumber('--replay', seed ?? '', 0))
  const known = [...corpus.map((one) => one.name), ...glueEntries]
  const names = [...new Set(subjects.map((one) => one.name)), glueName, ...known]
  throw new UsageError(
    `--replay: <name>:<seed>, the name one of ${names.join(', ')}; of the last ${known.length} also without a seed.`,
  )
}

function replayGlue(name: string, seed: string | undefined): Promise<Replay | undefined> {
  return withGlue(async (glue) => {
    const entry = glue.corpus.find((one) => one.name === name)
    if (entry !== undefined && seed === undefined) return replayEvents(glue.subject, entry.events)
    return replay(entry?.near ?? glue.subject, wholeNumber('--replay', seed ?? '', 0))
  })
}

/** @throws CommandFailure with what is broken. */
function show(asked: string, again: Replay): never {
  for (const line of again.trace) console.log(line)
  console.log(
    `\n${again.needed.length} of ${again.events} events are needed. See it again: opensag simulate --chaos --replay ${asked}`,
  )
  throw new CommandFailure(again.violation)
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = text === '' ? Number.NaN : Number(text)
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${option}: a whole number from ${least} on.`)
  return number
}

const barWidth = 30

/** On a terminal only: elsewhere every line would stay. */
function showProgress(done: number, share: number, started: number): void {
  if (!process.stderr.isTTY) return
  const filled = Math.round(barWidth * share)
  const perSecond = done / ((performance.now() - started) / 1000)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`
  process.stderr.write(`\r${bar} ${count(done)} schedules, ${count(perSecond)}/s `)
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}
