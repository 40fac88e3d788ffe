import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createTellGateways } from '../../packages/server/src/channel/desired-config.ts'
import { saveCapabilities } from '../../packages/server/src/store/gateways/gateways.ts'
import { type Repositories, writeUnit } from '../../packages/server/src/store/repositories.ts'
import { until } from '../support/time.ts'
import { createSite, online, onlineAgain, startGateway, startServer } from './site.ts'

const serial = 'sag00001'
const id = 'sag-one'
/** As many classification rules as a QoS can have: several frames. */
const most = 350

test('a gateway that carries no packets holds all rules of a QoS, and a new program of it gets them anew', async () => {
  const site = await createSite()
  try {
    const server = await startServer(site)
    const change = (work: (repositories: Repositories) => Promise<void>): Promise<void> => {
      const tellGateways = createTellGateways({ bus: server.bus, logger: pino({ level: 'silent' }) })
      return writeUnit({ store: server.store, tellGateways }, work)
    }
    await server.add(serial)
    await server.store.write(async (tx) => {
      await tx.insertInto('account').values({ id: '1', name: 'one', created_at: 0 }).execute()
    })
    const owned = { accountId: '1', regionId: 'cn-shanghai', createdAt: 0 }
    const order = { orderId: 'order-1', alreadyHaveSag: true, periodMonths: 1 }
    const kind = { kind: 'hardware', spec: 'sag-1000', haType: 'no_backup', maxBandwidth: 50 } as const
    const rule = { qosId: 'qos-1', name: undefined, description: undefined, createdAt: 0 }
    await change(async ({ fleet, qoses }) => {
      await fleet.addInstance({ id, ...owned, ...order, ...kind })
      await fleet.bind(serial, id, 'active', 0)
      await qoses.add({ id: 'qos-1', ...owned, name: 'branches', description: undefined })
      const limit = { limitType: 'Absolute', minAbs: 2, maxAbs: 6, minPercent: 0, maxPercent: 0 } as const
      await qoses.addCar({ id: 'qoscar-1', ...rule, ...limit, priority: 1, percentSource: 'CcnBandwidth' })
      for (let index = 0; index < most; index++) {
        await qoses.addPolicy({
          ...rule,
          id: `qospy-${index}`,
          priority: 1 + (index % 7),
          protocol: 'tcp',
          sourceCidr: `10.0.${index % 256}.0/24`,
          sourcePorts: '1024/65535',
          destCidr: '10.255.255.0/24',
          destPorts: '1/65535',
          startTime: undefined,
          endTime: undefined,
        })
      }
    })
    const gateway = await startGateway(site, { url: server.url })
    await online(gateway)
    const rules = () => gateway.desiredConfig.inForce()?.config.qos?.rules.length
    await until('it holds its configuration', () => gateway.desiredConfig.inForce() !== undefined)
    expect(rules()).toBeUndefined()
    await change(({ qoses }) => qoses.associate(id, 'qos-1'))
    await until('it holds all rules', () => rules() === most)
    await until('it has said so', async () => (await server.device(serial)).appliedRevision === 2)

    // As if its program before this one had not known of QoS.
    await server.store.write((tx) => saveCapabilities(tx, serial, ['config-trial']))
    await server.channel.disconnect(serial)
    await onlineAgain(gateway)
    await until('it has it anew', async () => (await server.device(serial)).appliedRevision === 3)
    await change(({ qoses }) => qoses.associate(id, undefined))
    await until('it holds none', () => gateway.desiredConfig.inForce()?.config.qos === undefined)
  } finally {
    await site.close()
  }
})
