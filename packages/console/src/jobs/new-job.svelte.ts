import { waveSizesInParts } from '@opensag/rules'
import { chosen } from '../app/chosen.svelte.ts'
import { fleet } from '../app/fleet.svelte.ts'
import { minutesAhead } from '../app/utc-offset.ts'
import { FormDraft } from '../drafts/form-draft.svelte.ts'
import { keysTyped, tagsTyped } from '../fleet/tags.ts'
import { candidates } from './candidates.ts'
import { type Kind, kinds, type Schedule, scheduleParams } from './jobs.ts'
import { againstNetwork, type ChosenNetwork } from './network-choice.ts'
import { inOrder, passwordDevices } from './password-devices.ts'
import type { Seal } from './seal.ts'

/** As the API bounds them. */
const mostWaves = 100
const mostGateways = 3000

/** The kind that an address names, as it is written there or in the API. */
export function kindIn(text: string | null): Kind {
  const word = text
    ?.toLowerCase()
    .replace('synchronise', 'synchronize')
    .replace(/^rotate$/, 'rotatepasswords')
  return kinds.find((kind) => kind.toLowerCase() === word) ?? 'Restart'
}

/** What is filled in for a job that has not been created, and what follows from it. */
export class NewJob {
  /** Of a job about tags the form changes it: give them, or take them away. */
  kind = $state<Kind>('Restart')
  readonly ids: readonly string[] | 'forgotten'
  readonly ahead = minutesAhead()
  readonly #opened: Typed
  readonly #draft: FormDraft<Typed>
  firstWave = $state('1')
  growth = $state('3')
  largest = $state('200')
  mostFailures = $state('0')
  version = $state('')
  /** How the list of new passwords is encrypted; `plain`: somebody wants it as it is. */
  seal = $state.raw<Seal | 'plain' | undefined>()
  /** What was typed last is being looked at: until then {@link seal} says nothing. */
  sealing: Promise<void> | undefined
  tags = $state('')
  keys = $state('')
  network = $state.raw<ChosenNetwork | undefined>()
  schedule = $state<Schedule>({ start: 'now', at: '', from: '02:00', to: '05:00' })

  constructor(query: URLSearchParams) {
    this.kind = kindIn(query.get('kind'))
    // Nothing of these can go wrong for the second one alone, so nobody waits for the first.
    if (this.kind === 'Tag' || this.kind === 'Untag') this.firstWave = '200'
    this.ids = chosen.take(query.get('ids')) ?? []
    this.#opened = typedIn(this)
    this.#draft = new FormDraft(`job ${query.get('kind') ?? ''}`, query.get('ids') ?? '', this.#opened)
    const { kind = this.kind, ...typed } = this.#draft.restored
    Object.assign(this, typed)
    if (kinds.includes(kind)) this.kind = kind
  }

  /** When what was filled in had been typed before this page was opened. */
  get restoredAt(): number | undefined {
    return this.#draft.at
  }

  /** Keeps what is typed. */
  keep(): void {
    this.#draft.keep(typedIn(this))
  }

  /** It is created. */
  forget(): void {
    this.#draft.forget()
  }

  startOver(): void {
    this.#draft.forget()
    Object.assign(this, this.#opened)
  }

  readonly #notIn = $derived.by(() =>
    this.kind === 'AddToNetwork'
      ? againstNetwork(
          this.ids === 'forgotten' ? [] : this.ids.flatMap((id) => fleet.byId.get(id) ?? []),
          this.network,
          fleet.rows,
        )
      : undefined,
  )
  readonly all = $derived.by(() =>
    this.ids === 'forgotten'
      ? []
      : this.kind === 'RotatePasswords'
        ? passwordDevices(this.ids, fleet.byId)
        : candidates(this.kind, this.ids, fleet.byId, this.#notIn),
  )
  readonly #order = $derived.by(() => {
    const able = this.all.filter(({ against }) => against === undefined).slice(0, mostGateways)
    return this.kind === 'RotatePasswords' ? inOrder(able) : { devices: able, parts: [able.length] }
  })
  readonly included = $derived(this.#order.devices)
  readonly leftOut = $derived(this.all.filter(({ against }) => against !== undefined))

  readonly numbers = $derived({
    FirstWave: numberIn(this.firstWave, 1, mostGateways),
    WaveGrowth: numberIn(this.growth, 1, 10),
    LargestWave: numberIn(this.largest, 1, mostGateways),
    MostFailures: numberIn(this.mostFailures, 0, mostGateways),
  })
  readonly sizes = $derived.by(() => {
    const { FirstWave, WaveGrowth, LargestWave } = this.numbers
    if (FirstWave === undefined || WaveGrowth === undefined || LargestWave === undefined) return []
    return waveSizesInParts(this.#order.parts, { first: FirstWave, growth: WaveGrowth, largest: LargestWave })
  })
  readonly tooManyWaves = $derived(this.sizes.length > mostWaves)
  readonly times = $derived(scheduleParams(this.schedule, this.ahead))

  /** What a kind is given besides; undefined while it is missing. */
  readonly what = $derived.by(() => {
    if (this.kind === 'AddToNetwork') return this.network && { CcnId: this.network.id }
    if (this.kind === 'Untag') {
      const TagKey = keysTyped(this.keys)
      return TagKey === undefined || TagKey.length === 0 ? undefined : { TagKey }
    }
    if (this.kind === 'Tag') {
      const Tag = tagsTyped(this.tags)
      return Tag === undefined || Tag.length === 0 ? undefined : { Tag }
    }
    // Somebody has to say who may read the new passwords.
    return this.kind === 'RotatePasswords' && this.seal === undefined ? undefined : {}
  })

  /** What the API is asked for; undefined while something is missing. */
  readonly params = $derived.by(() => {
    const { FirstWave, WaveGrowth, LargestWave, MostFailures } = this.numbers
    const isWhole = this.sizes.length > 0 && !this.tooManyWaves && MostFailures !== undefined
    if (!isWhole || this.times === undefined || this.what === undefined) return undefined
    return {
      Kind: this.kind,
      SmartAGIds: [...new Set(this.included.map(({ id }) => id))].join(),
      VersionCode: this.kind === 'Upgrade' && this.version.trim() !== '' ? this.version.trim() : undefined,
      ...this.what,
      FirstWave,
      WaveGrowth,
      LargestWave,
      MostFailures,
      ...this.times,
    }
  })

  /** Of the gateway at this place. */
  waveAt(place: number): number {
    let end = 0
    for (const [wave, size] of this.sizes.entries()) {
      end += size
      if (place < end) return wave
    }
    return 0
  }
}

/** What is kept of it over a reload; how the list of passwords is encrypted has to be said again. */
function typedIn({ kind, firstWave, growth, largest, mostFailures, version, tags, keys, schedule }: NewJob) {
  return { kind, firstWave, growth, largest, mostFailures, version, tags, keys, schedule: { ...schedule } }
}

type Typed = ReturnType<typeof typedIn>

function numberIn(text: string, min: number, max: number): number | undefined {
  const number = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN
  return number >= min && number <= max ? number : undefined
}
