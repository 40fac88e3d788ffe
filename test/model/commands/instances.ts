import fc from 'fast-check'
import { expect } from 'vitest'
import { createSmartAccessGatewaySoftware } from '../../../packages/server/src/apis/smartag/client-users/create-smart-access-gateway-software.ts'
import { activateSmartAccessGateway } from '../../../packages/server/src/apis/smartag/instances/activate-smart-access-gateway.ts'
import { bindSerialNumber } from '../../../packages/server/src/apis/smartag/instances/bind-serial-number.ts'
import { createSmartAccessGateway } from '../../../packages/server/src/apis/smartag/instances/create-smart-access-gateway.ts'
import { deleteSmartAccessGateway } from '../../../packages/server/src/apis/smartag/instances/delete-smart-access-gateway.ts'
import { unbindSerialNumber } from '../../../packages/server/src/apis/smartag/instances/unbind-serial-number.ts'
import { day, endOf, monthsAfter, type Reference, type Site, startOf } from '../reference.ts'
import { type Step, siteId, step, which } from '../step.ts'
import { attempt, type World } from '../world.ts'

const mostSites = 6
const period = fc.constantFrom(1, 1, 12, 10)

function bought(kind: Site['kind'], given: Partial<Site>): Site {
  return {
    kind,
    owned: false,
    months: 1,
    paidAt: undefined,
    arrivedAt: undefined,
    activatedAt: undefined,
    endsAt: undefined,
    name: undefined,
    dynamic: false,
    blocks: [],
    ccn: undefined,
    snat: new Map(),
    room: 0,
    users: new Map(),
    sessions: new Map(),
    lists: new Map(),
    forwards: new Map(),
    devices: [],
    ...given,
  }
}

function paid(site: Site, now: number): void {
  site.paidAt = now
  if (site.kind === 'hardware' && site.owned) site.arrivedAt = now
}

const receiver = Object.fromEntries(
  ['Name', 'Country', 'State', 'City', 'District', 'Town', 'Address', 'Zip', 'Mobile', 'Email'].map((part) => [
    `Receiver${part}`,
    'x',
  ]),
)

interface Order {
  readonly kind: 'hardware' | 'vcpe'
  readonly owned: boolean
  readonly months: number
  readonly pay: boolean
  readonly activate: boolean
}

const anyOrder: fc.Arbitrary<Order> = fc.record({
  kind: fc.constantFrom('hardware', 'hardware', 'vcpe'),
  owned: fc.constantFrom(true, true, true, false),
  months: period,
  pay: fc.constantFrom(true, true, false),
  activate: fc.constantFrom(true, true, false),
})

const order = (orders: fc.Arbitrary<Order>): fc.Arbitrary<Step> =>
  step('CreateSmartAccessGateway', orders, async ({ kind, owned, months, pay, activate }, reference, world) => {
    if (reference.sites.size >= mostSites) return
    const params = {
      HardWareSpec: kind === 'vcpe' ? 'sag-vcpe' : 'sag-1000',
      HaType: 'warm_backup',
      ChargeType: 'PREPAY',
      Period: String(months),
      AutoPay: String(pay),
      AlreadyHaveSag: String(owned),
      BuyerMessage: 'x',
      ...receiver,
    }
    const answer = await attempt(world, createSmartAccessGateway, params, months === 10 ? 'InvalidPeriod' : undefined)
    if (answer === undefined) return
    const id = String(answer['SmartAGId'])
    const devices = (await world.harness.fleet.instanceById(id))?.devices.map(({ serial }) => serial) ?? []
    for (const serial of devices) reference.devices.set(serial, { old: false })
    const site = bought(kind, { owned, months, devices })
    if (pay) paid(site, reference.now)
    reference.sites.set(id, site)
    if (activate && site.arrivedAt !== undefined) {
      await attempt(world, activateSmartAccessGateway, { SmartAGId: id }, undefined)
      site.activatedAt = reference.now
    }
  })

const room = fc.integer({ min: 1, max: 3 })
const anyAppOrder = fc.record({ months: period, pay: fc.constantFrom(true, true, false), room })

const orderApp = (orders: typeof anyAppOrder): fc.Arbitrary<Step> =>
  step('CreateSmartAccessGatewaySoftware', orders, async ({ months, pay, room }, reference, world) => {
    if (reference.sites.size >= mostSites) return
    const params = {
      ChargeType: 'PREPAY',
      Period: String(months),
      AutoPay: String(pay),
      UserCount: String(room),
      DataPlan: '5',
    }
    const refusal = months === 10 ? 'InvalidPeriod' : undefined
    const answer = await attempt(world, createSmartAccessGatewaySoftware, params, refusal)
    if (answer === undefined) return
    const site = bought('app', { months, room })
    if (pay) paid(site, reference.now)
    reference.sites.set(String(answer['SmartAGId']), site)
  })

const pay = step('pay', which, async (place, reference, { harness }) => {
  const id = siteId(reference, place)
  const site = reference.sites.get(id)
  if (site === undefined) return
  expect(await harness.fleet.advanceOrder(id, 'pay', reference.now)).toBe(site.paidAt === undefined ? 'done' : 'notNow')
  if (site.paidAt === undefined) paid(site, reference.now)
})

