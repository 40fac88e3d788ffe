import { randomUUID } from 'node:crypto'
import {
  type JournalRecord,
  type PlannedGateway,
  planRotation,
  type Selection,
  unknownOf,
  type WaveSettings,
} from '@opensag/rotation'
import { CommandFailure, UsageError } from '../exit.ts'
import { say } from '../say.ts'
import type { Connection } from './connect.ts'
import { listGateways } from './listing.ts'
import { maxAgeOf, type RotateFlags, selectionFrom, waveSettings } from './options.ts'
import { onlyOlder } from './password-age.ts'
import type { Progress } from './progress.ts'

export interface Plan {
  readonly gateways: readonly PlannedGateway[]
  readonly selection: string
}

/** What a plan is asked for. */
export interface Wish {
  readonly selection: Selection
  /** As on the command line. */
  readonly shown: string
  readonly waves: WaveSettings
  readonly skipUnknown: boolean
  /** Only gateways whose password is older, milliseconds. */
  readonly maxAgeMs: number | undefined
}

/** No password is older than the maximum age: the policy is kept, and that is no failure. */
export class NothingDue extends Error {
  override readonly name = 'NothingDue'
}

/** @throws UsageError */
export async function wishOf(flags: RotateFlags, progress: Progress): Promise<Wish> {
  const waves = waveSettings(flags)
  const selected = await selectionFrom(flags, (text) => progress.note(text))
  return { ...selected, waves, skipUnknown: flags.skipUnknown === true, maxAgeMs: maxAgeOf(flags) }
}

/** Reads the fleet and decides who is changed when. Changes nothing. */
export async function makePlan(
  { selection, shown, waves, skipUnknown, maxAgeMs }: Wish,
  connection: Connection,
  { concurrency, progress }: { readonly concurrency: number; readonly progress: Progress },
): Promise<Plan> {
  const found = await listGateways(
    { reader: connection.reader, homeRegion: connection.regionId, concurrency, progress: (n) => progress.listing(n) },
    selection,
  )
  const unknown = unknownOf(found, selection)
  if (unknown.length > 0) {
    const text = say('These do not exist or have no gateway:\n{list}', {
      list: unknown.map((one) => `  ${one}`).join('\n'),
    })
    if (!skipUnknown) {
      throw new UsageError(
        say('{missing}\nNothing was changed. Use --skip-unknown to continue without them.', { missing: text }),
      )
    }
    progress.note(text)
  }
  if (found.length === 0) throw new CommandFailure(say('No gateway is selected. Nothing was changed.'))
  if (maxAgeMs === undefined) return { gateways: planRotation(found, waves), selection: shown }
  const { reader, caller } = connection
  const due = await onlyOlder(found, { reader, concurrency, endpointTime: () => caller.endpointTime() }, maxAgeMs)
  progress.leftOut(found.length - due.length, found.length)
  if (due.length === 0) throw new NothingDue('No selected gateway has a password older than --max-age.')
  return { gateways: planRotation(due, waves), selection: shown }
}

/** @throws UsageError when a gateway has none */
export function checkGiven(
  gateways: readonly PlannedGateway[],
  given: ReadonlyMap<string, string> | undefined,
  path: string | undefined,
): void {
  if (given === undefined) return
  const without = gateways.filter(({ serial, wave }) => wave !== undefined && !given.has(serial))
  if (without.length === 0) return
  const shown = without.slice(0, 10).map(({ serial }) => serial)
  throw new UsageError(
    `${path} has no password for ${without.length} of the gateways (${shown.join(', ')}${without.length > 10 ? ', …' : ''}). Nothing was changed.`,
  )
}

/** Lines of a journal stay readable. */
const gatewaysInRecord = 200

export function firstRecords(
  plan: Plan,
  facts: {
    readonly at: string
    readonly endpoint: string
    readonly recipients: readonly string[]
    readonly passwords: 'made' | 'given'
    readonly out: string | undefined
    readonly history: number | undefined
  },
): readonly JournalRecord[] {
  const parts: JournalRecord[] = []
  for (let from = 0; from < plan.gateways.length; from += gatewaysInRecord) {
    parts.push({ kind: 'planned', gateways: plan.gateways.slice(from, from + gatewaysInRecord) })
  }
  const waves = new Set(plan.gateways.map(({ wave }) => wave))
  waves.delete(undefined)
  return [
    { kind: 'began', format: 1, rotation: randomUUID(), selection: plan.selection, ...facts },
    ...parts,
    { kind: 'plan-ended', gateways: plan.gateways.length, waves: waves.size },
  ]
}
