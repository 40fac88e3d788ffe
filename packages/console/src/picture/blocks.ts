import { unseenCount } from '../fleet/members.ts'
import {
  countsByHealth,
  type FleetRow,
  type Health,
  healthOf,
  healths,
  healthTones,
  membersByNetwork,
  titleOf,
} from '../fleet/row.ts'

/** What the picture has to know of a network; `DescribeCloudConnectNetworks` tells it. */
export interface PictureNetwork {
  readonly CcnId: string
  readonly RegionId: string
  readonly Name?: string
  readonly CidrBlock?: string
  readonly InterworkingStatus?: string
  readonly AssociatedCenId?: string
  readonly AssociatedCenOwnerId?: string
  readonly AssociatedCloudBoxCount?: string
}

/** The block of those that are in no network. No network has such an id. */
export const inNone = 'none'

/** A network in the picture. */
export interface Block {
  readonly id: string
  /** Undefined of a network that one may not see, or that is another account's, and of {@link inNone}. */
  readonly network: PictureNetwork | undefined
  /** Its members that match the filter, the worst first. */
  readonly members: readonly FleetRow[]
  readonly counts: Readonly<Record<Health, number>>
  readonly bad: number
  readonly warn: number
  /** Gateways that match the filter; remote access is counted apart. */
  readonly gateways: number
  readonly apps: number
  /** Of all members that one sees, whatever the filter. */
  readonly allGateways: number
  /** Members that it has and one does not see. */
  readonly unseen: number
}

export type SectionKind = 'cen' | 'alone' | 'none' | 'elsewhere'

/** Networks that reach one another over a CEN, or that have in common that they reach no other. */
export interface Section {
  readonly kind: SectionKind
  /** The CEN, or the kind. */
  readonly key: string
  readonly blocks: readonly Block[]
  readonly bad: number
  readonly warn: number
}

export interface PictureFacts {
  /** The instances that match the filter, and all of them; the same list where there is no filter. */
  readonly rows: readonly FleetRow[]
  readonly all: readonly FleetRow[]
  /** Every instance has been heard of: only then are others hidden. */
  readonly complete: boolean
  readonly networks: readonly PictureNetwork[]
}

/** Where the most is wrong stands first, everywhere. What is drawn twice from the same facts is the same. */
export function sectionsOf({ rows, all, complete, networks }: PictureFacts): readonly Section[] {
  const matched = membersByNetwork(rows)
  const seen = rows === all ? matched : membersByNetwork(all)
  const known = new Map(networks.map((network) => [network.CcnId, network]))
  // A network that is empty belongs to the picture, unless somebody looks for something that cannot be in it.
  const ids = new Set([...[...matched.keys()].map((id) => id ?? inNone), ...(rows === all ? known.keys() : [])])
  const sections = new Map<string, { kind: SectionKind; blocks: Block[] }>()
  for (const id of ids) {
    const key = id === inNone ? undefined : id
    const network = known.get(id)
    const block = blockOf(id, network, matched.get(key) ?? [], { seen: seen.get(key) ?? [], complete })
    const kind = kindOf(id, network)
    const place = network?.AssociatedCenId ?? kind
    const section = sections.get(place)
    if (section === undefined) sections.set(place, { kind, blocks: [block] })
    else section.blocks.push(block)
  }
  return [...sections]
    .map(([key, { kind, blocks }]): Section => {
      const sum = (of: 'bad' | 'warn'): number => blocks.reduce((total, block) => total + block[of], 0)
      return { kind, key, blocks: blocks.sort(byTrouble), bad: sum('bad'), warn: sum('warn') }
    })
    .sort(
      (a, b) =>
        b.bad - a.bad ||
        b.warn - a.warn ||
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        b.blocks.length - a.blocks.length ||
        (a.key < b.key ? -1 : 1),
    )
}

const kinds: readonly SectionKind[] = ['cen', 'alone', 'none', 'elsewhere']

function kindOf(id: string, network: PictureNetwork | undefined): SectionKind {
  if (id === inNone) return 'none'
  if (network === undefined) return 'elsewhere'
  return network.AssociatedCenId === undefined ? 'alone' : 'cen'
}

function blockOf(
  id: string,
  network: PictureNetwork | undefined,
  rows: readonly FleetRow[],
  { seen, complete }: { readonly seen: readonly FleetRow[]; readonly complete: boolean },
): Block {
  const members = byState(rows)
  const counts = countsByHealth(rows)
  const gateways = gatewaysIn(rows)
  const having = (tone: string): number =>
    healths.filter((health) => healthTones[health] === tone).reduce((sum, health) => sum + counts[health], 0)
  return {
    ...{ id, network, members, counts, gateways },
    bad: having('bad'),
    warn: having('warn'),
    apps: rows.length - gateways,
    allGateways: gatewaysIn(seen),
    unseen: network === undefined ? 0 : unseenCount(network, seen.length, { complete }),
  }
}

export function gatewaysIn(rows: readonly FleetRow[]): number {
  return rows.filter(({ InstanceType }) => InstanceType !== 'app').length
}

/** The worst first, each state as it came, by id: to sort twenty thousand names takes longer than a look at the picture may. */
function byState(rows: readonly FleetRow[]): readonly FleetRow[] {
  const found = new Map<Health, FleetRow[]>(healths.map((health) => [health, []]))
  for (const row of rows) found.get(healthOf(row))?.push(row)
  return [...found.values()].flat()
}

/** The worst first, each state by name: of one network, when somebody looks at that. */
export function inOrder(rows: readonly FleetRow[]): readonly FleetRow[] {
  return [...rows].sort(byStateAndName)
}

/** The first ones of {@link inOrder}, without putting all of them in order. */
export function firstInOrder(rows: readonly FleetRow[], most: number): readonly FleetRow[] {
  const first: FleetRow[] = []
  for (const row of rows) {
    const last = first.at(-1)
    if (first.length === most && last !== undefined && byStateAndName(row, last) >= 0) continue
    const place = first.findIndex((one) => byStateAndName(row, one) < 0)
    first.splice(place === -1 ? first.length : place, 0, row)
    if (first.length > most) first.pop()
  }
  return first
}

/** Those that somebody has to look at: offline before degraded, and in each of both where the most is wrong first. */
export function troublesIn(blocks: readonly Block[]): readonly FleetRow[] {
  return [
    ...blocks.flatMap(({ members, bad }) => members.slice(0, bad)),
    ...blocks.flatMap(({ members, bad, warn }) => members.slice(bad, bad + warn)),
  ]
}

function byStateAndName(a: FleetRow, b: FleetRow): number {
  return (
    healths.indexOf(healthOf(a)) - healths.indexOf(healthOf(b)) ||
    compare(titleOf(a), titleOf(b)) ||
    compare(a.SmartAGId, b.SmartAGId)
  )
}

export function nameOf({ id, network }: Block): string {
  return network?.Name ?? id
}

function byTrouble(a: Block, b: Block): number {
  return (
    b.bad - a.bad ||
    b.warn - a.warn ||
    b.members.length - a.members.length ||
    compare(nameOf(a), nameOf(b)) ||
    compare(a.id, b.id)
  )
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
