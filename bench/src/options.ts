import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { home } from './peers.ts'

const allParts = ['starts', 'calls', 'rotation'] as const
type Part = (typeof allParts)[number]

export interface BenchOptions {
  /** How many times each thing is measured. Many short rounds: a shared machine changes its speed from second to second. */
  readonly rounds: number
  /** Requests of each caller in one round. */
  readonly requests: number
  readonly parts: ReadonlySet<Part>
  /** How many gateways a rotation is measured with. */
  readonly gateways: number
  /** Shows by part where the time of each kind of call goes, instead of comparing. */
  readonly profile: boolean
  /** The built checkout of OpenSAG that is measured. */
  readonly root: string
  /** Another one, measured in the same rounds. */
  readonly against: string | undefined
}

export const usage = `npm run bench -- [options]
  --rounds <n>         interleaved rounds (default 15)
  --requests <n>       requests of each caller in a round (default 30)
  --only <part>        "starts", "calls" or "rotation"
  --gateways <n>       gateways of the measured rotation (default 500)
  --profile            show where the time of a call goes instead of comparing
  --root <folder>      measure the build of this checkout instead of this one's
  --against <folder>   measure another built checkout of OpenSAG in the same rounds`

/** @throws Error whose message is for a person */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '15' },
      requests: { type: 'string', default: '30' },
      only: { type: 'string' },
      gateways: { type: 'string', default: '500' },
      profile: { type: 'boolean', default: false },
      root: { type: 'string', default: home },
      against: { type: 'string' },
    },
  })
  return {
    rounds: count('--rounds', values.rounds),
    requests: count('--requests', values.requests),
    parts: parts(values.only),
    gateways: Math.max(100, count('--gateways', values.gateways)),
    profile: values.profile,
    root: resolve(values.root),
    against: values.against === undefined ? undefined : resolve(values.against),
  }
}

function count(flag: string, text: string): number {
  const value = Number(text)
  // An odd number of calls would leave a device unbound at the end of a round.
  if (!Number.isInteger(value) || value < 1 || value > 10_000) throw new Error(`${flag}: "${text}" is not 1 to 10000.`)
  return flag === '--requests' ? value + (value % 2) : value
}

function parts(only: string | undefined): BenchOptions['parts'] {
  if (only === undefined) return new Set(allParts)
  const part = allParts.find((name) => name === only)
  if (part === undefined) throw new Error(`--only: "${only}" is none of ${allParts.join(', ')}.`)
  return new Set([part])
}
