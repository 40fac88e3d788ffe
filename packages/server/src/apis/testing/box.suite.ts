// Support for the tests of operations: devices that have said what they are as boxes.
import type { BoxReport, WireRoute } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { saveRoutes } from '../../store/routes/reports.ts'
import type { Operation } from '../operation.ts'
import type { Harness } from './harness-on.suite.ts'
import { day, otherAccountId, regionId } from './names.suite.ts'

type Params = Readonly<Record<string, string>>

/** A large box as it leaves the factory, and small ones and newer ones as far as a test asks. */
export const factoryBox: BoxReport = {
  ports: [
    { name: '0', mac: '02:00:00:00:00:10', isUp: false, role: 'NONE' },
    { name: '2', mac: '02:00:00:00:00:12', isUp: false, role: 'MGT' },
    { name: '4', mac: '02:00:00:00:00:14', isUp: true, role: 'LAN' },
    { name: '5', mac: '02:00:00:00:00:15', isUp: true, role: 'WAN' },
  ],
  wan: [{ port: '5', type: 'STATIC', ip: '203.0.113.5', length: 29, gateway: '203.0.113.1', isActive: true }],
  lan: [{ port: '4', type: 'DHCP', ip: '10.1.0.1', length: 24, start: '10.1.0.2', end: '10.1.0.254', lease: 2 }],
  snat: false,
  dns: { current: ['203.0.113.53', '203.0.113.54'] },
  management: { ip: '192.168.0.1', length: 24 },
  wifi: {
    isOn: true,
    ssid: 'branch',
    isBroadcast: true,
    channel: 6,
    bandwidth: '20 MHz',
    authentication: 'WPA2-PSK',
    cipher: 'AES',
  },
  routing: {
    protocol: 'OSPF',
    ports: [
      { port: '5', vlan: 0, protocol: 'STATIC', isUp: false },
      { port: '4', vlan: 0, protocol: 'OSPF', isUp: true, neighbor: '10.1.0.250' },
    ],
    ospf: { routerId: '10.1.0.1', area: 86, hello: 3, dead: 10, authentication: 'MD5', md5KeyId: 7, hasMd5Key: true },
    bgp: { routerId: '10.1.0.1', as: 12_345, keepAlive: 3, hold: 9 },
  },
  modem: { status: 'Normal', strength: 'Middle', ip: '10.77.0.2', mac: '02:00:00:00:00:99', isActive: true },
  refused: [],
}

const capabilities = 'config-trial dnat qos flow-log box box-dns box-ports box-routing routes'

/** A device that has said what it is. */
export async function addBox(
  world: Harness,
  instanceId: string,
  given: Parameters<Harness['addDevice']>[1] = {},
  report: Partial<BoxReport> = {},
): Promise<string> {
  const said = { boxReport: JSON.stringify({ ...factoryBox, ...report }), boxReportedAt: world.now }
  return world.addDevice(instanceId, { capabilities, ...said, ...given })
}

/** It has taken the newest configuration, and says this of itself. */
export async function saysBox(
  world: Harness,
  instanceId: string,
  serial: string,
  report: Partial<BoxReport>,
): Promise<void> {
  await world.applyConfig(instanceId)
  const revision = (await world.fleet.instanceById(instanceId))?.configRevision ?? 1
  const said: BoxReport = { ...factoryBox, of: { instanceId, revision }, ...report }
  await world.setDevice(serial, { boxReport: JSON.stringify(said), boxReportedAt: world.now + 1 })
}

/** It says which routes it has. */
export function saysRoutes(world: Harness, serial: string, routes: readonly WireRoute[]): Promise<void> {
  return world.store.write((tx) => saveRoutes(tx, serial, routes, world.now))
}

interface Asked {
  readonly operation: Operation
  /** Beside the region, the instance and the device. */
  readonly more?: Params
  readonly kind?: { readonly model: 'sag-1000' | 'sag-100wm' }
  /** What the device says of itself, beside what it is from the factory. */
  readonly report?: Partial<BoxReport>
}

/** What a device is that cannot do it. */
type Lacking = NonNullable<Parameters<Harness['addDevice']>[1]>
const tooOld: Lacking = { version: '1.9.0.0' }

/** Of a query whether it shows, or of a change, that the model and the version can do it. */
const others = { 'sag-1000': 'sag-100wm', 'sag-100wm': 'sag-1000' } as const

