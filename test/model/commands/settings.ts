import fc from 'fast-check'
import { expect } from 'vitest'
import { modifySmartAccessGateway } from '../../../packages/server/src/apis/smartag/instances/modify-smart-access-gateway.ts'
import { addSnatEntry } from '../../../packages/server/src/apis/smartag/nat/add-snat-entry.ts'
import { deleteSnatEntry } from '../../../packages/server/src/apis/smartag/nat/delete-snat-entry.ts'
import { snatRows } from '../observe.ts'
import {
  addressOf,
  anyMeet,
  anyMeetWithin,
  clientAddresses,
  entryProblem,
  holdsAddress,
  liesIn,
  members,
  type Network,
  type Reference,
  type Site,
  type SnatEntry,
  snatIps,
  spanOf,
  stateOf,
} from '../reference.ts'
import { type Step, siteId, step, which } from '../step.ts'
import { attempt, tablesOf } from '../world.ts'

const block = fc.constantFrom(
  '10.0.0.0/24',
  '10.0.0.0/30',
  '10.0.0.0/28',
  '10.0.0.128/25',
  '10.0.1.0/24',
  '10.0.0.0/22',
  '10.0.3.0/29',
  '10.1.0.0/24',
  '192.168.0.0/24',
)
const eleven = Array.from({ length: 11 }, (_, index) => `10.2.${index}.0/28`)
const wrong = {
  ',': 'SAG.CidrEmpty',
  '10.0.0.0/24,x': 'SAG.InvalidCidrFormat',
  '10.0.0.1/24': 'InvalidCidr',
  '127.0.0.0/16': 'SAG.InvalidCidr',
} as const
const blocks = fc.oneof(
  { weight: 20, arbitrary: fc.array(block, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(eleven) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(wrong)).map((text) => [text]) },
)
const source = fc.constantFrom('172.16.1.0/24', '172.16.1.128/25', '172.16.2.0/24', '10.0.3.0/30')
const ip = fc.constantFrom('10.255.0.1', '10.255.0.2', '10.0.3.1', '10.0.1.5', '10.0.0.7')
const wantedSnat = fc.array(fc.record({ source, ip: fc.option(ip, { nil: undefined }) }), {
  minLength: 1,
  maxLength: 2,
})
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq: number): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq })

interface Change {
  readonly name: string | undefined
  readonly blocks: readonly string[] | undefined
  readonly strategy: 'static' | 'dynamic' | undefined
  readonly audit: boolean | undefined
  readonly snat: readonly { readonly source: string; readonly ip: string | undefined }[] | undefined
}

const change: fc.Arbitrary<Change & { site: number }> = fc.record({
  site: which,
  name: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, undefined, 'branch', 'branch', '1st'),
  blocks: maybe(blocks, 3),
  strategy: fc.constantFrom(undefined, undefined, undefined, 'static' as const, 'dynamic' as const),
  audit: fc.constantFrom(undefined, undefined, undefined, undefined, true, false),
  snat: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: wantedSnat }),
})

const modify = (changes: typeof change): fc.Arbitrary<Step> =>
  step('ModifySmartAccessGateway', changes, async (given, reference, world) => {
    const SmartAGId = siteId(reference, given.site)
    const site = reference.sites.get(SmartAGId)
    const params: Record<string, string | undefined> = {
      SmartAGId,
      Name: given.name,
      CidrBlock: given.blocks?.join(','),
      RoutingStrategy: given.strategy,
      EnableSoftwareConnectionAudit: given.audit?.toString(),
    }
    given.snat?.forEach((entry, index) => {
      params[`SnatEntries.${index + 1}.CidrBlock`] = entry.source
      params[`SnatEntries.${index + 1}.SnatIp`] = entry.ip
    })
    const refusal = valueProblem(given) ?? changeProblem(reference, SmartAGId, given)
    if ((await attempt(world, modifySmartAccessGateway, params, refusal)) === undefined || site === undefined) return

    if (given.name !== undefined) site.name = given.name
    if (given.strategy !== undefined) site.dynamic = given.strategy === 'dynamic'
    if (given.blocks !== undefined) {
      site.blocks = given.blocks
      const pool = clientAddresses(site.blocks)
      for (const [name, address] of site.sessions) if (!pool.includes(address)) site.sessions.delete(name)
    }
    if (given.snat === undefined) return
    // Which free address was taken is the service's affair; that it was free is the invariants'.
    const placed = snatRows(await tablesOf(world.harness), SmartAGId)
    const network = reference.networks.get(site.ccn ?? '')
    expect(new Set([...placed.values()].map((entry) => entry.ip)).size).toBe(given.snat.length)
    for (const wanted of given.snat) {
      const entry = [...placed.values()].find((other) => other.source === wanted.source)
      if (wanted.ip === undefined) expect(holdsAddress(network?.snatRange ?? [], entry?.ip ?? 0)).toBe(true)
      else expect(entry?.ip).toBe(addressOf(wanted.ip))
    }
    for (const id of site.snat.keys()) if (!placed.has(id)) reference.gone.add(id)
    site.snat.clear()
    for (const [id, entry] of placed) site.snat.set(id, entry)
  })

