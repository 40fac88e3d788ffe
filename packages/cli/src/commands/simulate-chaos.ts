import { randomInt } from 'node:crypto'
import { type ChaosResult, replay, runInThreads, subjectNamed, subjects } from '@opensag/chaos'
import { CommandFailure, UsageError } from '../exit.ts'

export interface ChaosOptions {
  readonly chaos?: boolean
  readonly seed?: string
  readonly schedules: string
  readonly threads: string
  readonly replay?: string
}

export const chaosHelp = `
With --chaos:
  Changes of passwords and of configurations: server nodes, store, gateways with their disks, links, clocks, callers and people run under one seed, on the same
  machines of the protocol that server and agent run. Messages are lost, repeated, late and out of order; programs are
  killed and power is cut at any instant; the store and disks fail; clocks jump; gateways are cloned, rolled back and
  replaced. After every event everything is held against the promises of docs/password-protocol.md.

  Ends with 0 when all were kept. Otherwise it prints a trace of the smallest schedule that breaks one, and ends with 1.

  opensag simulate --chaos --seed 7 --schedules 1000000
  opensag simulate --chaos --replay ${subjects[0]?.name ?? 'password'}:1234567890
`

/** `opensag simulate --chaos`. */
export async function simulateChaos(options: ChaosOptions): Promise<void> {
  if (options.replay !== undefined) {
    replayOne(options.replay)
    return
  }
  const seed = options.seed === undefined ? randomInt(2 ** 31) : wholeNumber('--seed', options.seed, 0)
  const schedules = wholeNumber('--schedules', options.schedules, 1)
  const threads = wholeNumber('--threads', options.threads, 1)
  console.log(`Seed ${seed}: ${count(schedules)} schedules on ${threads} threads.`)
  const started = performance.now()
  const result = await runInThreads({
    seed,
    schedules,
    threads,
    onProgress: (done) => showProgress(done, schedules, started),
  })
  endProgress()
  conclude(result, (performance.now() - started) / 1000)
}

function conclude({ schedules, events, failure, transitions, states }: ChaosResult, seconds: number): void {
  console.log(
    `${count(schedules)} schedules, ${count(events)} events in ${seconds.toFixed(1)} s: ${count(schedules / seconds)} schedules/s.`,
  )
  console.log(
    `Looked at closely in one of a hundred: ${count(states)} states of the world, ${transitions.size} transitions of the machines.`,
  )
  if (failure === undefined) {
    console.log('Every promise was kept.')
    return
  }
  console.log(`Schedule ${failure.index} broke a promise.`)
  replayOne(`${failure.subject}:${failure.seed}`)
}

/** @throws CommandFailure when a promise is broken again. */
function replayOne(asked: string): void {
  const [name = '', seed = ''] = asked.split(':')
  const subject = subjectNamed(name)
  if (subject === undefined) {
    throw new UsageError(
      `--replay: <subject>:<seed>, the subject one of ${[...new Set(subjects.map((one) => one.name))].join(', ')}.`,
    )
  }
  const again = replay(subject, wholeNumber('--replay', seed, 0))
  if (again === undefined) {
    console.log('Every promise was kept.')
    return
  }
  for (const line of again.trace) console.log(line)
  console.log(
    `\n${again.needed.length} of ${again.events} events are needed. See it again: opensag simulate --chaos --replay ${asked}`,
  )
  throw new CommandFailure(again.violation)
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${option}: a whole number from ${least} on.`)
  return number
}

const barWidth = 30

/** On a terminal only: elsewhere every line would stay. */
function showProgress(done: number, of: number, started: number): void {
  if (!process.stderr.isTTY) return
  const filled = Math.round((barWidth * done) / of)
  const perSecond = done / ((performance.now() - started) / 1000)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`
  process.stderr.write(`\r${bar} ${count(done)} of ${count(of)}, ${count(perSecond)}/s `)
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}
