import { expect, test } from 'vitest'
import { probeTaskLimit } from '../../../model/probe-task.ts'
import { addBox } from '../../testing/box.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { change, setBlocks } from '../../testing/networks.suite.ts'
import { createServiceAddress } from '../device-access/create-service-address.ts'
import { deleteServiceAddress } from '../device-access/delete-service-address.ts'
import { modifySagLan } from '../ports/modify-sag-lan.ts'
import { createProbeTask as operation } from './create-probe-task.ts'
import { listProbeTask } from './list-probe-task.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const version = '2.7.0.0'
  const task = { Type: 'Intranet', Protocol: 'ICMP', Domain: '10.10.0.1', Enable: 'true' }
  const request = (SagId: string, Sn: string, more: Given = {}): Given => ({
    ...{ RegionId: regionId, SagId, Sn },
    ...task,
    ...more,
  })
  const refused = (more: Given = {}): Promise<string> =>
    world().refused(operation, request('sag-none', 'sagnone1', more))
  const place = async (): Promise<readonly [string, string]> => {
    const id = await world().addInstance()
    await setBlocks(world(), id, '10.1.0.0/24')
    return [id, await world().addDevice(id, { version })]
  }
  const added = async ([id, serial]: readonly [string, string], more: Given = {}): Promise<string> =>
    String((await world().call(operation, request(id, serial, more))).Data)
  const held = async ([id, serial]: readonly [string, string]) =>
    world().store.read(async (db) => {
      const row = await db
        .selectFrom('gateway_config')
        .select('config')
        .where('instance_id', '=', id)
        .executeTakeFirst()
      return JSON.parse(row?.config ?? '{}').own[serial]?.probeTasks
    })

  test('adds the task, and its gateway holds it, from the address it has in its first block', async () => {
    const at = await place()
    const id = await added(at, { TaskName: 'ping' })
    expect(id).toMatch(/^probe-[a-z0-9]{18}$/)
    expect(await held(at)).toEqual([
      { id, generation: 1, protocol: 'icmp', from: '10.1.0.1', to: '10.10.0.1', count: 10 },
    ])
    expect(world().told).toContain(at[1])
    const { Data } = await world().call(listProbeTask, { RegionId: regionId })
    expect(Data).toMatchObject([
      { ProbeTaskId: id, TaskName: 'ping', PacketNumber: 10, Enable: true, Type: 'Intranet' },
    ])
  })

  test('where the port to the branch was given another address, the probes come from that, as long as it is in the block', async () => {
    const id = await world().addInstance()
    await setBlocks(world(), id, '10.1.0.0/24')
    const at = [id, await addBox(world(), id, { version })] as const
    await added(at)
    const lan = { PortName: '4', IPType: 'DHCP', IP: '10.1.0.130', Mask: '255.255.255.128' }
    await world().call(modifySagLan, { RegionId: regionId, SmartAGId: id, SmartAGSn: at[1], ...lan })
    expect(await held(at)).toMatchObject([{ from: '10.1.0.130' }])
    await setBlocks(world(), id, '10.2.0.0/24')
    await change(world(), ({ gatewayConfigs }) => gatewayConfigs.refresh(id))
    expect(await held(at)).toMatchObject([{ from: '10.2.0.1' }])
  })

  test('a task that is not enabled is kept, and the gateway is not told of it', async () => {
    const at = await place()
    await added(at, { Enable: 'false' })
    expect(await held(at)).toBeUndefined()
  })

  test('a task of the Internet has no address of the branch; TCP has its port, HTTP a URL', async () => {
    const at = await place()
    const internet = { Type: 'Internet', ProbeTaskSourceAddress: '10.9.9.9' }
    const tcp = { Protocol: 'TCP', Domain: 'www.example.com', Port: '443', PacketNumber: '60' }
    const id = await added(at, { ...internet, ...tcp })
    expect(await held(at)).toEqual([
      { id, generation: 1, protocol: 'tcp', to: 'www.example.com', port: 443, count: 60 },
    ])
    const other = await place()
    const http = { Protocol: 'HTTP', Domain: 'https://www.example.com/a?b', Port: '1', PacketNumber: '1' }
    expect(await held(other)).toBeUndefined()
    const its = await added(other, { ...internet, ...http })
    expect(await held(other)).toEqual([
      { id: its, generation: 1, protocol: 'http', to: 'https://www.example.com/a?b', count: 1 },
    ])
  })

  test('a service address of the device is a source; while a task comes from it, it is not deleted', async () => {
    const at = await place()
    const address = { RegionId: regionId, SagId: at[0], Sn: at[1], AddressType: 'ProbeTask', Address: '10.77.0.1' }
    const source = { ProbeTaskSourceAddress: '10.77.0.1' }
    expect(await world().refused(operation, request(...at, source))).toBe('ResourceInOperating')
    await world().call(createServiceAddress, address)
    await added(at, source)
    expect(await held(at)).toMatchObject([{ from: '10.77.0.1' }])
    expect(await world().refused(deleteServiceAddress, address)).toBe('ServiceAddressInUse')
  })

  test.each([
    ['InvalidName', { TaskName: '1' }],
    ['InvalidProbeProtocol', { Protocol: 'UDP' }],
    ['InvalidProbeProtocol', { Protocol: 'HTTP', Domain: 'http://10.10.0.1/' }],
    ['InvalidProbeDomain', { Domain: '127.0.0.1' }],
    ['InvalidProbeDomain', { Domain: '300.1.1.1' }],
    ['InvalidProbeDomain', { Domain: 'a b' }],
    ['InvalidProbeDomain', { Domain: '-x.example.com' }],
    ['InvalidProbeDomain', { Type: 'Internet', Protocol: 'HTTP', Domain: 'www.example.com' }],
    ['InvalidProbeDomain', { Type: 'Internet', Protocol: 'HTTP', Domain: 'ftp://www.example.com' }],
    ['InvalidProbeDomain', { Type: 'Internet', Protocol: 'HTTP', Domain: 'http://user:word@www.example.com' }],
    ['InvalidProbeDomain', { Type: 'Internet', Protocol: 'HTTP', Domain: 'http://127.1/' }],
    ['InvalidProbeDomain', { Type: 'Internet', Protocol: 'HTTP', Domain: 'http://[::1]/' }],
    ['InvalidProbePort', { Protocol: 'TCP' }],
    ['InvalidProbePort', { Protocol: 'TCP', Port: '65536' }],
    ['InvalidPacketNumber', { PacketNumber: '61' }],
    ['InvalidType', { Type: 'Extranet' }],
    ['MissingDomain', { Domain: '' }],
    ['MissingEnable', { Enable: '' }],
    ['InvalidRegionID', { RegionId: 'mars' }],
  ])('%s: %j', async (code, more) => {
    expect(await refused(more)).toBe(code)
  })

  test('InstanceNotExit: an instance of another account, in another region, or a device of another one', async () => {
    const [id, serial] = await place()
    const theirs = await world().addInstance({ accountId: otherAccountId })
    const foreign = await world().addDevice(theirs, { version })
    expect(await world().refused(operation, request(theirs, foreign))).toBe('InstanceNotExit')
    expect(await world().refused(operation, request(id, foreign))).toBe('InstanceNotExit')
    expect(await world().refused(operation, request(id, serial, { RegionId: 'cn-hangzhou' }))).toBe('InstanceNotExit')
  })

  test('FeatureNotSupport: an older firmware, or another box', async () => {
    const id = await world().addInstance()
    const older = await world().addDevice(id, { version: '2.6.9.9' })
    expect(await world().refused(operation, request(id, older))).toBe('FeatureNotSupport')
    const small = await world().addInstance({ spec: 'sag-100wm' })
    const box = await world().addDevice(small, { model: 'sag-100wm', version })
    expect(await world().refused(operation, request(small, box))).toBe('FeatureNotSupport')
  })

  test('ResourceInOperating: one more than a device may have', async () => {
    const at = await place()
    for (let count = 0; count < probeTaskLimit; count++) await added(at)
    expect(await world().refused(operation, request(...at))).toBe('ResourceInOperating')
  })
})
