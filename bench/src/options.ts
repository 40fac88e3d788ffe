import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { home } from './peers.ts'

export interface BenchOptions {
  /** Rows or groups of rows, by name; all of them when there are none. */
  readonly only: ReadonlySet<string>
  /** Measures at full size what is measured smaller otherwise. */
  readonly long: boolean
  /** How many times each thing is measured. Many short rounds: a shared machine changes its speed from second to second. */
  readonly rounds: number
  /** Length of one round of calls. */
  readonly seconds: number
  readonly generator: 'wrk' | 'own' | undefined
  /** The built checkout of OpenSAG that is measured. */
  readonly root: string
  /** Another one, measured in the same rounds; with `--only calls`. */
  readonly against: string | undefined
  /** With `--only calls`: requests of each caller in a round. */
  readonly requests: number
  /** With `--only nodes` and `--only network`: gateways of the fleet; undefined: as many as the size of the run says. */
  readonly gateways: number | undefined
  /** Shows by part where the time of each kind of call goes, instead of comparing. */
  readonly profile: boolean
  /** Puts the table and the chart into the README of both languages, and the figures into the history. */
  readonly write: boolean
  /** Fails when a figure is worse than the last in the history by more than its noise. */
  readonly compare: boolean
  /** Prints these options and measures nothing. */
  readonly help: boolean
}

export const usage = `npm run bench -- [options]
  --only <names>       rows or groups, comma-separated; a wrong name shows all of them.
                       "calls" is a quick look at bare, hand-written and OpenSAG, also with --against
  --long               everything at full size: 10,000 gateways, a million calls (about an hour)
  --rounds <n>         interleaved rounds (default 9)
  --seconds <n>        length of one round of calls (default 1)
  --generator <which>  wrk or own (default: wrk where it is installed)
  --root <folder>      measure the build of this checkout instead of this one's
  --against <folder>   with --only calls: another built checkout in the same rounds
  --requests <n>       with --only calls: requests of each caller in a round (default 30)
  --gateways <n>       with --only nodes: gateways of the fleet (default 600; 20000 with --long);
                       with --only network: real ones (default 50)
  --profile            show where the time of a call goes instead of comparing
  --write              update the README of both languages, the chart and the history
  --compare            fail when a figure is worse than the last in the history by more than its noise
  --help               print this`

/** @throws Error whose message is for a person */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: '' },
      long: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '9' },
      seconds: { type: 'string', default: '1' },
      generator: { type: 'string' },
      root: { type: 'string', default: home },
      against: { type: 'string' },
      requests: { type: 'string', default: '30' },
      gateways: { type: 'string' },
      profile: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const { generator } = values
  if (generator !== undefined && generator !== 'wrk' && generator !== 'own') {
    throw new Error(`--generator: "${generator}" is neither wrk nor own.`)
  }
  return {
    only: new Set(values.only.split(',').filter((name) => name !== '')),
    long: values.long,
    rounds: count('--rounds', values.rounds),
    seconds: count('--seconds', values.seconds),
    generator,
    root: resolve(values.root),
    against: values.against === undefined ? undefined : resolve(values.against),
    requests: count('--requests', values.requests),
    gateways: values.gateways === undefined ? undefined : count('--gateways', values.gateways, 100_000),
    profile: values.profile,
    write: values.write,
    compare: values.compare,
    help: values.help,
  }
}

function count(flag: string, text: string, most = 10_000): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most) throw new Error(`${flag}: "${text}" is not 1 to ${most}.`)
  return value
}