/** What every query of a box answers, whatever it shows. @param alone only one of the models has it */
export function testQueriedBox(
  world: () => Harness,
  { operation, more = {}, kind = { model: 'sag-1000' } }: Asked,
  {
    alone = false,
    hasTasks = true,
    lacks = tooOld,
  }: { readonly alone?: boolean; readonly hasTasks?: boolean; readonly lacks?: Lacking } = {},
): void {
  const request = (SmartAGId: string, SmartAGSn: string): Params => ({
    RegionId: regionId,
    SmartAGId,
    SmartAGSn,
    ...more,
  })
  const refused = (id: string, serial: string): Promise<string> => world().refused(operation, request(id, serial))
  const added = (id: string, given: Lacking = {}): Promise<string> => addBox(world(), id, { ...kind, ...given })
  const stateOf = async (id: string, serial: string): Promise<unknown> => {
    const [task] = (await world().call(operation, request(id, serial))).TaskStates as readonly unknown[]
    return task
  }

  test('SAG.InstanceNoFound: unknown, or of another account', async () => {
    expect(await refused('sag-none', 'sag1')).toBe('SAG.InstanceNoFound')
    expect(await refused(await world().addInstance({ accountId: otherAccountId }), 'sag1')).toBe('SAG.InstanceNoFound')
  })

  test('SAG.SoftwareNotSupport: a remote-access service has no device', async () => {
    expect(await refused(await world().addInstance({ kind: 'app', state: 'received' }), 'x')).toBe(
      'SAG.SoftwareNotSupport',
    )
  })

  test('SmartAccessGatewayNotActivated and SmartAccessGatewayInArrears, before the device', async () => {
    const id = await world().addInstance({ state: 'received' })
    expect(await refused(id, 'sag1')).toBe('SmartAccessGatewayNotActivated')
    const expired = await world().addInstance({ periodMonths: 1 })
    world().now += 31 * day
    expect(await refused(expired, 'sag1')).toBe('SmartAccessGatewayInArrears')
  })

  test('InstanceNotExit: no device of the instance', async () => {
    const id = await world().addInstance()
    await added(id)
    expect(await refused(id, await added(await world().addInstance()))).toBe('InstanceNotExit')
  })

  test('FeatureNotSupport: an older version or a model that does not have it; of a pair both must', async () => {
    const id = await world().addInstance()
    const old = await added(id, lacks)
    expect(await refused(id, old)).toBe('FeatureNotSupport')
    const standby = await added(id)
    expect(await refused(id, standby)).toBe('FeatureNotSupportForActiveSmartAG')
    const second = await world().addInstance()
    const able = await added(second)
    await added(second, lacks)
    expect(await refused(second, able)).toBe('FeatureNotSupportForStandBySmartAG')
    for (const model of ['SCG5000', ...(alone ? [others[kind.model]] : [])] as const) {
      const other = await world().addInstance()
      expect(await refused(other, await addBox(world(), other, { model, version: '3.4.2.0' }))).toBe(
        'FeatureNotSupport',
      )
    }
  })

  test('a device that has said nothing and is away: SmartAccessGatewayOffline, or NotOnline where another one is connected', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { ...kind, connected: false })
    expect(await refused(id, serial)).toBe('SmartAccessGatewayOffline')
    await added(id)
    expect(await refused(id, serial)).toBe('SmartAccessGatewayNotOnline')
  })

  test('ConfigUnsynchronized: its console was used; a configuration that it gave up is no reason', async () => {
    const id = await world().addInstance()
    expect(await refused(id, await added(id, { synStatus: 'Unsynchronized' }))).toBe('ConfigUnsynchronized')
  })

  if (!hasTasks) return
  test('its task says how old the answer is, and why there is none', async () => {
    const id = await world().addInstance()
    const serial = await added(id)
    expect(await stateOf(id, serial)).toEqual({
      State: 'Succeed',
      ErrorCode: '200',
      ErrorMessage: 'Successful',
      CreateTime: String(world().now),
    })
    await world().setDevice(serial, { connected: false })
    expect(await stateOf(id, serial)).toMatchObject({
      State: 'Offline',
      ErrorCode: 'SmartAccessGatewayNotOnline',
      CreateTime: String(world().now),
    })
    const silent = await world().addInstance()
    const one = await world().addDevice(silent, { ...kind, capabilities })
    expect(await stateOf(silent, one)).toEqual({ State: 'TaskNotExist', ErrorCode: '202', ErrorMessage: 'Processing' })
    await world().setDevice(one, { capabilities: 'config-trial' })
    expect(await stateOf(silent, one)).toMatchObject({ State: 'VersionNotSupport', ErrorCode: 'FeatureNotSupport' })
  })
}

