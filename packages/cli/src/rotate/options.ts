import {
  type Amount,
  everyGateway,
  longestHistory,
  longestPassword,
  parseAmount,
  readPasswordList,
  readSelectionList,
  type Selection,
  shortestPassword,
  type WaveSettings,
} from '@opensag/rotation'
import { UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { say } from '../say.ts'
import { parseDuration } from './duration.ts'
import { recipientsFrom } from './seal.ts'

/** The flags as commander hands them over. */
export interface RotateFlags {
  readonly all?: boolean
  readonly region?: readonly string[]
  readonly ccn?: readonly string[]
  readonly name?: readonly string[]
  readonly instance?: readonly string[]
  readonly from?: string
  readonly skipUnknown?: boolean
  readonly maxAge?: string
  readonly history?: string
  readonly historyFolder?: string
  readonly recipient?: readonly string[]
  readonly recipientsFile?: string
  readonly toCommand?: string
  readonly passwords?: string
  readonly length: string
  readonly showPasswords?: boolean
  readonly out?: string
  readonly canary: string
  readonly growth: string
  readonly largest: string
  readonly maxFailures: string
  readonly concurrency: string
  readonly attempts: string
  readonly timeout: string
  readonly waitOffline?: string
  readonly settle: string
  readonly repeatLost?: boolean
  readonly retryFailed?: boolean
  readonly allowUnsupported?: boolean
  readonly folder?: string
  readonly resume?: string
  readonly evidenceKey?: string
  readonly endpoint?: string
  readonly data: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** Things that may be said again, or differently, by every run of a rotation. */
export interface RunOptions {
  readonly mostFailures: Amount
  readonly concurrency: number
  readonly attempts: number
  readonly timeoutMs: number
  readonly waitOfflineMs: number
  readonly settleMs: number
}

export function runOptions(flags: RotateFlags): RunOptions {
  return {
    mostFailures: amount('--max-failures', flags.maxFailures),
    concurrency: whole('--concurrency', flags.concurrency, 1, 1_000),
    attempts: whole('--attempts', flags.attempts, 1, 100),
    timeoutMs: parseDuration('--timeout', flags.timeout),
    waitOfflineMs: flags.waitOffline === undefined ? 0 : parseDuration('--wait-offline', flags.waitOffline),
    settleMs: parseDuration('--settle', flags.settle),
  }
}

export function waveSettings(flags: RotateFlags): WaveSettings {
  const growth = Number(flags.growth)
  if (!(growth >= 1 && growth <= 1_000)) throw new UsageError(say('--growth: a number from 1 to 1000 is needed.'))
  const canary = amount('--canary', flags.canary)
  if ('count' in canary && canary.count < 1) throw new UsageError(say('--canary: at least 1 gateway is needed.'))
  return { canary, growth, largest: whole('--largest', flags.largest, 1, 1_000_000) }
}

/** @throws UsageError when nothing is selected: everything has to be asked for by name */
export async function selectionFrom(
  flags: RotateFlags,
  note: (text: string) => void,
): Promise<{ readonly selection: Selection; readonly shown: string }> {
  const { all, region = [], ccn = [], name = [], instance = [], from } = flags
  if (all !== true && [region, ccn, name, instance].every((list) => list.length === 0) && from === undefined) {
    throw new UsageError(say('No gateways selected. Give --region, --ccn, --name, --instance, --from or --all.'))
  }
  const listed = from === undefined ? undefined : await listFrom(from, note)
  const said = [
    ...(all === true ? ['--all'] : []),
    ...region.map((one) => `--region ${one}`),
    ...ccn.map((one) => `--ccn ${one}`),
    ...name.map((one) => `--name ${one}`),
    ...instance.map((one) => `--instance ${one}`),
    ...(from === undefined ? [] : [`--from ${from}`]),
    ...(flags.maxAge === undefined ? [] : [`--max-age ${flags.maxAge}`]),
  ]
  const selection = { ...everyGateway, regions: region, ccns: ccn, names: name, instances: instance, listed }
  return { selection, shown: said.join(' ') }
}

/** @throws UsageError */
export function maxAgeOf({ maxAge }: RotateFlags): number | undefined {
  return maxAge === undefined ? undefined : parseDuration('--max-age', maxAge)
}

/** @throws UsageError */
export function historyOf({ history }: RotateFlags): number | undefined {
  return history === undefined ? undefined : whole('--history', history, 1, longestHistory)
}

/** True when a flag that a plan is made from was given: a rotation that is resumed has its plan. */
export function selects({ all, region, ccn, name, instance, from, maxAge }: RotateFlags): boolean {
  return [all, region, ccn, name, instance, from, maxAge].some((flag) => flag !== undefined)
}

async function listFrom(path: string, note: (text: string) => void): Promise<Selection['listed']> {
  const { entries, repeated, mistakes } = readSelectionList(await namedFile(path, '--from'))
  if (mistakes.length > 0) {
    throw new UsageError(
      say('{path}: each line needs an instance id, optionally followed by a serial number. See line {lines}.', {
        path,
        lines: mistakes.join(', '),
      }),
    )
  }
  if (entries.length === 0) throw new UsageError(say('{path} lists no gateway.', { path }))
  if (repeated.length > 0)
    note(say('{path}: line {lines} repeats an earlier line and is ignored.', { path, lines: repeated.join(', ') }))
  return entries
}

export async function recipientsOf({ recipient = [], recipientsFile }: RotateFlags): Promise<readonly string[]> {
  const more = recipientsFile === undefined ? [] : await recipientsFrom(recipientsFile)
  return [...new Set([...recipient, ...more])]
}

/** @throws UsageError that says what is wrong where, never what stands there */
export async function givenPasswords({
  passwords: path,
}: RotateFlags): Promise<ReadonlyMap<string, string> | undefined> {
  if (path === undefined) return undefined
  const { passwords, mistakes } = readPasswordList(await namedFile(path, '--passwords'))
  if (mistakes.length > 0) throw new UsageError(`${path}: ${mistakes.slice(0, 20).join('; ')}.`)
  return passwords
}

export function passwordLength({ length }: RotateFlags): number {
  return whole('--length', length, shortestPassword, longestPassword)
}

function amount(flag: string, text: string): Amount {
  const found = parseAmount(text)
  if (found === undefined)
    throw new UsageError(say('{flag}: a number like 5 or a percentage like 2% is needed.', { flag }))
  return found
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value
  throw new UsageError(say('{flag}: a whole number from {least} to {most} is needed.', { flag, least, most }))
}
