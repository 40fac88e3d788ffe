import fc from 'fast-check'
import { bindSmartAccessGateway } from '../../../packages/server/src/apis/smartag/ccn/bind-smart-access-gateway.ts'
import { createCloudConnectNetwork } from '../../../packages/server/src/apis/smartag/ccn/create-cloud-connect-network.ts'
import { deleteCloudConnectNetwork } from '../../../packages/server/src/apis/smartag/ccn/delete-cloud-connect-network.ts'
import { modifyCloudConnectNetwork } from '../../../packages/server/src/apis/smartag/ccn/modify-cloud-connect-network.ts'
import { unbindSmartAccessGateway } from '../../../packages/server/src/apis/smartag/ccn/unbind-smart-access-gateway.ts'
import {
  anyMeet,
  entryProblem,
  holdsAddress,
  liesIn,
  meet,
  members,
  minus,
  type Network,
  type Reference,
  type Site,
  type Span,
  snatIps,
  spanOf,
  startOf,
  stateOf,
} from '../reference.ts'
import { networkId, type Step, siteId, step, which } from '../step.ts'
import { attempt } from '../world.ts'

const range = fc.constantFrom<readonly string[]>(
  ['10.0.0.0/8'],
  ['10.0.0.0/8'],
  ['10.0.0.0/16'],
  ['10.0.0.0/22', '192.168.0.0/24'],
  ['10.0.0.0/25'],
)
const snatRange = fc.constantFrom<readonly string[]>(
  ['10.255.0.0/30'],
  ['10.0.3.0/30'],
  ['10.0.1.0/25', '10.0.3.128/25'],
  ['172.16.0.0/24'],
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq })

/** The range of a network has masks of up to 24 bits. */
function isTooSmall(blocks: readonly string[] | undefined): boolean {
  return blocks?.some((block) => Number(block.split('/')[1]) > 24) ?? false
}

interface Ranges {
  readonly range: readonly string[] | undefined
  readonly snatRange: readonly string[] | undefined
}

const create = (ranges: fc.Arbitrary<Ranges>): fc.Arbitrary<Step> =>
  step('CreateCloudConnectNetwork', ranges, async (given, { networks }, world) => {
    const network: Network = { range: given.range ?? [], snatRange: given.snatRange ?? [] }
    const refusal = ((): string | undefined => {
      if (isTooSmall(given.range)) return 'CCN.InvalidCidr'
      if (network.snatRange.length > 0 && network.range.length === 0) return 'CCN.CidrEmpty'
      if (!network.snatRange.every((block) => liesIn(block, network.range))) return 'CCN.InvalidSnatCidr'
      return networks.size >= 10 ? 'CcnAmountLimit' : undefined
    })()
    const params = { CidrBlock: given.range?.join(','), SnatCidrBlock: given.snatRange?.join(',') }
    const answer = await attempt(world, createCloudConnectNetwork, params, refusal)
    if (answer !== undefined) networks.set(String(answer['CcnId']), network)
  })

const modify = step(
  'ModifyCloudConnectNetwork',
  fc.record({ network: which, range: maybe(range), snatRange: maybe(snatRange) }),
  async (given, reference, world) => {
    const CcnId = networkId(reference, given.network)
    const network = reference.networks.get(CcnId)
    const params = { CcnId, CidrBlock: given.range?.join(','), SnatCidrBlock: given.snatRange?.join(',') }
    const after: Network = {
      range: given.range ?? network?.range ?? [],
      snatRange: given.snatRange ?? network?.snatRange ?? [],
    }
    const refusal = ((): string | undefined => {
      if (isTooSmall(given.range)) return 'CCN.InvalidCidr'
      if (network === undefined) return given.network === -1 ? 'Forbidden' : 'InvalidId.CCN'
      return reshapingProblem(members(reference, CcnId), network, after)
    })()
    if ((await attempt(world, modifyCloudConnectNetwork, params, refusal)) === undefined || network === undefined)
      return
    Object.assign(network, after)
  },
)

function reshapingProblem(sites: readonly Site[], before: Network, after: Network): string | undefined {
  if (after.snatRange.length > 0 && after.range.length === 0) return 'SAG.CcnCidrNoConfig'
  if (!after.snatRange.every((block) => liesIn(block, after.range))) return 'CCN.InvalidSnatCidr'
  const blocks = sites.flatMap((site) => site.blocks.map(spanOf))
  const hitsBlock = (spans: readonly Span[]): boolean => spans.some((span) => blocks.some((block) => meet(block, span)))
  if (hitsBlock(minus(before.range, after.range))) return 'CCN.CidrInUse'
  const given = snatIps(sites).map((ip): Span => ({ first: ip, last: ip }))
  const lost = minus(before.snatRange, after.snatRange)
  if (lost.some((span) => given.some((ip) => meet(span, ip)))) return 'CCN.SnatCidrInUse'
  // A range for the first time says nothing about the blocks that were there before it.
  return hitsBlock(minus(after.snatRange, before.snatRange)) ? 'CCN.SnatCidrConflict' : undefined
}