const renew = step('renew', which, async (place, reference, { harness }) => {
  const id = siteId(reference, place)
  const site = reference.sites.get(id)
  if (site === undefined) return
  expect(await harness.fleet.renew(id, 1, reference.now)).toBe('done')
  const end = endOf(site, reference.now)
  if (end === undefined) site.months += 1
  else site.endsAt = monthsAfter(Math.max(end, reference.now), 1)
})

function pass(days: number, reference: Reference, { harness }: World): void {
  reference.now += days * day
  harness.now = reference.now
}

const wait = step('wait', fc.constantFrom(1, 8, 16, 32), async (...given) => pass(...given))

// Long enough for most to be deleted, now and then.
const anyDeletion = fc.record({ site: which, after: fc.constantFrom(0, 45) })

const activate = step('ActivateSmartAccessGateway', which, async (place, reference, world) => {
  const SmartAGId = siteId(reference, place)
  const site = reference.sites.get(SmartAGId)
  const isPossible =
    site?.kind === 'hardware' && site.arrivedAt !== undefined && startOf(site, reference.now) === undefined
  const refusal = isPossible ? undefined : 'SmartAccessGatewayActivateFailed'
  await attempt(world, activateSmartAccessGateway, { SmartAGId }, refusal)
  if (isPossible) site.activatedAt = reference.now
})

const remove = step('DeleteSmartAccessGateway', anyDeletion, async (given, reference, world) => {
  pass(given.after, reference, world)
  const InstanceId = siteId(reference, given.site)
  const site = reference.sites.get(InstanceId)
  const refusal = ((): string | undefined => {
    if (site === undefined) return 'SAG.InstanceNoFound'
    const end = endOf(site, reference.now)
    if (site.kind !== 'hardware' || end === undefined || reference.now < end + 7 * day) return 'ActionNotSupport'
    return site.ccn === undefined ? undefined : 'ResourceInOperating'
  })()
  if ((await attempt(world, deleteSmartAccessGateway, { InstanceId }, refusal)) === undefined) return
  reference.sites.delete(InstanceId)
  for (const id of [InstanceId, ...(site?.snat.keys() ?? [])]) reference.gone.add(id)
})

const onDevice = fc.record({ site: which, device: fc.integer({ min: -1, max: 5 }) })

function serialAt({ devices }: Reference, place: number): string {
  return [...devices.keys()][place < 0 ? -1 : place % devices.size] ?? 'sagunknown'
}

const bind = step('BindSerialNumber', onDevice, async (given, reference, world) => {
  const SmartAGId = siteId(reference, given.site)
  const SerialNumber = serialAt(reference, given.device)
  const site = reference.sites.get(SmartAGId)
  const isBound = [...reference.sites.values()].some(({ devices }) => devices.includes(SerialNumber))
  const refusal = ((): string | undefined => {
    if (site === undefined) return 'SAG.InstanceNoFound'
    if (!reference.devices.has(SerialNumber)) return 'SAG.InvalidSerialNumber'
    if (site.devices.includes(SerialNumber)) return undefined
    if (site.kind === 'app' || site.devices.length >= 2) return 'SAG.SnOverLimit'
    return isBound ? 'SAG.SnConflict' : undefined
  })()
  const answer = await attempt(world, bindSerialNumber, { SmartAGId, SerialNumber }, refusal)
  if (answer === undefined || site === undefined || site.devices.includes(SerialNumber)) return
  site.devices = [...site.devices, SerialNumber]
})

const unbind = step('UnbindSerialNumber', onDevice, async (given, reference, world) => {
  const SmartAGId = siteId(reference, given.site)
  const site = reference.sites.get(SmartAGId)
  // Mostly one it has.
  const SerialNumber = site?.devices[given.device] ?? serialAt(reference, given.device)
  const refusal = ((): string | undefined => {
    if (site === undefined) return 'SAG.InstanceNoFound'
    return site.devices.includes(SerialNumber) ? undefined : 'SAG.InvalidSerialNumber'
  })()
  if ((await attempt(world, unbindSerialNumber, { SmartAGId, SerialNumber }, refusal)) === undefined) return
  if (site !== undefined) site.devices = site.devices.filter((serial) => serial !== SerialNumber)
})

export const onInstances: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 4, arbitrary: order(anyOrder) },
  { weight: 3, arbitrary: orderApp(anyAppOrder) },
  { weight: 2, arbitrary: pay },
  { weight: 2, arbitrary: renew },
  { weight: 2, arbitrary: wait },
  { weight: 1, arbitrary: activate },
  { weight: 4, arbitrary: remove },
  { weight: 3, arbitrary: bind },
  { weight: 2, arbitrary: unbind },
]

export const aGateway: fc.Arbitrary<Step> = order(
  fc.constantFrom(
    { kind: 'hardware', owned: true, months: 1, pay: true, activate: true },
    { kind: 'vcpe', owned: false, months: 12, pay: true, activate: false },
  ),
)

export const anApp: fc.Arbitrary<Step> = orderApp(
  fc.record({ months: fc.constantFrom(1, 12), pay: fc.constant(true), room }),
)
