import { expect, test } from 'vitest'
import { setConnected } from '../../store/gateways/presence.ts'
import { addTraffic } from '../../store/pops/traffic.ts'
import { countFleets } from '../../store/series/fleet-steps.ts'
import { countUsersOnline } from '../../store/series/user-steps.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../testing/remote-users.suite.ts'
import { describeFleetSeries as operation } from './describe-fleet-series.ts'

const minute = 60_000
const quarter = 15 * minute
const week = 7 * 24 * 60 * minute

testOperation(operation, (world) => {
  const none = { received: 0, sent: 0, packets: 0, dropped: 0 }
  const moment = (at: number): string => new Date(at).toISOString()

  async function gateway(serial: string, received: number, accountId?: string): Promise<void> {
    const id = await world().addInstance(accountId === undefined ? {} : { accountId })
    await world().addDevice(id, { serial })
    const at = world().wallNow
    await world().store.write(async (tx) => {
      await setConnected(tx, serial, { node: 'n', at: at - minute })
      const traffic = { received, sent: received / 10, packets: 10, dropped: 0 }
      await addTraffic(tx, serial, { at: at - minute, traffic: none }, { at, traffic })
    })
  }

  test('a quarter of an hour is the sum of the account’s gateways once it is over, with remote users, and once only', async () => {
    const begin = Math.floor(world().wallNow / quarter) * quarter
    world().wallNow = begin + 5 * minute
    await gateway('sagone', 1000)
    await gateway('sagtwo', 500)
    await gateway('sagother', 7000, otherAccountId)
    // One that is connected and has told nothing is no zero in the sum: it is not counted.
    const silent = await world().addInstance()
    await world().addDevice(silent, { serial: 'sagsilent' })
    await world().store.write((tx) => setConnected(tx, 'sagsilent', { node: 'n', at: begin }))
    const app = await addApp(world())
    await addUser(world(), app, 'anna')
    await addSession(world(), app, 'anna', '10.9.0.2')
    await countUsersOnline(world().store, world().wallNow)
    world().wallNow = begin + quarter + minute / 2
    await countFleets(world().store, world().wallNow)
    // The one before, of which nothing is known.
    const before = { Time: moment(begin - quarter), Gateways: 3, Online: 3, Counted: 0 }
    expect(await world().call(operation)).toEqual({ Period: 900, Steps: [before], WeekBefore: [] })

    // Reports of the last minute have come.
    world().wallNow = begin + quarter + minute
    await countFleets(world().store, world().wallNow)
    await countFleets(world().store, world().wallNow + minute)
    const step = {
      Time: moment(begin),
      Gateways: 3,
      Online: 3,
      Counted: 2,
      ReceivedBytes: 1500,
      SentBytes: 150,
      RemoteUsers: '1.0',
    }
    expect(await world().call(operation)).toEqual({ Period: 900, Steps: [before, step], WeekBefore: [] })

    // A week later it is what one compares with; two days after that it is forgotten.
    world().wallNow += week
    expect(await world().call(operation)).toEqual({ Period: 900, Steps: [], WeekBefore: [before, step] })
    await countFleets(world().store, world().wallNow + week / 2)
    const rows = await world().store.read((db) => db.selectFrom('fleet_step').selectAll().execute())
    expect(rows.every(({ at }) => at > begin)).toBe(true)
  })

  test('where no gateway told anything the traffic is not known', async () => {
    const id = await world().addInstance()
    await world().addDevice(id, { serial: 'sagsilent' })
    await world().store.write((tx) => setConnected(tx, 'sagsilent', { node: 'n', at: world().wallNow }))
    world().wallNow += quarter + minute
    await countFleets(world().store, world().wallNow)
    const { Steps } = (await world().call(operation)) as { Steps: readonly object[] }
    expect(Steps).toEqual([expect.objectContaining({ Gateways: 1, Counted: 0 })])
    expect(Steps[0]).not.toHaveProperty('ReceivedBytes')
    expect(Steps[0]).not.toHaveProperty('RemoteUsers')
  })
})
