// What the service should remember, as plain maps: small enough to be seen to be right, and nothing of the product's.

export const day = 24 * 60 * 60 * 1000

export interface Span {
  readonly first: number
  readonly last: number
}

export interface Network {
  range: readonly string[]
  snatRange: readonly string[]
}

export interface SnatEntry {
  readonly source: string
  readonly ip: number
}

export interface User {
  readonly fixed: number | undefined
  enabled: boolean
}

export interface Site {
  readonly kind: 'hardware' | 'vcpe' | 'app'
  /** The buyer owns a box already: it has arrived when it is paid. */
  readonly owned: boolean
  months: number
  paidAt: number | undefined
  arrivedAt: number | undefined
  activatedAt: number | undefined
  endsAt: number | undefined
  name: string | undefined
  dynamic: boolean
  blocks: readonly string[]
  ccn: string | undefined
  /** By id. */
  readonly snat: Map<string, SnatEntry>
  /** Accounts it may have. */
  readonly room: number
  /** By name. */
  readonly users: Map<string, User>
  /** Address by the name of the account. */
  readonly sessions: Map<string, number>
  /** Serials, the active one first. */
  devices: readonly string[]
  /** The list of each kind that it has. */
  readonly lists: Map<ListKind, string>
  /** Ports of the Internet that lead into the branch, by id of the entry. */
  readonly forwards: Map<string, number>
}

/** What an account has once and associates with instances, each of which has one of a kind at most. */
export type ListKind = 'acl' | 'qos' | 'flowLog'

export interface Reference {
  now: number
  readonly networks: Map<string, Network>
  readonly sites: Map<string, Site>
  /** Lists that instances share, by id. */
  readonly lists: Map<string, ListKind>
  /** Every device: whether it is too old for most features. */
  readonly devices: Map<string, { readonly old: boolean }>
  /** Another account's, which this one may not touch. */
  readonly foreign: { readonly site: string; readonly network: string }
  /** Ids of what was deleted. */
  readonly gone: Set<string>
}

export function addressOf(text: string): number {
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

export function spanOf(block: string): Span {
  const [address = '', length] = block.split('/')
  const first = addressOf(address)
  return { first, last: first + 2 ** (32 - Number(length)) - 1 }
}

export function meet(one: Span, other: Span): boolean {
  return Math.max(one.first, other.first) <= Math.min(one.last, other.last)
}

export function anyMeet(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.some((other) => meet(spanOf(one), spanOf(other))))
}

export function anyMeetWithin(blocks: readonly string[]): boolean {
  return blocks.some((one, index) => anyMeet([one], blocks.slice(index + 1)))
}

export function liesIn(block: string, range: readonly string[]): boolean {
  const { first, last } = spanOf(block)
  return range.some((outer) => spanOf(outer).first <= first && last <= spanOf(outer).last)
}

export function holdsAddress(blocks: readonly string[], address: number): boolean {
  return blocks.some((block) => meet(spanOf(block), { first: address, last: address }))
}

/** What is in the first list and not in the second, in pieces. */
export function minus(blocks: readonly string[], others: readonly string[]): readonly Span[] {
  const cuts = [...blocks, ...others].map(spanOf).flatMap(({ first, last }) => [first, last + 1])
  const edges = [...new Set(cuts)].sort((a, b) => a - b)
  return edges.flatMap((first, index) => {
    const next = edges[index + 1]
    if (next === undefined || !holdsAddress(blocks, first) || holdsAddress(others, first)) return []
    return [{ first, last: next - 1 }]
  })
}

/** Addresses clients can have, in order: not the network's own, the service's or the last. */
export function clientAddresses(blocks: readonly string[]): readonly number[] {
  return blocks.flatMap((block) => {
    const { first, last } = spanOf(block)
    return Array.from({ length: Math.max(0, last - first - 2) }, (_, index) => first + 2 + index)
  })
}

export function members(reference: Reference, ccn: string, except?: string): readonly Site[] {
  return [...reference.sites].filter(([id, site]) => site.ccn === ccn && id !== except).map(([, site]) => site)
}

export function snatIps(sites: readonly Site[]): readonly number[] {
  return sites.flatMap(({ snat }) => [...snat.values()].map(({ ip }) => ip))
}

export function startOf({ kind, paidAt, arrivedAt, activatedAt }: Site, now: number): number | undefined {
  if (kind !== 'hardware') return paidAt
  if (activatedAt !== undefined || arrivedAt === undefined) return activatedAt
  return arrivedAt + 15 * day <= now ? arrivedAt + 15 * day : undefined
}

export function endOf(site: Site, now: number): number | undefined {
  const start = startOf(site, now)
  return site.endsAt ?? (start === undefined ? undefined : monthsAfter(start, site.months))
}

export function stateOf(site: Site, now: number): 'idle' | 'serving' | 'expired' {
  const end = endOf(site, now)
  if (startOf(site, now) === undefined || end === undefined) return 'idle'
  return end <= now ? 'expired' : 'serving'
}

/** The same day of the month, or the last there is. */
export function monthsAfter(time: number, months: number): number {
  const asked = new Date(time)
  const found = new Date(time)
  found.setUTCMonth(asked.getUTCMonth() + months)
  if (found.getUTCDate() !== asked.getUTCDate()) found.setUTCDate(0)
  return found.getTime()
}

/** Why a site with these blocks may not hide so in the network, or outside of any. */
export function entryProblem(
  entries: readonly SnatEntry[],
  place: {
    readonly network: Network | undefined
    readonly others: readonly Site[]
    readonly blocks: readonly string[]
  },
): string | undefined {
  const range = place.network?.snatRange ?? []
  if (range.length > 0 && entries.some(({ ip }) => !holdsAddress(range, ip))) return 'SAG.InvalidSnatIp'
  if (entries.some(({ source }) => anyMeet([source], range))) return 'CCN.SnatCidrConflict'
  const blocks = [...place.blocks, ...place.others.flatMap((other) => other.blocks)]
  const isTaken = (ip: number): boolean => snatIps(place.others).includes(ip) || holdsAddress(blocks, ip)
  return entries.some(({ ip }) => isTaken(ip)) ? 'SAG.ConflictSnatIp' : undefined
}
