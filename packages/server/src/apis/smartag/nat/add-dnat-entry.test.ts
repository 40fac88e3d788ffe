import { expect, test } from 'vitest'
import { dnatEntryLimit } from '../../../model/dnat.ts'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addSnat, addVbr, change, ip, setBlocks } from '../../testing/networks.suite.ts'
import { createServiceAddress } from '../device-access/create-service-address.ts'
import { addDnatEntry as operation } from './add-dnat-entry.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const entry = { IpProtocol: 'TCP', ExternalPort: '80', InternalIp: '192.168.0.9', InternalPort: '8080' }
  const intranet = { ...entry, ExternalIp: '10.255.0.1' }
  const request = (SagId: string, more: Given = {}): Given => ({ RegionId: regionId, SagId, ...intranet, ...more })
  const refused = (id: string, more: Given = {}): Promise<string> => world().refused(operation, request(id, more))
  const added = async (id: string, more: Given = {}): Promise<string> =>
    String((await world().call(operation, request(id, more))).DnatEntryId)

  async function without(id: string, name: string, value?: string): Promise<string> {
    const { [name]: _, ...rest } = request(id)
    return world().refused(operation, value === undefined ? rest : { ...rest, [name]: value })
  }

  test('adds the entry, in the CCN of the instance, and its gateways are told', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    const ccn = await addCcn(world(), {}, id)
    const DnatEntryId = await added(id)
    expect(DnatEntryId).toMatch(/^fwd-[a-z0-9]{18}$/)
    const [entries, inCcn] = await change(world(), async ({ addresses }) => [
      await addresses.dnatEntries(id),
      await addresses.dnatIpsOfOthers(ccn, { cidr: '', first: 0, last: 2 ** 32 - 1, length: 0 }, 'sag-none'),
    ])
    const stored = { id: DnatEntryId, instanceId: id, type: 'Intranet', protocol: 'tcp', createdAt: world().now }
    const from = { externalIp: ip('10.255.0.1'), externalPort: 80 }
    expect(entries).toEqual([{ ...stored, ...from, internalIp: ip('192.168.0.9'), internalPort: 8080 }])
    expect(inCcn).toEqual([ip('10.255.0.1')])
    expect(world().told).toContain(serial)
  })

  test('works while its gateways are away, for a vCPE, and without a device', async () => {
    const id = await world().addInstance({ kind: 'vcpe' })
    await world().addDevice(id, { model: 'sag-vcpe', version: '0.0.0.0', connected: false })
    await added(id)
    await added(await world().addInstance())
  })

  test.each([
    ['an entry of the Internet has no address: what is sent is not looked at', { Type: 'Internet', ExternalIp: 'x' }],
    ['words in any case, and all ports', { IpProtocol: 'aNY', ExternalPort: 'ANY', InternalPort: 'any' }],
    ['all ports of one protocol', { IpProtocol: 'udp', ExternalPort: 'any', InternalPort: 'Any' }],
    ['a public address outside, and a network’s inside', { ExternalIp: '1.0.0.2', InternalIp: '10.0.0.0' }],
    ['the ends of the range of ports', { ExternalPort: '1', InternalPort: '65535' }],
  ])('%s', async (_, more) => {
    await added(await world().addInstance(), more)
  })

  test('one address leads to several hosts by protocol and port, and one for all ports stands beside them', async () => {
    const id = await world().addInstance()
    await addCcn(world(), {}, id)
    await added(id)
    await added(id, { ExternalPort: '81' })
    await added(id, { IpProtocol: 'UDP' })
    await added(id, { IpProtocol: 'any', ExternalPort: 'any', InternalPort: 'any' })
    await added(id, { Type: 'Internet' })
    await added(await world().addInstance())
  })

  test.each(['RegionId', 'SagId'])('MissingParameter: no %s', async (name) => {
    expect(await without('sag-none', name)).toBe('MissingParameter')
    expect(await without('sag-none', name, ' ')).toBe('MissingParameter')
  })

  test.each(['IpProtocol', 'ExternalIp', 'ExternalPort', 'InternalIp', 'InternalPort'])(
    'MissingParam: no %s',
    async (name) => {
      expect(await without('sag-none', name)).toBe('MissingParam')
      expect(await without('sag-none', name, ' ')).toBe('MissingParam')
    },
  )

  test('InvalidRegionID: an unknown region', async () => {
    expect(await refused('sag-none', { RegionId: 'mars-1' })).toBe('InvalidRegionID')
  })

  test.each([
    [{ Type: 'intranet' }],
    [{ IpProtocol: 'sctp' }],
    [{ ExternalPort: '0' }],
    [{ ExternalPort: '65536' }],
    [{ InternalPort: '80-90' }],
    [{ InternalPort: '-1' }],
  ])('InvalidParameter: %j', async (more) => {
    expect(await refused('sag-none', more)).toBe('InvalidParameter')
  })

  test.each([
    [{ InternalIp: '300.1.1.1' }],
    [{ InternalIp: '127.0.0.1' }],
    [{ InternalIp: '0.0.0.0' }],
    [{ ExternalIp: '10.0.0.0/24' }],
    [{ ExternalIp: '224.0.0.1' }],
    [{ ExternalPort: 'any' }],
    [{ InternalPort: 'any' }],
    [{ IpProtocol: 'any' }],
  ])('IllegalParam: %j', async (more) => {
    expect(await refused('sag-none', more)).toBe('IllegalParam')
  })

  test('InvalidId.SMARTAG: unknown, or in another region', async () => {
    for (const id of ['sag-none', '', 'x'].filter((one) => one !== ''))
      expect(await refused(id)).toBe('InvalidId.SMARTAG')
    expect(await refused(await world().addInstance({ regionId: 'cn-hangzhou' }))).toBe('InvalidId.SMARTAG')
  })

  test('Forbidden: of another account', async () => {
    expect(await refused(await world().addInstance({ accountId: otherAccountId }))).toBe('Forbidden')
  })

  test('SmartAccessGatewayNotActivated: before activation', async () => {
    expect(await refused(await world().addInstance({ state: 'received' }))).toBe('SmartAccessGatewayNotActivated')
  })

  test('SmartAccessGatewayInArrears: expired', async () => {
    const id = await world().addInstance({ periodMonths: 1 })
    world().now += 31 * day
    expect(await refused(id)).toBe('SmartAccessGatewayInArrears')
  })

  test('FeatureNotSupport: a remote-access service, or any device too old for it', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }))).toBe('FeatureNotSupport')
    for (const versions of [['1.9.0.0'], ['2.0.0.0', '1.9.0.0']]) {
      const id = await world().addInstance({ spec: 'sag-100wm' })
      for (const version of versions) await world().addDevice(id, { model: 'sag-100wm', version })
      expect(await refused(id)).toBe('FeatureNotSupport')
    }
  })

  test('IllegalParam: the address lies in a block of the instance, or hides a range of it', async () => {
    const id = await world().addInstance()
    await setBlocks(world(), id, '10.1.0.0/24')
    await addSnat(world(), id, '10.1.0.0/25', '10.255.0.7')
    for (const ExternalIp of ['10.1.0.9', '10.255.0.7']) {
      expect(await refused(id, { ExternalIp })).toBe('IllegalParam')
    }
    await added(id, { ExternalIp: '10.255.0.8' })
  })

  test('IllegalParam: another member of the network has the address', async () => {
    const [id, member] = [await world().addInstance(), await world().addInstance()]
    const serial = await world().addDevice(member)
    await addCcn(world(), { cenId: 'cen-1' }, id, member)
    await setBlocks(world(), member, '10.2.0.0/24')
    await addSnat(world(), member, '192.168.2.0/24', '10.255.0.7')
    await added(member, { ExternalIp: '10.255.0.8' })
    const address = { RegionId: regionId, SagId: member, Sn: serial, AddressType: 'ProbeTask', Address: '10.255.0.9' }
    await world().call(createServiceAddress, address)
    await addVbr(world(), { cenId: 'cen-1', routes: '10.3.0.0/24' })
    for (const ExternalIp of ['10.2.0.9', '10.255.0.7', '10.255.0.8', '10.255.0.9', '10.3.0.9']) {
      expect(await refused(id, { ExternalIp })).toBe('IllegalParam')
    }
    await added(id, { ExternalIp: '10.255.0.10' })
  })

  test('IllegalParam: one more than an instance may have', async () => {
    const id = await world().addInstance()
    for (let count = 1; count <= dnatEntryLimit; count += 1) await added(id, { ExternalPort: String(count) })
    expect(await refused(id, { ExternalPort: '1000' })).toBe('IllegalParam')
    expect(await refused(id, { ExternalPort: '1' })).toBe('DuplicatedDnatEntry')
  })

  test('DuplicatedDnatEntry: the instance has one of that kind, address, protocol and port, wherever it leads', async () => {
    const id = await world().addInstance()
    await added(id)
    expect(await refused(id)).toBe('DuplicatedDnatEntry')
    expect(await refused(id, { InternalIp: '192.168.0.10', InternalPort: '1' })).toBe('DuplicatedDnatEntry')
    await added(id, { Type: 'Internet' })
    expect(await refused(id, { Type: 'Internet', ExternalIp: '10.9.9.9' })).toBe('DuplicatedDnatEntry')
    await added(id, { ExternalIp: '10.255.0.2' })
  })

  test('the earlier of two reasons answers', async () => {
    const bad = { IpProtocol: 'sctp', InternalIp: '300.1.1.1' }
    expect(await refused('sag-none', { ...bad, RegionId: 'mars-1', ExternalPort: '' })).toBe('InvalidRegionID')
    expect(await refused('sag-none', { ...bad, ExternalPort: '' })).toBe('MissingParam')
    expect(await refused('sag-none', bad)).toBe('InvalidParameter')
    const app = await world().addInstance({ kind: 'app', state: 'unpaid' })
    expect(await refused(app)).toBe('SmartAccessGatewayNotActivated')
  })
})
