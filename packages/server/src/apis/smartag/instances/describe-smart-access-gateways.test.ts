import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, putInto } from '../../testing/networks.suite.ts'
import { describeSmartAccessGateways as operation } from './describe-smart-access-gateways.ts'

interface Listed {
  readonly TotalCount: number
  readonly PageNumber: number
  readonly PageSize: number
  readonly SmartAccessGateways: { readonly SmartAccessGateway: readonly Readonly<Record<string, unknown>>[] }
}

testOperation(operation, (world) => {
  async function list(params: Readonly<Record<string, string>> = {}): Promise<Listed> {
    const answer = toWire(operation.result, await world().call(operation, { RegionId: regionId, ...params }))
    return answer as unknown as Listed
  }

  async function ids(params: Readonly<Record<string, string>> = {}): Promise<readonly unknown[]> {
    return (await list(params)).SmartAccessGateways.SmartAccessGateway.map(({ SmartAGId }) => SmartAGId)
  }

  test('shows each instance with its devices', async () => {
    const id = await world().addInstance({ name: 'branch', maxBandwidth: 50 })
    const active = await world().addDevice(id)
    const standby = await world().addDevice(id, { version: '2.3.0.0' })
    expect(await list()).toEqual({
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      SmartAccessGateways: {
        SmartAccessGateway: [
          {
            SmartAGId: id,
            SmartAGUid: 1210123456123456,
            Name: 'branch',
            Status: 'Init',
            HardwareVersion: 'sag-1000',
            CreateTime: Date.UTC(2024, 0, 31, 12),
            EndTime: Date.UTC(2025, 0, 31, 12),
            MaxBandwidth: '50 M',
            RoutingStrategy: 'static',
            SecurityLockThreshold: 0,
            SerialNumber: `${active},${standby}`,
            SoftwareVersion: '2.3.1.1',
            BackupSoftwareVersion: '2.3.0.0',
            IpsecStatus: 'down',
            VpnStatus: 'down',
            Links: { Link: [] },
            DpiStatus: 'Off',
            DpiMonitorStatus: 'Inactive',
            EnableAdvancedMonitor: false,
          },
        ],
      },
    })
  })

  test('is an empty list when nothing matches', async () => {
    expect(await list({ SmartAGId: 'sag-none' })).toEqual({
      TotalCount: 0,
      PageNumber: 1,
      PageSize: 10,
      SmartAccessGateways: { SmartAccessGateway: [] },
    })
  })

  test("shows the caller's own instances only, in the region asked for, or in all", async () => {
    const here = await world().addInstance()
    const there = await world().addInstance({ regionId: 'cn-hangzhou', createdAt: world().now - 1 })
    await world().addInstance({ accountId: otherAccountId })
    expect(await ids()).toEqual([here])
    expect(await ids({ RegionId: '' })).toEqual([here, there])
  })

  test('pages through all of them, the newest first', async () => {
    const added: string[] = []
    for (let age = 0; age < 12; age += 1) {
      added.push(await world().addInstance({ state: 'unpaid', createdAt: world().now - age }))
    }
    expect(await ids()).toEqual(added.slice(0, 10))
    expect(await ids({ PageNumber: '2' })).toEqual(added.slice(10))
    expect(await ids({ PageNumber: '3', PageSize: '5' })).toEqual(added.slice(10))
    expect(await ids({ PageSize: '50', Status: 'INIT' })).toEqual(added)
    const derived = await list({ PageNumber: '3', PageSize: '5', Status: 'Init' })
    expect(derived).toMatchObject({ TotalCount: 12, PageNumber: 3, PageSize: 5 })
    expect(derived.SmartAccessGateways.SmartAccessGateway).toHaveLength(2)
    expect(await ids({ PageNumber: '4', PageSize: '5' })).toEqual([])
  })

  test.each([
    ['PageSize', '0'],
    ['PageSize', '51'],
    ['PageNumber', '0'],
    ['PageNumber', 'first'],
    ['Status', 'Arrearage'],
    ['BusinessState', 'normal'],
    ['InstanceType', 'vcpe'],
    ['HardwareType', 'sag-vcpe'],
    ['SoftwareVersion', 'newest'],
    ['VersionComparator', '>'],
    ['CanAssociateQos', 'maybe'],
    ['Name', '-'],
  ])('Invalid%s: %s', async (name, value) => {
    expect(await world().refused(operation, { [name]: value })).toBe(`Invalid${name}`)
  })

  test('filters by id, one or any of several', async () => {
    const [a, b, c] = [await world().addInstance(), await world().addInstance(), await world().addInstance()]
    expect(await ids({ SmartAGId: a })).toEqual([a])
    expect(new Set(await ids({ 'SmartAGIds.1': a, 'SmartAGIds.2': c }))).toEqual(new Set([a, c]))
    expect(await ids({ SmartAGId: a, 'SmartAGIds.1': a, 'SmartAGIds.2': c })).toEqual([a])
    expect(await ids({ SmartAGId: b, 'SmartAGIds.1': a })).toEqual([])
  })

  test('filters by name and serial number, exactly', async () => {
    const a = await world().addInstance({ name: 'branch-a' })
    await world().addInstance({ name: 'branch-ab' })
    const serial = await world().addDevice(a)
    await world().addDevice()
    expect(await ids({ Name: 'branch-a' })).toEqual([a])
    expect(await ids({ SerialNumber: serial })).toEqual([a])
    expect(await ids({ SerialNumber: serial.slice(0, -1) })).toEqual([])
    expect(await ids({ SerialNumber: await world().addDevice() })).toEqual([])
  })

  test('filters by kind, where a vCPE counts as hardware, and by specification', async () => {
    const box = await world().addInstance({ spec: 'sag-100wm', createdAt: world().now })
    const vcpe = await world().addInstance({ kind: 'vcpe', createdAt: world().now - 1 })
    const app = await world().addInstance({ kind: 'app', createdAt: world().now - 2 })
    expect(await ids({ InstanceType: 'hardware' })).toEqual([box, vcpe])
    expect(await ids({ InstanceType: 'software' })).toEqual([app])
    expect(await ids({ HardwareType: 'sag-100wm' })).toEqual([box])
    expect(await ids({ HardwareType: 'sag-1000' })).toEqual([])
  })

  test('filters by derived status', async () => {
    const states = ['unpaid', 'ordered', 'delivered', 'received', 'activated', 'returning'] as const
    const byState = new Map<string, string>()
    for (const state of states) byState.set(state, await world().addInstance({ state }))
    const app = await world().addInstance({ kind: 'app' })
    expect(await ids({ Status: 'Ordered' })).toEqual([byState.get('ordered')])
    expect(await ids({ Status: 'Delivered' })).toEqual([byState.get('delivered')])
    expect(await ids({ Status: 'Received' })).toEqual([byState.get('received')])
    expect(await ids({ Status: 'Returning' })).toEqual([byState.get('returning')])
    expect(await ids({ Status: 'Active' })).toEqual([app])
    expect(await ids({ Status: 'Offline' })).toEqual([])
    expect(new Set(await ids({ Status: 'init' }))).toEqual(new Set([byState.get('unpaid'), byState.get('activated')]))
  })

  test('shows the network an instance is in, and filters by its id and by its name', async () => {
    const [east, west] = [await addCcn(world(), { name: 'east' }), await addCcn(world(), { name: 'west' })]
    const nameless = await addCcn(world())
    const [a, b, c] = [await world().addInstance(), await world().addInstance(), await world().addInstance()]
    await world().addInstance()
    await world().addDevice(a)
    await putInto(world(), a, east)
    await putInto(world(), b, west)
    await putInto(world(), c, nameless)
    expect(await ids({ AssociatedCcnId: east })).toEqual([a])
    expect(await ids({ AssociatedCcnName: 'west' })).toEqual([b])
    expect(await ids({ AssociatedCcnId: east, AssociatedCcnName: 'west' })).toEqual([])
    expect(await ids({ Status: 'Active' })).toEqual([a])
    expect(new Set(await ids({ Status: 'Offline' }))).toEqual(new Set([b, c]))
    const [shown] = (await list({ SmartAGId: a })).SmartAccessGateways.SmartAccessGateway
    expect(shown).toMatchObject({
      AssociatedCcnId: east,
      AssociatedCcnName: 'east',
      Status: 'Active',
      IpsecStatus: 'up',
      VpnStatus: 'up',
    })
    const [other] = (await list({ SmartAGId: c })).SmartAccessGateways.SmartAccessGateway
    expect(other).toMatchObject({ AssociatedCcnId: nameless, Status: 'Offline', IpsecStatus: 'down' })
    expect(other).not.toHaveProperty('AssociatedCcnName')
  })

  test('filters by business state', async () => {
    const [ended, running] = [await world().addInstance({ periodMonths: 1 }), await world().addInstance()]
    world().now += 40 * day
    expect(await ids({ BusinessState: 'Arrearage' })).toEqual([ended])
    expect(await ids({ BusinessState: 'Normal' })).toEqual([running])
    expect((await list({ BusinessState: 'Arrearage' })).SmartAccessGateways.SmartAccessGateway[0]?.Status).toBe(
      'Arrearage',
    )
  })

  test('compares versions number by number; instances without one never match', async () => {
    const [old, recent] = [await world().addInstance(), await world().addInstance()]
    await world().addInstance()
    await world().addDevice(old, { version: '2.9.0.0' })
    await world().addDevice(recent, { version: '2.10.0.0' })
    expect(await ids({ SoftwareVersion: '2.9', VersionComparator: 'greater' })).toEqual([recent])
    expect(await ids({ SoftwareVersion: '2.10.0.0', VersionComparator: 'less' })).toEqual([old])
    expect(await ids({ SoftwareVersion: '2.10.0.0' })).toEqual([recent])
    expect(await ids({ VersionComparator: 'greater' })).toHaveLength(3)
  })

  test('a filter on what no instance has matches nothing; one on not having it matches all', async () => {
    const id = await world().addInstance()
    for (const name of ['AssociatedCcnId', 'AssociatedCcnName', 'AclIds', 'ResourceGroupId']) {
      expect(await ids({ [name]: 'any' })).toEqual([])
    }
    expect(await ids({ UnboundAclIds: 'acl-1,acl-2' })).toEqual([id])
  })
})
