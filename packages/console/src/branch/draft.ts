import { overlaps, parseNetwork } from '@opensag/rules'

export const models = ['sag-100wm', 'sag-1000', 'sag-vcpe'] as const

export type Model = (typeof models)[number]

/** What was done of it already: it goes on from there. */
export interface Made {
  readonly networkId?: string
  readonly instanceId?: string
  /** A step that was sent, the answer of which has not come: whether it was done has to be looked up. */
  readonly sent?: string
  /** When, by the clock of the server. */
  readonly sentAt?: number
  /** The steps that were done, by their names. */
  readonly done: readonly string[]
}

/** The answers of somebody who adds a branch. No secret is among them: they are kept in the browser's tab. */
export interface Draft {
  readonly accountId: string
  readonly regionId: string
  readonly name: string
  readonly position: string
  readonly model: Model
  /** Of the box; a vCPE gets its own. */
  readonly serial: string
  /** An id, `new`, or nothing for none yet. */
  readonly network: string
  readonly newNetwork: string
  readonly prefix: number
  readonly cidr: string
  readonly made: Made
}

export function emptyDraft(accountId: string, regionId: string): Draft {
  return {
    ...{ accountId, regionId, name: '', position: '', model: 'sag-1000', serial: '' },
    ...{ network: '', newNetwork: 'branches', prefix: 24, cidr: '', made: { done: [] } },
  }
}

/** Whether a draft that was kept can be gone on with: another release of the page may have kept it. */
export function isWhole({ model, made }: Draft): boolean {
  const { networkId, instanceId, sent, sentAt } = made
  const ids: readonly unknown[] = [networkId, instanceId, sent]
  return (
    models.includes(model) &&
    ids.every((id) => id === undefined || typeof id === 'string') &&
    (sentAt === undefined || typeof sentAt === 'number')
  )
}

/** The masks that are offered, with the addresses that terminals and the box can have. */
export const prefixes = [22, 23, 24, 25, 26, 27] as const

export function hostsIn(prefix: number): number {
  return 2 ** (32 - prefix) - 2
}

export type Mistake = 'missing' | 'name' | 'serial' | 'network' | 'block'

/** As the operations take them (`isName` of the server, the serial numbers of the inventory). */
const forms = {
  name: /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5._-]{1,127}$/,
  network: /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5._-]{1,99}$/,
  serial: /^[A-Za-z0-9-]{4,64}$/,
} as const

export type PlaceField = 'name' | 'serial'

export function placeMistake({ name, model, serial }: Draft, field: PlaceField): Mistake | undefined {
  if (field === 'serial' && model === 'sag-vcpe') return undefined
  const value = field === 'name' ? name : serial
  if (value === '') return 'missing'
  return forms[field].test(value) ? undefined : field
}

export function isPlaceWhole(draft: Draft): boolean {
  return placeMistake(draft, 'name') === undefined && placeMistake(draft, 'serial') === undefined
}

export function networkMistake({ network, newNetwork }: Draft): Mistake | undefined {
  if (network !== 'new') return undefined
  if (newNetwork === '') return 'missing'
  return forms.network.test(newNetwork) ? undefined : 'network'
}

/** The only block of the branch, or why it is none. */
export function blockMistake(cidr: string): Mistake | undefined {
  if (cidr === '') return 'missing'
  const block = parseNetwork(cidr)
  // The first block feeds the DHCP server: it needs two addresses besides the ends.
  return typeof block === 'string' || block.length > 30 || block.length < 8 ? 'block' : undefined
}

export interface Neighbour {
  readonly id: string
  readonly regionId: string
  readonly name: string
  readonly block: { readonly first: number; readonly last: number }
}

/** Who has some of these addresses already, as far as the page can see. */
export function takenBy(cidr: string, neighbours: readonly Neighbour[]): Neighbour | undefined {
  const block = parseNetwork(cidr)
  return typeof block === 'string' ? undefined : neighbours.find((one) => overlaps(one.block, block))
}
