import { setTimeout as pause } from 'node:timers/promises'
import type { ApiKey } from '../api-client.ts'
import { UsageError } from '../exit.ts'
import { type Caller, createCaller } from '../rotate/call.ts'
import { parseDuration } from '../rotate/duration.ts'
import { say } from '../say.ts'
import { placeholdersIn } from './call-list.ts'
import { isSecretParam } from './operations.ts'
import { createPlayer, type Player } from './play.ts'
import { createRedaction, type Redaction } from './redact.ts'

export interface RunOptions {
  readonly perSecond: string
  readonly attempts: string
  readonly timeout: string
  readonly timeLimit: string
}

interface Listed {
  readonly action: string
  readonly params: Readonly<Record<string, string>>
}

/** What makes the calls of one run, and takes out of their answers what nobody else may see. */
export interface Run extends Player, Redaction {
  /** Whether no further call is to be begun: the time is up, or the user stopped the program. */
  readonly isStopped: boolean
  end(): void
}

/** @throws UsageError for an option that is no number or duration */
export function createRun(
  calls: readonly Listed[],
  { key, regionId, endpointOf }: { key: ApiKey; regionId: string; endpointOf: (action: string) => string },
  options: RunOptions,
): Run {
  const perSecond = numberOf('--per-second', options.perSecond, 0.01, 1000)
  const attempts = numberOf('--attempts', options.attempts, 1, 20)
  const timeoutMs = parseDuration('--timeout', options.timeout)
  const endsAt = performance.now() + parseDuration('--time-limit', options.timeLimit)
  const monotonic = (): number => performance.now()
  const callerOf = (action: string): Caller =>
    createCaller({ key, endpointOf: () => endpointOf(action), timeoutMs, monotonic })
  const stop = new AbortController()
  const player = createPlayer({
    caller: { call: (region, action, params, more) => callerOf(action).call(region, action, params, more) },
    regionId,
    environment: process.env,
    pauseMs: 1000 / perSecond,
    attempts,
    // A stop ends the pause; the call that is under way is made.
    sleep: (milliseconds) => pause(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined),
    monotonic,
  })
  const redaction = createRedaction({
    secrets: [key.accessKeySecret, key.securityToken]
      .flatMap((one) => (one === undefined ? [] : [one.reveal()]))
      .concat(key.accessKeyId, secretsSent(calls)),
    sent: textsSent(calls),
    roleOf: () => player.roles,
  })
  const release = onInterrupt(() => stop.abort())
  return {
    ...player,
    ...redaction,
    get isStopped() {
      return stop.signal.aborted || monotonic() > endsAt
    },
    end: release,
  }
}

/** The first signal lets the call under way finish, the second ends the program. Returns how to let go of them. */
function onInterrupt(interrupted: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const
  function heard(): void {
    console.error(
      say('Finishing the call under way. What was recorded is in the file. Press Ctrl-C again to end at once.'),
    )
    release()
    interrupted()
  }
  function release(): void {
    for (const signal of signals) process.off(signal, heard)
  }
  for (const signal of signals) process.on(signal, heard)
  return release
}

/** Values of the environment that are sent as a password or a key. */
function secretsSent(calls: readonly Listed[]): readonly string[] {
  return calls.flatMap(({ action, params }) =>
    Object.entries(params)
      .filter(([name]) => isSecretParam(action, name))
      .flatMap(([, value]) => placeholdersIn(value))
      .flatMap(({ is, name }) => (is === 'env' ? [process.env[name] ?? ''] : [])),
  )
}

function textsSent(calls: readonly Listed[]): ReadonlySet<string> {
  const values = calls.flatMap(({ params }) => Object.values(params)).filter((value) => value !== '')
  return new Set(values.flatMap((value) => [value, ...value.split(',')]))
}

function numberOf(flag: string, text: string, least: number, most: number): number {
  const number = Number(text)
  if (text.trim() !== '' && number >= least && number <= most) return number
  throw new UsageError(say('{flag}: a number from {least} to {most} is needed.', { flag, least, most }))
}
