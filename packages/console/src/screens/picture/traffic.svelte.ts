import { unlessDenied } from '../../app/denied.ts'
import { loaded } from '../../app/load.svelte.ts'
import { callByName } from '../../app/session.svelte.ts'
import { inNone } from '../../picture/blocks.ts'

interface Told {
  readonly Networks: readonly { readonly CcnId: string; readonly BitsPerSecond: number }[]
  readonly Instances: readonly { readonly SmartAGId: string; readonly BitsPerSecond: number }[]
}

/** It is of a quarter of an hour: to look more often would tell little more. */
const everyMs = 5 * 60_000

export interface PictureTraffic {
  /** Bits a second; undefined: not known. */
  ofNetwork(id: string): number | undefined
  /** Of the network that somebody has zoomed in on. */
  readonly ofInstances: ReadonlyMap<string, number>
  /** It may be looked at and was: only then something is said of it at all. */
  readonly isRead: boolean
}

/** What networks carry, and gateways of the one that is looked at. For the initialisation of a component. */
export function watchTraffic(inside: () => string | undefined): PictureTraffic {
  let mayNot = false
  const found = loaded(
    async (signal) => {
      const id = inside()
      // Each further look would be a refusal in the audit.
      if (mayNot) return undefined
      const params = id === undefined || id === inNone ? {} : { CcnId: id }
      const told = await unlessDenied(callByName<Told>('OpenSAG', 'ListNetworkTraffic', params, signal))
      if (told === undefined) mayNot = true
      return told
    },
    { every: everyMs, keepsAnswer: true },
  )
  const networks = $derived(new Map(found.value?.Networks.map(({ CcnId, BitsPerSecond }) => [CcnId, BitsPerSecond])))
  const instances = $derived(
    new Map(found.value?.Instances.map(({ SmartAGId, BitsPerSecond }) => [SmartAGId, BitsPerSecond])),
  )
  return {
    ofNetwork: (id) => networks.get(id),
    get ofInstances() {
      return instances
    },
    get isRead() {
      return found.value !== undefined
    },
  }
}
