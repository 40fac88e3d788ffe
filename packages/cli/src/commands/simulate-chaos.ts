import { randomInt } from 'node:crypto'
import {
  type ChaosResult,
  corpus,
  corpusNamed,
  glueEntries,
  glueName,
  nodesEntries,
  nodesName,
  type Replay,
  replay,
  replayEvents,
  runInThreads,
  subjectNamed,
  subjects,
  withGlue,
} from '@opensag/chaos'
import { CommandFailure, UsageError } from '../exit.ts'
import { say } from '../say.ts'

export interface ChaosOptions {
  readonly chaos?: boolean
  readonly seed?: string
  readonly schedules: string
  readonly minutes?: string
  readonly threads: string
  readonly replay?: string
  readonly glue?: boolean
  readonly nodes?: boolean
}

/** What the help of `opensag simulate` says besides options. */
export function chaosHelp(): string {
  const parts = [
    say(
      'With --chaos:\n  Simulates password and configuration changes: server nodes, the store, gateways and their disks, links, clocks, API\n  callers and operators, all driven by one seed. The state machines are the ones that server and agent run. Messages are\n  lost, repeated, delayed and reordered; programs are killed and power is cut at any instant; the store and disks fail;\n  clocks jump; gateways are cloned, rolled back and replaced. The promises of docs/password-protocol.md are checked\n  after every event.',
    ),
    say(
      '  With --glue, the real code around those machines runs too, with a real SQLite store and simulated time. It runs about\n  ten to twenty schedules per second and thread; without --glue about a thousand.',
    ),
    say(
      '  With --nodes, two or three server nodes run that code, with one store and one bus between them. Nodes freeze and wake;\n  they are cut off from the bus, from the store or from both; the store fails over; gateways move to another node.',
    ),
    say(
      '  Exit code 0 when every promise was kept. Otherwise prints a trace of the smallest schedule that breaks a promise, and\n  exits with 1.',
    ),
    `  opensag simulate --chaos --seed 7 --schedules 1000000
  opensag simulate --chaos --minutes 60
  opensag simulate --chaos --glue --seed 7 --schedules 1000
  opensag simulate --chaos --replay ${glueName}:1234567890
  opensag simulate --chaos --nodes --seed 7 --schedules 1000
  opensag simulate --chaos --replay ${subjects[0]?.name ?? 'password'}:1234567890`,
    say(
      '  The corpus holds the schedules that once broke a promise. About one schedule in ten is a neighbour of a corpus entry:\n  the same schedule with a few events changed. Replay a corpus entry by its name, a neighbour by name and seed:',
    ),
    `${corpus.map(({ name }) => `  opensag simulate --chaos --replay ${name}`).join('\n')}`,
  ]
  return `\n${parts.join('\n\n')}\n`
}

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
    mixture: mixtureOf(options),
    isOver: () => minutes !== undefined && share(0) >= 1,
    onProgress: (done) => showProgress(done, Math.min(1, share(done)), started),
  })
  endProgress()
  await conclude(result, (performance.now() - started) / 1000)
}

function mixtureOf({ glue, nodes }: ChaosOptions): 'both' | 'glue' | 'nodes' {
  if (nodes === true) return 'nodes'
  return glue === true ? 'glue' : 'both'
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
    `Sample of one schedule in a hundred: ${count(states)} different states, ${transitions.size} transitions of the machines.`,
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

/** Of the real code, not of the machines alone. */
const realEntries = [...glueEntries, ...nodesEntries]
const realNames = [glueName, nodesName, ...realEntries]

/** `<subject>:<seed>`, the name of an entry of the corpus, or `<name>:<seed>` for one of its neighbours. */
async function replayOf(asked: string): Promise<Replay | undefined> {
  const [name = '', seed] = asked.split(':')
  if (realNames.includes(name)) return replayGlue(name, seed)
  const entry = corpusNamed(name)
  if (entry !== undefined && seed === undefined) return replayEvents(entry.subject, entry.events)
  const subject = entry?.near ?? subjectNamed(name)
  if (subject !== undefined) return replay(subject, wholeNumber('--replay', seed ?? '', 0))
  const known = [...corpus.map((one) => one.name), ...realEntries]
  const names = [...new Set(subjects.map((one) => one.name)), glueName, nodesName, ...known]
  throw new UsageError(
    `--replay: <name>:<seed> is needed, where <name> is one of ${names.join(', ')}. The last ${known.length} names also work without a seed.`,
  )
}

function replayGlue(name: string, seed: string | undefined): Promise<Replay | undefined> {
  return withGlue(async (glue) => {
    const entry = glue.corpus.find((one) => one.name === name)
    if (entry !== undefined && seed === undefined) return replayEvents(entry.subject, entry.events)
    const subject = name === nodesName ? glue.nodes : glue.subject
    return replay(entry?.near ?? subject, wholeNumber('--replay', seed ?? '', 0))
  })
}

/** @throws CommandFailure with what is broken. */
function show(asked: string, again: Replay): never {
  for (const line of again.trace) console.log(line)
  console.log(
    `\n${again.needed.length} of ${again.events} events are needed. Replay: opensag simulate --chaos --replay ${asked}`,
  )
  throw new CommandFailure(again.violation)
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = text === '' ? Number.NaN : Number(text)
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${option}: a whole number of at least ${least} is needed.`)
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
