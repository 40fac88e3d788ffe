import {
  type Cidr,
  contains,
  enclosing,
  ipv4ToNumber,
  networksIn,
  overlaps,
  parseCidr,
  parseNetwork,
} from '@opensag/rules'
import { unlessDenied } from '../app/denied.ts'
import { links } from '../app/links.ts'
import { call } from '../app/session.svelte.ts'
import type { Worded } from '../app/texts.ts'
import type { FieldMistake, Repair } from '../ui/action.ts'
import type { Holder } from './cidr-map.ts'
import type { cidrTexts } from './cidr-mistake.texts.ts'

type Words = Worded<(typeof cidrTexts)['en']>

/** Where the blocks of a branch come to lie, as far as this user sees it. */
export interface CidrPlace {
  readonly regionId: string
  readonly others: readonly Holder[]
  /** Of the network it is in. */
  readonly ccnId: string | undefined
  /** Undefined outside of a network, and where this user may not see it. */
  readonly network: { readonly id: string; readonly name: string; readonly range: readonly Cidr[] } | undefined
  /** What the branch has now: of these nobody else has any. */
  readonly current: readonly Cidr[]
}

/** How many blocks a list may have, and how long their masks may be. */
export interface BlockBounds {
  readonly most?: number
  readonly longest?: number
  /** Of the first one, which feeds the DHCP server of a gateway. */
  readonly longestFirst?: number
}

/** What is wrong with the form of a list of blocks, wherever it is asked for. */
export function blockMistake(list: string, t: Words, bounds: BlockBounds = {}): FieldMistake | undefined {
  const { most = 10, longest = 32, longestFirst = longest } = bounds
  const entries = entriesOf(list)
  if (entries.every((entry) => entry === '')) return undefined
  const blocks: Cidr[] = []
  for (const entry of entries) {
    const block = parseNetwork(entry)
    if (typeof block === 'string') {
      const meant = meantBy(entry)
      if (meant === undefined) return { text: t.wrong(entry) }
      return { text: t.start, repair: useInstead(list, entry, meant.cidr, t) }
    }
    if (blocks.some((one) => overlaps(one, block))) return { text: t.twice }
    const longestHere = blocks.length === 0 ? longestFirst : longest
    if (block.length > longestHere) {
      const wider = enclosing(block.first, longestHere)
      const isFree = !entries.some((other) => other !== entry && overlapsText(other, wider))
      return {
        text: t.narrow(block.cidr, String(longestHere)),
        repair: isFree ? useInstead(list, entry, wider.cidr, t) : undefined,
      }
    }
    const refused = parseCidr(entry)
    if (typeof refused === 'string')
      return { text: refused === 'reserved' ? t.reserved(block.cidr) : t.wide(block.cidr) }
    blocks.push(block)
  }
  if (blocks.length > most) return { text: t.tooMany(String(most), String(blocks.length)) }
  return undefined
}

/** What can be seen before the API is asked. It knows more: blocks others may not see, quotas, leased lines. */
export function cidrMistake(
  list: string,
  place: CidrPlace,
  t: Words,
  bounds: BlockBounds = {},
): FieldMistake | undefined {
  const malformed = blockMistake(list, t, bounds)
  if (malformed !== undefined) return malformed
  for (const entry of entriesOf(list)) {
    const block = parseNetwork(entry)
    if (typeof block === 'string') continue
    const holder = place.others.find((other) => overlaps(other.block, block))
    if (holder !== undefined) {
      const link = { href: links.instance(place.regionId, holder.id), text: t.open(holder.name) }
      return { text: t.taken(block.cidr, holder.name), link, askRepair: () => proposal(list, entry, place, t) }
    }
    const range = place.network?.range ?? []
    if (range.length > 0 && !range.some((outer) => contains(outer, block))) return outside(list, entry, place, t)
  }
  return undefined
}