function valueProblem({ name, blocks: wanted, snat }: Change): string | undefined {
  if (name === '1st') return 'InvalidName'
  const text = wanted?.join(',') ?? ''
  if (text in wrong) return wrong[text as keyof typeof wrong]
  if (wanted !== undefined && anyMeetWithin(wanted)) return 'CidrConflict'
  return snat !== undefined && anyMeetWithin(snat.map((entry) => entry.source)) ? 'SAG.InvalidSnatCidr' : undefined
}

function changeProblem(reference: Reference, id: string, given: Change): string | undefined {
  const site = reference.sites.get(id)
  if (site === undefined) return id === reference.foreign.site ? 'Forbidden' : 'SAG.InstanceNoFound'
  const isHardware = site.kind === 'hardware'
  const state = stateOf(site, reference.now)
  if (state === 'idle') return isHardware ? 'SmartAccessGatewayNotActivated' : 'SAG.NoActive'
  if (state === 'expired') return isHardware ? 'SmartAccessGatewayInArrears' : 'SAG.Arrearage'

  const isApp = site.kind === 'app'
  if (isApp ? given.strategy === 'dynamic' || given.snat !== undefined : given.audit === true) return 'ActionNotSupport'
  if (given.strategy === 'dynamic' && site.devices.some((serial) => isOld(reference, serial)))
    return 'FeatureNotSupport'
  const isDynamic = given.strategy === undefined ? site.dynamic : given.strategy === 'dynamic'
  if (given.blocks !== undefined) {
    if (isDynamic) return 'SAG.NotAllowConfigCidr'
    const problem = blocksProblem(reference, id, site, given.blocks, given.snat !== undefined)
    if (problem !== undefined) return problem
  }
  const network = reference.networks.get(site.ccn ?? '')
  if (network === undefined)
    return given.audit === true || given.snat !== undefined ? 'SmartAccessGatewayNotBind' : undefined
  return given.snat === undefined ? undefined : snatProblem(reference, id, site, network, given)
}

function blocksProblem(
  reference: Reference,
  id: string,
  site: Site,
  wanted: readonly string[],
  replacesSnat: boolean,
): string | undefined {
  if (wanted.length > 10) return 'SAG.CidrAmountLimit'
  const usable = wanted.map(spanOf).reduce((sum, { first, last }) => sum + Math.max(0, last - first - 2), 0)
  if (site.kind === 'app' && usable < site.room) return 'SAG.IpCountTooLittle'
  const others = site.ccn === undefined ? [] : members(reference, site.ccn, id)
  if (others.some((other) => anyMeet(wanted, other.blocks))) return 'SAG.CidrOverlap'
  const network = reference.networks.get(site.ccn ?? '')
  if (network !== undefined) {
    if (network.range.length === 0 && site.kind === 'app') return 'SAG.CcnCidrNoConfig'
    if (network.range.length > 0 && !wanted.every((one) => liesIn(one, network.range))) {
      return 'SAG.InvalidCidr.NoBelongCcnCidr'
    }
    if (anyMeet(wanted, network.snatRange)) return 'SAG.ConflictCidr.CcnSnatCidr'
  }
  const used = snatIps(replacesSnat ? others : [site, ...others])
  return used.some((address) => holdsAddress(wanted, address)) ? 'SAG.ConflictSnatIp' : undefined
}

