import type { NetworkConfig, PopConfig } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { bindSmartAccessGateway } from '../../apis/smartag/ccn/bind-smart-access-gateway.ts'
import { modifyCloudConnectNetwork } from '../../apis/smartag/ccn/modify-cloud-connect-network.ts'
import { unbindSmartAccessGateway } from '../../apis/smartag/ccn/unbind-smart-access-gateway.ts'
import { modifySmartAccessGateway } from '../../apis/smartag/instances/modify-smart-access-gateway.ts'
import { unbindSerialNumber } from '../../apis/smartag/instances/unbind-serial-number.ts'
import { addDnatEntry } from '../../apis/smartag/nat/add-dnat-entry.ts'
import { regionId, testInWorld } from '../../apis/testing/harness.suite.ts'
import { addCcn, addSnat, change } from '../../apis/testing/networks.suite.ts'
import { configFor } from '../../model/desired-config.ts'
import { findDesiredConfig } from '../gateways/configurations.ts'
import { healNetworks } from './heal.ts'
import { readPopConfig } from './pop-config.ts'
import { addPop, startRemoval } from './pops.ts'

testInWorld('what gateways and points of presence are told', (world) => {
  const endpoint = '203.0.113.1'

  async function popOf(serial = 'pop1', at = endpoint): Promise<string> {
    await world().addDevice(undefined, { serial, model: 'pop' })
    await world().store.write((tx) => addPop(tx, { serial, endpoint: at, at: 0 }))
    return serial
  }

  async function heal(): Promise<void> {
    const { store } = world()
    world().told.length = 0
    await healNetworks({
      store,
      businessClock: () => world().now,
      tellGateways: (serials) => void world().told.push(...serials),
    })
  }

  async function branch(cidr: string): Promise<{ readonly id: string; readonly serial: string }> {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { sealKey: 'seal' })
    await world().call(modifySmartAccessGateway, { RegionId: regionId, SmartAGId: id, CidrBlock: cidr })
    return { id, serial }
  }

  const inCcn = (SmartAGId: string, CcnId: string) => ({ RegionId: regionId, SmartAGId, CcnId })

  async function network(serial: string): Promise<NetworkConfig | undefined> {
    const desired = await world().store.read((db) => findDesiredConfig(db, serial))
    return desired && configFor(desired.config, serial).network
  }

  async function held(pop = 'pop1'): Promise<(PopConfig & { readonly revision: number }) | undefined> {
    const desired = await readPopConfig(world().store, pop, world().now)
    return desired?.config.pop && { ...desired.config.pop, revision: desired.revision }
  }

  async function members(pop = 'pop1'): Promise<readonly string[]> {
    const config = await held(pop)
    return (config?.networks ?? []).flatMap((one) => one.members.map(({ serial, prefixes }) => `${serial} ${prefixes}`))
  }

  /** Whom a call made the server tell. */
  async function toldBy(call: () => Promise<unknown>): Promise<readonly string[]> {
    world().told.length = 0
    await call()
    return [...world().told].sort()
  }

  test('binding to a CCN gives a gateway its network, and the pop a member; unbinding takes both away', async () => {
    await popOf()
    const ccn = await addCcn(world())
    const { id, serial } = await branch('10.1.0.0/24')
    expect(await network(serial)).toBeUndefined()
    expect(await toldBy(() => world().call(bindSmartAccessGateway, inCcn(id, ccn)))).toEqual(['pop1', serial])
    expect(await network(serial)).toMatchObject({
      address: '198.18.0.2',
      bandwidth: 50,
      pops: [{ serial: 'pop1', endpoint }],
    })
    expect(await held()).toEqual({
      revision: 1,
      address: '198.18.128.1',
      peers: [],
      networks: [
        {
          ccn,
          number: 1,
          interworking: true,
          members: [
            {
              serial,
              address: '198.18.0.2',
              as: 4_200_000_002,
              bandwidth: 50,
              backup: false,
              vni: 4,
              local: '198.19.0.8',
              remote: '198.19.0.9',
              prefixes: ['10.1.0.0/24'],
              routing: 'static',
            },
          ],
        },
      ],
    })
    expect(await toldBy(() => world().call(unbindSmartAccessGateway, inCcn(id, ccn)))).toEqual(['pop1', serial])
    expect(await network(serial)).toBeUndefined()
    expect(await held()).toMatchObject({ revision: 2, networks: [] })
  })

  test('a change of blocks, of routing or of an address that is translated reaches the pop; other settings do not', async () => {
    await popOf()
    const ccn = await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.9.0.0/24' })
    const { id, serial } = await branch('10.1.0.0/24')
    await world().call(bindSmartAccessGateway, inCcn(id, ccn))
    const modify = (params: Readonly<Record<string, string>>) => () =>
      world().call(modifySmartAccessGateway, { RegionId: regionId, SmartAGId: id, ...params })
    expect(await toldBy(modify({ CidrBlock: '10.1.0.0/24,10.2.0.0/24' }))).toEqual(['pop1', serial])
    expect(await members()).toEqual([`${serial} 10.1.0.0/24,10.2.0.0/24`])
    expect(await toldBy(modify({ SecurityLockThreshold: '60' }))).toEqual([serial])
    expect(await toldBy(modify({ RoutingStrategy: 'dynamic' }))).toEqual(['pop1', serial])
    expect((await held())?.networks[0]?.members[0]?.routing).toBe('dynamic')
    await addSnat(world(), id, '10.2.0.0/24', '10.9.0.7')
    expect(await members()).toEqual([`${serial} 10.1.0.0/24,10.2.0.0/24,10.9.0.7/32`])
    const lead = (more: Readonly<Record<string, string>>) => () =>
      world().call(addDnatEntry, {
        ...{ RegionId: regionId, SagId: id, IpProtocol: 'tcp', InternalIp: '10.1.0.9', InternalPort: '80', ...more },
      })
    expect(await toldBy(lead({ ExternalIp: '10.9.0.8', ExternalPort: '80' }))).toEqual(['pop1', serial])
    expect(await members()).toEqual([`${serial} 10.1.0.0/24,10.2.0.0/24,10.9.0.7/32,10.9.0.8/32`])
    expect(await toldBy(lead({ Type: 'Internet', ExternalPort: '80' }))).toEqual([serial])
  })

  test('interworking is told to pops alone', async () => {
    await popOf()
    const ccn = await addCcn(world())
    const { id } = await branch('10.1.0.0/24')
    await world().call(bindSmartAccessGateway, inCcn(id, ccn))
    const params = { RegionId: regionId, CcnId: ccn, InterworkingStatus: 'disable' }
    expect(await toldBy(() => world().call(modifyCloudConnectNetwork, params))).toEqual(['pop1'])
    expect((await held())?.networks[0]?.interworking).toBe(false)
  })

  test('a bill that is not paid ends the network, and paying it brings it back', async () => {
    await popOf()
    const { id, serial } = await branch('10.1.0.0/24')
    await world().call(bindSmartAccessGateway, inCcn(id, await addCcn(world())))
    const overdue = (since: number | undefined) => () =>
      change(world(), ({ fleet, gatewayConfigs }) =>
        fleet.setOverdue(id, since).then(() => void world().told.push(...gatewayConfigs.changed)),
      )
    expect(await toldBy(overdue(1))).toEqual(['pop1', serial])
    expect([await network(serial), await members()]).toEqual([undefined, []])
    await overdue(undefined)()
    await heal()
    expect(await members()).toEqual([`${serial} 10.1.0.0/24`])
  })

  test('a subscription that ends by itself ends the network at the next look, once', async () => {
    await popOf()
    const { id, serial } = await branch('10.1.0.0/24')
    await world().call(bindSmartAccessGateway, inCcn(id, await addCcn(world())))
    await heal()
    expect(world().told).toEqual(['pop1'])
    world().now += 366 * 86_400_000
    expect(await members()).toEqual([])
    await heal()
    expect(await network(serial)).toBeUndefined()
    expect([...world().told].sort()).toEqual(['pop1', 'pop1', serial])
    await heal()
    expect(world().told).toEqual(['pop1'])
  })

  test('a device that is unbound is no member, and has its number again when it is bound', async () => {
    await popOf()
    const { id, serial } = await branch('10.1.0.0/24')
    const standby = await world().addDevice(id, { sealKey: 'seal' })
    const ccn = await addCcn(world())
    await world().call(bindSmartAccessGateway, inCcn(id, ccn))
    const before = await network(standby)
    expect(await members()).toHaveLength(2)
    const params = { RegionId: regionId, SmartAGId: id, SerialNumber: standby }
    expect(await toldBy(() => world().call(unbindSerialNumber, params))).toContain('pop1')
    expect(await members()).toEqual([`${serial} 10.1.0.0/24`])
    await change(world(), ({ fleet }) => fleet.bind(standby, id, 'standby', 0))
    expect(await network(standby)).toEqual(before)
  })

  test('who has no identity is no member', async () => {
    await popOf()
    const { id, serial } = await branch('10.1.0.0/24')
    await world().call(bindSmartAccessGateway, inCcn(id, await addCcn(world())))
    await world().store.write((tx) =>
      tx.updateTable('device').set({ seal_key: null }).where('serial', '=', serial).execute(),
    )
    expect(await members()).toEqual([])
    expect(await network(serial)).toBeDefined()
  })

  test('CCNs are apart, each with its number, which is free again when it is deleted', async () => {
    await popOf()
    const [one, other] = [await addCcn(world()), await addCcn(world())]
    const [first, second] = [await branch('10.1.0.0/24'), await branch('10.1.0.0/24')]
    await world().call(bindSmartAccessGateway, inCcn(first.id, one))
    await world().call(bindSmartAccessGateway, inCcn(second.id, other))
    const networks = (await held())?.networks.map(({ ccn, number, members: of }) => [ccn, number, of[0]?.serial])
    expect(networks).toEqual([
      [one, 1, first.serial],
      [other, 2, second.serial],
    ])
    await world().call(unbindSmartAccessGateway, inCcn(first.id, one))
    await change(world(), (repositories) => repositories.networks.deleteCcn(one))
    const left = await world().store.read((db) =>
      db.selectFrom('network_number').select('name').where('kind', '=', 'ccn').execute(),
    )
    expect(left).toEqual([{ name: other }])
  })

  test('a pop that is added is told to all by the next look, and one that is removed leaves nothing', async () => {
    const { id, serial } = await branch('10.1.0.0/24')
    await world().call(bindSmartAccessGateway, inCcn(id, await addCcn(world())))
    expect(await network(serial)).toBeUndefined()
    await popOf()
    await heal()
    await popOf('pop2', '203.0.113.2')
    await heal()
    expect((await network(serial))?.pops.map((pop) => pop.serial).sort()).toEqual(['pop1', 'pop2'])
    expect((await held('pop1'))?.peers).toMatchObject([{ serial: 'pop2', endpoint: '203.0.113.2' }])
    const backups = [await held('pop1'), await held('pop2')].map((one) => one?.networks[0]?.members[0]?.backup)
    expect(backups.sort()).toEqual([false, true])
    for (const pop of ['pop2', 'pop1']) {
      await world().store.write((tx) => startRemoval(tx, pop, 1))
      await heal()
      expect(await world().fleet.device(pop)).toBeUndefined()
      expect(await held(pop)).toBeUndefined()
    }
    expect(await network(serial)).toBeUndefined()
    const left = await world().store.read((db) => db.selectFrom('network_number').select('name').execute())
    expect(left.map(({ name }) => name)).not.toContain('pop1')
  })

  test('two looks without a change in between find the same revision', async () => {
    await popOf()
    const { id } = await branch('10.1.0.0/24')
    await world().call(bindSmartAccessGateway, inCcn(id, await addCcn(world())))
    expect([(await held())?.revision, (await held())?.revision]).toEqual([1, 1])
    expect(await readPopConfig(world().store, 'sag00000001', world().now)).toBeUndefined()
  })

  test('what a pop has given up is offered anew by the next look, once', async () => {
    await popOf()
    const ccn = await addCcn(world())
    const { id } = await branch('10.1.0.0/24')
    await world().call(bindSmartAccessGateway, inCcn(id, ccn))
    const first = await held()
    const { store } = world()
    await store.write((tx) =>
      tx.updateTable('device').set({ reverted_revision: 1 }).where('serial', '=', 'pop1').execute(),
    )
    expect(await held()).toEqual(first)
    await heal()
    expect(world().told).toEqual(['pop1'])
    expect(await held()).toEqual({ ...first, revision: 2 })
    await heal()
    expect(await held()).toEqual({ ...first, revision: 2 })
  })

  test('without a pop nothing is numbered and nobody is told of networks', async () => {
    const ccn = await addCcn(world())
    const { id, serial } = await branch('10.1.0.0/24')
    expect(await toldBy(() => world().call(bindSmartAccessGateway, inCcn(id, ccn)))).toEqual([])
    await heal()
    expect(world().told).toEqual([])
    expect(await network(serial)).toBeUndefined()
    expect(await world().store.read((db) => db.selectFrom('network_number').selectAll().execute())).toEqual([])
  })
})