/** What every change of a box answers, whatever it sets. */
export function testChangedBox(
  world: () => Harness,
  { operation, more = {}, kind = { model: 'sag-1000' }, report = {} }: Asked,
  {
    noInstance,
    noDevice = 'Sag.DeviceNotExist',
    isAlone = false,
    isPaidFor = false,
    again,
    lacks = tooOld,
  }: {
    readonly noInstance: string
    readonly noDevice?: string
    readonly isAlone?: boolean
    readonly isPaidFor?: boolean
    /** What the same call is refused with after it was done; absent: it is done once more. */
    readonly again?: string
    readonly lacks?: Lacking
  },
): void {
  const request = (SmartAGId: string, SmartAGSn: string): Params => ({
    RegionId: regionId,
    SmartAGId,
    SmartAGSn,
    ...more,
  })
  const refused = (id: string, serial: string): Promise<string> => world().refused(operation, request(id, serial))
  const added = (id: string, given: Lacking = {}): Promise<string> => addBox(world(), id, { ...kind, ...given }, report)
  const call = (id: string, serial: string) => world().call(operation, request(id, serial))

  test(`${noInstance}: unknown, or of another account`, async () => {
    expect(await refused('sag-none', 'sag1')).toBe(noInstance)
    expect(await refused(await world().addInstance({ accountId: otherAccountId }), 'sag1')).toBe(noInstance)
  })

  test('SAG.SoftwareNotSupport: a remote-access service has no device', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }), 'x')).toBe('SAG.SoftwareNotSupport')
  })

  test(`${noDevice}: no device of the instance`, async () => {
    const id = await world().addInstance()
    expect(await refused(id, await added(await world().addInstance()))).toBe(noDevice)
  })

  test('FeatureNotSupport: an older version or model; of a pair both must; and a program that does not tell of ports', async () => {
    const id = await world().addInstance()
    const old = await added(id, lacks)
    if (!isAlone) expect(await refused(id, old)).toBe('FeatureNotSupport')
    const standby = await added(id)
    expect(await refused(id, standby)).toBe('FeatureNotSupportForActiveSmartAG')
    const second = await world().addInstance()
    const able = await added(second)
    await added(second, lacks)
    expect(await refused(second, able)).toBe('FeatureNotSupportForStandBySmartAG')
    const silent = await world().addInstance()
    expect(await refused(silent, await world().addDevice(silent, kind))).toBe('FeatureNotSupport')
  })

  test('a device that has said nothing: SmartAccessGatewayNotOnline while it is away, ResourceConfiguring while it is about to', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { ...kind, capabilities, connected: false })
    expect(await refused(id, serial)).toBe('SmartAccessGatewayNotOnline')
    await world().setDevice(serial, { connected: true })
    expect(await refused(id, serial)).toBe('ResourceConfiguring')
  })

  test('ConfigUnsynchronized, ConfigSynchronizing, ResourceInOperating, ResourceConfiguring: it is busy with something else', async () => {
    const id = await world().addInstance()
    const serial = await added(id, { synStatus: 'Unsynchronized' })
    expect(await refused(id, serial)).toBe('ConfigUnsynchronized')
    await world().setDevice(serial, { synStatus: 'Synchronizing' })
    expect(await refused(id, serial)).toBe('ConfigSynchronizing')
    await world().setDevice(serial, { synStatus: 'Synchronized', restartingSince: world().now })
    expect(await refused(id, serial)).toBe('ResourceInOperating')
    const other = await world().addInstance()
    expect(await refused(other, await added(other, { configOnTrial: true }))).toBe('ResourceConfiguring')
  })

  test(`its gateways are told; the same again is nothing, and it is no refusal that the device is away${isPaidFor ? '' : ' or in arrears'}`, async () => {
    const id = await world().addInstance({ periodMonths: 1 })
    const serial = await added(id)
    world().told.length = 0
    expect(await call(id, serial)).toEqual({})
    const revision = (await world().fleet.instanceById(id))?.configRevision
    expect(world().told).toEqual([serial])
    if (again === undefined) await call(id, serial)
    else expect(await refused(id, serial)).toBe(again)
    expect([(await world().fleet.instanceById(id))?.configRevision, world().told]).toEqual([revision, [serial]])
    const other = await world().addInstance({ periodMonths: 1 })
    const away = await added(other, { connected: false })
    if (isPaidFor) return void (await call(other, away))
    world().now += 31 * day
    await call(other, away)
  })
}
