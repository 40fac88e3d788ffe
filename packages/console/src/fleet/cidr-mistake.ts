import { type Cidr, contains, enclosing, ipv4ToNumber, overlaps, parseNetwork } from '@opensag/rules'
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

/** What is wrong with the form of a list of blocks, wherever it is asked for. */
export function blockMistake(list: string, t: Words): FieldMistake | undefined {
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
    blocks.push(block)
  }
  return undefined
}

/** What can be seen before the API is asked. It knows more: blocks others may not see, quotas, leased lines. */
export function cidrMistake(list: string, place: CidrPlace, t: Words): FieldMistake | undefined {
  const malformed = blockMistake(list, t)
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

function entriesOf(list: string): readonly string[] {
  return list.split(',').map((entry) => entry.trim())
}
