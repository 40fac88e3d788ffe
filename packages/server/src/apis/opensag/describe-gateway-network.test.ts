import { expect, test } from 'vitest'
import { addPop } from '../../store/pops/pops.ts'
import { saveNetworkReport } from '../../store/pops/reports.ts'
import { accountId, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addCcn, putInto } from '../testing/networks.suite.ts'
import { describeGatewayNetwork as operation } from './describe-gateway-network.ts'

testOperation(operation, (world) => {
  test('tunnels, learnt prefixes, leases and traffic of each device, as it said last', async () => {
    await world().addDevice(undefined, { serial: 'pop1', model: 'pop' })
    await world().store.write((tx) => addPop(tx, { serial: 'pop1', endpoint: '203.0.113.1', at: 0 }))
    const id = await world().addInstance({ accountId })
    const serial = await world().addDevice(id, { connected: true })
    await putInto(world(), id, await addCcn(world()))
    const at = Math.floor(world().now / 900_000) * 900_000
    for (const [seconds, received] of [
      [-60, 40],
      [-30, 1040],
    ] as const) {
      const report = {
        tunnels: [{ pop: 'pop1', isUp: true, since: at - 90_000 }],
        learnt: ['10.8.0.0/24'],
        leases: 3,
        traffic: { received, sent: received / 10 },
      }
      await world().store.write((tx) => saveNetworkReport(tx, serial, report, at + seconds * 1000))
    }
    const time = (seconds: number): string => new Date(at + seconds * 1000).toISOString()
    const carried = { ReceivedBytes: 1000, SentBytes: 100 }
    expect(await world().call(operation, { SmartAGId: id })).toEqual({
      Devices: [
        {
          SerialNumber: serial,
          ToldAt: time(-30),
          TunnelAddress: '198.18.0.2',
          Tunnels: [{ PointOfPresence: 'pop1', Endpoint: '203.0.113.1', State: 'up', Since: time(-90) }],
          LearntPrefixes: ['10.8.0.0/24'],
          LeaseCount: 3,
          ReceivedBytes: 1040,
          SentBytes: 104,
          LastHour: [{ Time: time(-60), ...carried }],
          LastDay: [{ Time: time(-900), ...carried }],
        },
      ],
    })
  })

  test('a device that carries no packets has told nothing', async () => {
    const id = await world().addInstance({ accountId })
    const serial = await world().addDevice(id)
    expect(await world().call(operation, { SmartAGId: id })).toEqual({
      Devices: [{ SerialNumber: serial, Tunnels: [], LearntPrefixes: [], LastHour: [], LastDay: [] }],
    })
  })

  test('400/SAG.InstanceNoFound: no such instance, none named, or another account’s', async () => {
    const id = await world().addInstance({ accountId: otherAccountId })
    for (const params of [{}, { SmartAGId: 'sag-none' }, { SmartAGId: id }]) {
      expect(await world().refused(operation, params)).toBe('SAG.InstanceNoFound')
    }
  })
})