const remove = step('DeleteCloudConnectNetwork', which, async (place, reference, world) => {
  const CcnId = networkId(reference, place)
  const refusal = ((): string | undefined => {
    if (!reference.networks.has(CcnId)) return place === -1 ? 'Forbidden' : 'InvalidId.CCN'
    return members(reference, CcnId).length > 0 ? 'AlreadyBound.SMARTAG' : undefined
  })()
  if ((await attempt(world, deleteCloudConnectNetwork, { CcnId }, refusal)) === undefined) return
  reference.networks.delete(CcnId)
  reference.gone.add(CcnId)
})

const pair = fc.record({ network: which, site: which })

const bind = (given: typeof pair): fc.Arbitrary<Step> =>
  step('BindSmartAccessGateway', given, async (given, reference, world) => {
    const [CcnId, SmartAGId] = [networkId(reference, given.network), siteId(reference, given.site)]
    const refusal = bindingProblem(reference, CcnId, SmartAGId)
    if ((await attempt(world, bindSmartAccessGateway, { CcnId, SmartAGId }, refusal)) === undefined) return
    const site = reference.sites.get(SmartAGId)
    if (site !== undefined) site.ccn = CcnId
  })

function bindingProblem(reference: Reference, ccnId: string, id: string): string | undefined {
  const { networks, sites, foreign, now } = reference
  const [network, site] = [networks.get(ccnId), sites.get(id)]
  if (network === undefined && ccnId !== foreign.network) return 'InvalidId.CCN'
  if (site === undefined && id !== foreign.site) return 'InvalidId.SMARTAG'
  if (network === undefined || site === undefined) return 'Forbidden'
  const state = stateOf(site, now)
  if (state === 'idle') return 'SmartAccessGatewayNotActivated'
  if (state === 'expired') return 'SmartAccessGatewayInArrears'
  if (site.ccn !== undefined) return 'SmartAccessGatewayAlreadyBound'
  const others = members(reference, ccnId)
  const fits =
    (network.range.length === 0 || site.blocks.every((block) => liesIn(block, network.range))) &&
    !anyMeet(site.blocks, network.snatRange) &&
    others.every((other) => !anyMeet(site.blocks, other.blocks)) &&
    snatIps(others).every((ip) => !holdsAddress(site.blocks, ip)) &&
    entryProblem([...site.snat.values()], { network, others, blocks: site.blocks }) === undefined
  return fits ? undefined : 'CidrConflict'
}

const unbind = step('UnbindSmartAccessGateway', pair, async (given, reference, world) => {
  const SmartAGId = siteId(reference, given.site)
  const site = reference.sites.get(SmartAGId)
  // Mostly the network it is in.
  const CcnId = given.network < 4 && site?.ccn !== undefined ? site.ccn : networkId(reference, given.network)
  const refusal = ((): string | undefined => {
    if (site === undefined) return given.site === -1 ? 'Forbidden' : 'InvalidId.SMARTAG'
    if (startOf(site, reference.now) === undefined) return 'SmartAccessGatewayNotActivated'
    return site.ccn === CcnId ? undefined : 'SmartAccessGatewayNotBind'
  })()
  if ((await attempt(world, unbindSmartAccessGateway, { CcnId, SmartAGId }, refusal)) === undefined) return
  if (site !== undefined) site.ccn = undefined
})

export const onNetworks: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 3, arbitrary: create(fc.record({ range: maybe(range, 5), snatRange: maybe(snatRange) })) },
  { weight: 4, arbitrary: modify },
  { weight: 1, arbitrary: remove },
  { weight: 9, arbitrary: bind(pair) },
  { weight: 2, arbitrary: unbind },
]

export const aNetwork: fc.Arbitrary<Step> = create(
  fc.record({ range: fc.constant(['10.0.0.0/8']), snatRange: fc.constantFrom(undefined, ['10.255.0.0/30']) }),
)

/** The site at this place joins the newest network. */
export const member = (site: number): fc.Arbitrary<Step> =>
  bind(fc.record({ network: fc.constant(0), site: fc.constant(site) }))
