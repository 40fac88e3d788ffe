import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../app/always.ts'
import type { Tone } from '../ui/tones.ts'
import { isCritical, type Tag } from './tags.ts'

type Told = ResultOf<'GetOverview'>

type Listed = Omit<Told['Troubles'][number]['Instances'][number], 'Tags'>

export interface TroubleInstance extends Always<Listed, 'SmartAGId' | 'RegionId'> {
  readonly Tags?: readonly Tag[]
}

/** What `GetOverview` tells of one kind. */
export interface Trouble {
  readonly Kind: string
  readonly TotalCount: number
  readonly Instances: readonly TroubleInstance[]
}

/** The gravest first. */
export const troubleKinds = [
  'Offline',
  'Locked',
  'TunnelDown',
  'PartlyOnline',
  'NotSynchronized',
  'PasswordFailed',
  'Overdue',
  'DefaultPassword',
  'Behind',
  'EndsSoon',
] as const

export type TroubleKind = (typeof troubleKinds)[number]

export const troubleTones: Readonly<Record<TroubleKind, Tone>> = {
  Offline: 'bad',
  Locked: 'bad',
  TunnelDown: 'bad',
  PartlyOnline: 'warn',
  NotSynchronized: 'warn',
  PasswordFailed: 'warn',
  Overdue: 'warn',
  DefaultPassword: 'info',
  Behind: 'info',
  EndsSoon: 'info',
}

/** What the fleet's list is filtered by to show them, where it can. */
export const troubleFilters: Readonly<Partial<Record<TroubleKind, Readonly<Record<string, string>>>>> = {
  Offline: { health: 'offline' },
  Locked: { health: 'locked' },
  TunnelDown: { health: 'offline' },
  PartlyOnline: { health: 'degraded' },
  NotSynchronized: { health: 'unsynchronized' },
  Overdue: { health: 'overdue' },
  DefaultPassword: { password: 'default' },
}

/** Each has its own reason and is a line of its own, unless several have the same. */
const oneByOne: ReadonlySet<TroubleKind> = new Set(['Offline', 'Locked', 'TunnelDown', 'PartlyOnline'])

/** So many with one known cause are one line. */
const manyOfOneCause = 3

export interface TroubleLine {
  readonly kind: TroubleKind
  readonly tone: Tone
  /** Those that are known by name; none in a line that stands for the rest. */
  readonly instances: readonly TroubleInstance[]
  readonly total: number
  readonly cause: string | undefined
  /** One of them is tagged so. */
  readonly isCritical: boolean
  /** Of the one that began first. */
  readonly since: number | undefined
}

/** The lines of what needs somebody: by tone, inside those that are critical first, and then by age. */
export function troubleLines(troubles: readonly Trouble[]): readonly TroubleLine[] {
  const lines = troubles.flatMap((trouble) => {
    const kind = troubleKinds.find((one) => one === trouble.Kind)
    return kind === undefined ? [] : linesOf(kind, trouble)
  })
  const tones: readonly Tone[] = ['bad', 'warn', 'info']
  return lines.sort(
    (a, b) =>
      tones.indexOf(a.tone) - tones.indexOf(b.tone) ||
      Number(b.isCritical) - Number(a.isCritical) ||
      ageOf(a) - ageOf(b),
  )
}

function linesOf(kind: TroubleKind, { TotalCount, Instances }: Trouble): readonly TroubleLine[] {
  if (!oneByOne.has(kind)) return [lineOf(kind, Instances, TotalCount)]
  const rest = TotalCount - Instances.length
  return [
    ...byCause(Instances).map((instances) => lineOf(kind, instances, instances.length)),
    ...(rest > 0 ? [lineOf(kind, [], rest)] : []),
  ]
}

/** Those of which nobody knows why have no cause in common. */
function byCause(instances: readonly TroubleInstance[]): readonly (readonly TroubleInstance[])[] {
  const causes = new Set(instances.map(({ Cause }) => Cause))
  const groups = [...causes].map((cause) => [cause, instances.filter(({ Cause }) => Cause === cause)] as const)
  return groups.flatMap(([cause, group]) =>
    cause !== undefined && cause !== 'Unknown' && group.length >= manyOfOneCause ? [group] : group.map((one) => [one]),
  )
}

function lineOf(kind: TroubleKind, instances: readonly TroubleInstance[], total: number): TroubleLine {
  const began = instances.flatMap(({ Since }) => (Since === undefined ? [] : Date.parse(Since)))
  return {
    kind,
    tone: troubleTones[kind],
    instances,
    total,
    cause: instances[0]?.Cause,
    isCritical: instances.some(isCritical),
    since: began.length === 0 ? undefined : Math.min(...began),
  }
}

/** Of which nobody knows since when come later, and what stands for the rest comes last. */
function ageOf({ since, instances, kind }: TroubleLine): number {
  if (since !== undefined) return since
  return Number.MAX_SAFE_INTEGER / 2 + troubleKinds.indexOf(kind) + (instances.length === 0 ? 100 : 0)
}

/** How many need somebody, by tone. */
export function countsByTone(troubles: readonly Trouble[]): Readonly<Record<'bad' | 'warn' | 'info', number>> {
  const counts = { bad: 0, warn: 0, info: 0 }
  for (const { Kind, TotalCount } of troubles) {
    const tone = troubleTones[Kind as TroubleKind]
    if (tone === 'bad' || tone === 'warn' || tone === 'info') counts[tone] += TotalCount
  }
  return counts
}