/** The SNAT range of a network lies in its own. */
export function snatCidrMistake(list: string, range: string, t: Words): FieldMistake | undefined {
  const malformed = blockMistake(list, t, { most: 5, longest: 30 })
  if (malformed !== undefined || blockMistake(range, t) !== undefined) return malformed
  const outer = networksIn(range)
  const stray = networksIn(list).find((block) => !outer.some((one) => contains(one, block)))
  if (stray === undefined) return undefined
  return {
    text: outer.length === 0 ? t.rangeFirst : t.snatOutside(stray.cidr, outer.map(({ cidr }) => cidr).join(', ')),
  }
}

/** One range to translate, beside those that are translated already. */
export function snatRangeMistake(
  value: string,
  entries: readonly { readonly CidrBlock: string }[],
  t: Words,
): FieldMistake | undefined {
  const malformed = blockMistake(value, t, { most: 1 })
  if (malformed !== undefined) return malformed
  const taken = entries.find(({ CidrBlock }) => networksIn(value).some((block) => overlapsText(CidrBlock, block)))
  return taken && { text: t.translated(taken.CidrBlock) }
}

/** What a refusal is about, in the words of the page. */
export function cidrRefusal(code: string, list: string, place: CidrPlace, t: Words): FieldMistake | undefined {
  const isNew = (entry: string): boolean => !place.current.some(({ cidr }) => cidr === entry)
  const entry = entriesOf(list).find(isNew)
  if (entry === undefined) return undefined
  const askRepair = (): Promise<Repair | undefined> => proposal(list, entry, place, t)
  switch (code) {
    case 'SAG.CidrOverlap':
      return { text: t.takenUnseen, askRepair }
    case 'SAG.ConflictCidr.CcnSnatCidr':
      return { text: t.takenBySnat, askRepair }
    case 'SAG.InvalidCidr.NoBelongCcnCidr':
      return outside(list, entry, place, t)
    default:
      return undefined
  }
}

function outside(list: string, entry: string, place: CidrPlace, t: Words): FieldMistake {
  const { network } = place
  if (network === undefined) return { text: t.outsideUnseen, askRepair: () => proposal(list, entry, place, t) }
  return {
    text: t.outside(network.range.map(({ cidr }) => cidr).join(', ')),
    link: { href: links.network(place.regionId, network.id), text: t.editNetwork(network.name) },
    askRepair: () => proposal(list, entry, place, t),
  }
}

/** Only the server knows what is free: the blocks of branches this user may not see are among them. */
async function proposal(list: string, entry: string, { ccnId }: CidrPlace, t: Words): Promise<Repair | undefined> {
  const block = parseNetwork(entry)
  const length = typeof block === 'string' ? 24 : Math.max(8, Math.min(30, block.length))
  const answer = await unlessDenied(call('OpenSAG', 'ProposeCidrBlock', { CcnId: ccnId, PrefixLength: length }))
  return answer?.CidrBlock === undefined ? undefined : useInstead(list, entry, answer.CidrBlock, t)
}

/** `10.2.0.5/24` means the block that address is in; an address alone means a block of 256. */
function meantBy(entry: string): Cidr | undefined {
  const [address = '', mask = '24', ...rest] = entry.split('/')
  const first = ipv4ToNumber(address)
  if (first === undefined || rest.length > 0 || !/^([89]|[12]\d|3[0-2])$/.test(mask)) return undefined
  return enclosing(first, Number(mask))
}

function useInstead(list: string, entry: string, block: string, t: Words): Repair {
  let isDone = false
  const entries = entriesOf(list).map((one) => {
    if (isDone || one !== entry) return one
    isDone = true
    return block
  })
  return { label: t.use(block), value: entries.join(',') }
}

function overlapsText(text: string, block: Cidr): boolean {
  return networksIn(text).some((one) => overlaps(one, block))
}

function entriesOf(list: string): readonly string[] {
  return list.split(',').map((entry) => entry.trim())
}
