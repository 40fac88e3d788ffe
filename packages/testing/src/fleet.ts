import { randomBytes } from 'node:crypto'
import type { Disk, SimulatedFleet } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import type { SmartagClient } from '@opensag/smartag-client'
import { type FaultyBox, faultyBox } from './faulty-box.ts'
import { type OwnGateway, testGateway } from './gateway.ts'
import type { GatewaySpec, OpenSag, StartOptions } from './types.ts'

const dayMs = 86_400_000

/** The boxes of a fleet, each made when its gateway first starts. */
export interface Boxes {
  of(serial: string, disk: Disk): FaultyBox
  get(serial: string): FaultyBox
  repair(): void
}

export function createBoxes(): Boxes {
  const boxes = new Map<string, FaultyBox>()
  return {
    of(serial, disk) {
      const box = boxes.get(serial) ?? faultyBox(disk)
      boxes.set(serial, box)
      return box
    },
    get(serial) {
      const box = boxes.get(serial)
      if (box === undefined) throw new Error(`There is no gateway ${serial}.`)
      return box
    },
    repair() {
      for (const box of boxes.values()) box.repair()
    },
  }
}

export interface FleetContext {
  readonly fleet: SimulatedFleet
  readonly boxes: Boxes
  readonly operator: OpenSag['operator']
  readonly client: SmartagClient
  readonly regionId: string
  /** Milliseconds by which the clock is behind from now on. */
  readonly setBehind: (milliseconds: number) => void
}

export function specsOf(fleet: StartOptions['fleet'] = 1): readonly GatewaySpec[] {
  const specs = typeof fleet === 'number' ? Array.from({ length: fleet }, (): GatewaySpec => ({})) : fleet
  for (const { name, password, passwordAgeDays } of specs) {
    if (passwordAgeDays !== undefined && password === undefined)
      throw new TypeError(`${name ?? 'A gateway'}: passwordAgeDays needs a password.`)
    if (passwordAgeDays !== undefined && !(passwordAgeDays >= 0 && passwordAgeDays <= 3650))
      throw new TypeError('passwordAgeDays: a number of days from 0 to 3650.')
  }
  return specs
}

/** How far in the past the oldest password was set. */
export function oldestMs(specs: readonly GatewaySpec[]): number {
  return Math.max(0, ...specs.map(({ passwordAgeDays = 0 }) => passwordAgeDays)) * dayMs
}

/**
 * Adds the gateways and sets their passwords, as calls do it: those of long ago by a clock that is behind, which only ever
 * goes forward. In the order of the specifications.
 */
export async function addFleet(specs: readonly GatewaySpec[], context: FleetContext): Promise<readonly OwnGateway[]> {
  const { CcnId: ccn } = await context.client.call('CreateCloudConnectNetwork', {
    RegionId: context.regionId,
    Name: 'test-network',
    CidrBlock: '10.0.0.0/8',
  })
  const gateways = await Promise.all(specs.map((spec, index) => addGateway({ spec, index, ccn }, context)))
  await context.fleet.allOnline()
  const ages = [...new Set(specs.map(({ passwordAgeDays = 0 }) => passwordAgeDays))].sort((a, b) => b - a)
  for (const age of ages) {
    context.setBehind(age * dayMs)
    const ofThisAge = gateways.filter((_, index) => (specs[index]?.passwordAgeDays ?? 0) === age)
    await Promise.all(ofThisAge.map((gateway) => setPassword(gateway, specs[gateways.indexOf(gateway)], context)))
  }
  context.setBehind(0)
  return gateways
}

async function addGateway(
  { spec, index, ccn }: { readonly spec: GatewaySpec; readonly index: number; readonly ccn: string | undefined },
  context: FleetContext,
): Promise<OwnGateway> {
  const { fleet, boxes, operator } = context
  const { name = `branch-${index + 1}`, model = 'sag-1000', cidr = blockOf(index) } = spec
  const serial = `sag${randomBytes(5).toString('hex')}`
  const asked = {
    name,
    model,
    cidr: [cidr],
    serial,
    ccn,
    ...(spec.firmware === undefined ? {} : { version: spec.firmware }),
  }
  const made = (await operator('gateway add', asked)) as Readonly<
    Record<'instanceId' | 'version' | 'enrolmentKey', string>
  >
  const { instanceId, version, enrolmentKey } = made
  await fleet.add({ serial, model, version, enrolmentKey: Secret.of(enrolmentKey) })
  return testGateway({ name, instanceId, serial, model }, { fleet, operator, box: boxes.get(serial) })
}

function blockOf(index: number): string {
  return `10.${1 + Math.floor(index / 256)}.${index % 256}.0/24`
}

/** By the operation that is for its model. */
async function setPassword(
  { instanceId, serial, model }: OwnGateway,
  spec: GatewaySpec | undefined,
  { client, regionId }: FleetContext,
): Promise<void> {
  if (spec?.password === undefined) return
  const { password: Password } = spec
  const call = model.startsWith('SCG5000')
    ? client.call('UpdateSmartAccessGatewayAdminPassword', {
        RegionId: regionId,
        SagInsId: instanceId,
        SagSn: serial,
        Password,
      })
    : client.call('ModifySAGAdminPassword', { RegionId: regionId, SmartAGId: instanceId, SmartAGSn: serial, Password })
  await call
}