function snatProblem(
  reference: Reference,
  id: string,
  site: Site,
  { range, snatRange }: Network,
  { blocks: newBlocks, snat = [] }: Change,
): string | undefined {
  if (range.length === 0) return 'CCN.CidrEmpty'
  if (snatRange.length === 0) return 'CCN.SnatCidrNoConfig'
  const asked = snat.flatMap((entry) => (entry.ip === undefined ? [] : [addressOf(entry.ip)]))
  if (!asked.every((address) => holdsAddress(snatRange, address))) return 'SAG.InvalidSnatIp'
  if (
    anyMeet(
      snat.map((entry) => entry.source),
      snatRange,
    )
  )
    return 'CCN.SnatCidrConflict'

  const taken = new Set(snatIps(members(reference, site.ccn ?? '', id)))
  const own = newBlocks ?? site.blocks
  for (const address of asked) {
    if (taken.has(address) || holdsAddress(own, address)) return 'SAG.ConflictSnatIp'
    taken.add(address)
  }
  let toFind = 0
  for (const entry of snat) {
    if (entry.ip !== undefined) continue
    const before = [...site.snat.values()].find((other) => other.source === entry.source)?.ip
    if (before === undefined || taken.has(before) || !holdsAddress(snatRange, before)) toFind += 1
    else taken.add(before)
  }
  const free = snatRange.flatMap((one) => {
    const { first, last } = spanOf(one)
    return Array.from({ length: last - first - 1 }, (_, index) => first + 1 + index)
  })
  return free.filter((address) => !taken.has(address) && !holdsAddress(own, address)).length < toFind
    ? 'SAG.ConflictSnatIp'
    : undefined
}

function isOld({ devices }: Reference, serial: string | undefined): boolean {
  return serial !== undefined && devices.get(serial)?.old === true
}

const addEntry = step('AddSnatEntry', fc.record({ site: which, source, ip }), async (given, reference, world) => {
  const SmartAGId = siteId(reference, given.site)
  const site = reference.sites.get(SmartAGId)
  const entry: SnatEntry = { source: given.source, ip: addressOf(given.ip) }
  const refusal = ((): string | undefined => {
    if (site === undefined) return 'SAG.InstanceNoFound'
    const state = stateOf(site, reference.now)
    if (state === 'idle') return 'SmartAccessGatewayNotActivated'
    if (state === 'expired') return 'SmartAccessGatewayInArrears'
    if (site.kind === 'app' || isOld(reference, site.devices[0])) return 'FeatureNotSupport'
    if (isOld(reference, site.devices[1])) return 'FeatureNotSupportForStandBySmartAG'
    const before = [...site.snat.values()].map((other) => other.source)
    if (anyMeet([entry.source], before)) return 'SNAT.CidrConfigExist'
    const others = site.ccn === undefined ? [] : members(reference, site.ccn, SmartAGId)
    const network = reference.networks.get(site.ccn ?? '')
    const problem = entryProblem([entry], { network, others, blocks: site.blocks })
    if (problem !== undefined) return problem
    return snatIps([site]).includes(entry.ip) ? 'SAG.ConflictSnatIp' : undefined
  })()
  const params = { SmartAGId, CidrBlock: given.source, SnatIp: given.ip }
  const answer = await attempt(world, addSnatEntry, params, refusal)
  if (answer !== undefined) site?.snat.set(String(answer['InstanceId']), entry)
})

const deleteEntry = step(
  'DeleteSnatEntry',
  fc.record({ site: which, entry: fc.nat(2) }),
  async (given, reference, world) => {
    const SmartAGId = siteId(reference, given.site)
    const site = reference.sites.get(SmartAGId)
    const InstanceId = [...(site?.snat.keys() ?? [])][given.entry] ?? 'snat-unknown'
    const refusal = ((): string | undefined => {
      if (site === undefined) return 'SAG.InstanceNoFound'
      return site.snat.has(InstanceId) ? undefined : 'ParameterSagSnatId'
    })()
    if ((await attempt(world, deleteSnatEntry, { SmartAGId, InstanceId }, refusal)) === undefined) return
    site?.snat.delete(InstanceId)
    reference.gone.add(InstanceId)
  },
)

export const onSettings: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 12, arbitrary: modify(change) },
  { weight: 3, arbitrary: addEntry },
  { weight: 2, arbitrary: deleteEntry },
]

/** The site at this place gets one of these blocks and nothing else. */
export function aBlock(site: number, ...given: readonly string[]): fc.Arbitrary<Step> {
  const nothing = fc.constant(undefined)
  const others = { name: nothing, strategy: nothing, audit: nothing, snat: nothing }
  const one = fc.constantFrom(...given).map((wanted) => [wanted])
  return modify(fc.record({ ...others, site: fc.constant(site), blocks: one }))
}
