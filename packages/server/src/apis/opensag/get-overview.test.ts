import { expect, test } from 'vitest'
import { type FleetRow, healthOf } from '../../../../console/src/fleet/row.ts'
import { endings } from '../../model/endings.ts'
import { addFirmware } from '../../store/gateways/firmware.ts'
import { journalPasswordChange } from '../../store/gateways/password-changes.ts'
import { setConnected, setOffline } from '../../store/gateways/presence.ts'
import { accountId, day, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addCcn, putInto } from '../testing/networks.suite.ts'
import { getOverview as operation } from './get-overview.ts'
import { tagGateway } from './instance-tags/tag-gateway.ts'
import { listFleet } from './list-fleet.ts'

interface Row {
  readonly SmartAGId: string
  readonly SerialNumber?: string
}

interface Told {
  readonly TotalCount: number
  readonly States: readonly { readonly State: string; readonly Count: number }[]
  readonly Troubles: readonly {
    readonly Kind: string
    readonly TotalCount: number
    readonly Instances: readonly Row[]
  }[]
  readonly Versions: readonly object[]
}

testOperation(operation, (world) => {
  const look = async (): Promise<Told> => (await world().call(operation)) as unknown as Told
  const kinds = async () => (await look()).Troubles.map(({ Kind, TotalCount }) => [Kind, TotalCount])
  const known = { sealKey: 'key', passwordSet: true, passwordChangedAt: 1 }

  /** A branch in a network, whose gateway went so many minutes ago. */
  async function branch(name: string, minutesAway?: number): Promise<{ id: string; serial: string }> {
    const id = await world().addInstance({ name, perpetual: true })
    const serial = await world().addDevice(id, { ...known, connected: minutesAway === undefined, connectedAt: 1 })
    await putInto(world(), id, await addCcn(world()))
    if (minutesAway === undefined) return { id, serial }
    const at = world().wallNow - minutesAway * 60_000
    await world().store.write((tx) => setConnected(tx, serial, { node: 'node-1', at: 1 }))
    await world().store.write((tx) => setOffline(tx, serial, { node: 'node-1', at, reason: endings.goodbye }))
    return { id, serial }
  }

  test('those that are tagged critical come before what is away longer, also where only the first are told', async () => {
    for (let n = 0; n < 11; n++) await branch(`long-${n}`, 50 + n)
    const { id } = await branch('short', 5)
    await world().call(tagGateway, { SmartAGId: id, 'Tag.1.Key': 'critical' })
    const [offline] = (await look()).Troubles
    expect(offline).toMatchObject({
      TotalCount: 12,
      Instances: { 0: { SmartAGId: id, Tags: [{ Key: 'critical', Value: '' }] } },
    })
    expect(offline?.Instances).toHaveLength(10)
  })

  test('whoever has it as it is gets nothing again; any change, and of what another sees, is told', async () => {
    const { id } = await branch('one', 5)
    const first = (await world().call(operation)) as { Since: string }
    const again = await world().call(operation, { Since: first.Since })
    expect(again).toEqual({ Since: first.Since, States: [], Troubles: [], Versions: [] })
    // Three such looks are an idle minute of the console.
    expect(3 * JSON.stringify(again).length).toBeLessThan(300)
    await world().call(tagGateway, { SmartAGId: id, 'Tag.1.Key': 'critical' })
    const changed = (await world().call(operation, { Since: first.Since })) as { Since: string }
    expect(changed).toMatchObject({ TotalCount: 1, Troubles: [{ Kind: 'Offline' }] })
    expect(changed.Since).not.toBe(first.Since)
  })

  test('an empty account has nothing to be done', async () => {
    expect(await look()).toMatchObject({ TotalCount: 0, Troubles: [], Versions: [] })
  })

  test('those that are offline come first, the longest away before the others, with the cause', async () => {
    const short = await branch('short', 5)
    const long = await branch('long', 50)
    const well = await branch('well')
    const told = await look()
    expect(told.TotalCount).toBe(3)
    expect(told.States.filter(({ Count }) => Count > 0)).toEqual([
      { State: 'offline', Count: 2 },
      { State: 'online', Count: 1 },
    ])
    expect(told.Troubles).toMatchObject([
      {
        Kind: 'Offline',
        TotalCount: 2,
        Instances: [
          { SmartAGId: long.id, Name: 'long', SerialNumber: long.serial, Cause: 'Goodbye' },
          { SmartAGId: short.id, Since: new Date(world().wallNow - 5 * 60_000).toISOString() },
        ],
      },
    ])
    expect(JSON.stringify(told.Troubles)).not.toContain(well.id)
  })

  test('of a kind ten are told, the first by age, and how many there are', async () => {
    const ids: string[] = []
    for (let minutes = 1; minutes <= 12; minutes += 1) ids.unshift((await branch(`b${minutes}`, minutes)).id)
    const [offline] = (await look()).Troubles
    expect(offline?.TotalCount).toBe(12)
    expect(offline?.Instances.map(({ SmartAGId }) => SmartAGId)).toEqual(ids.slice(0, 10))
  })

  test('each kind of trouble is told as what it is', async () => {
    const { serial } = await branch('unsynchronised')
    await world().setDevice(serial, { synStatus: 'Unsynchronized' })
    const locked = await branch('locked')
    await world().setDevice(locked.serial, { lockedSince: 5 })
    const tunnel = await branch('tunnel')
    await world().store.write((tx) =>
      tx.updateTable('device').set({ tunnel_up: 0 }).where('serial', '=', tunnel.serial).execute(),
    )
    const pair = await branch('pair')
    await world().addDevice(pair.id, { ...known, connected: false, connectedAt: 1, lastSeenAt: 2 })
    const fresh = await branch('default')
    await world().setDevice(fresh.serial, { passwordSet: false })
    const ending = await branch('ending')
    await world().store.write((tx) =>
      tx
        .updateTable('instance')
        .set({ perpetual: 0, ends_at: world().now + 29 * day })
        .where('id', '=', ending.id)
        .execute(),
    )
    const later = await branch('later')
    await world().store.write((tx) =>
      tx
        .updateTable('instance')
        .set({ perpetual: 0, ends_at: world().now + 31 * day })
        .where('id', '=', later.id)
        .execute(),
    )
    expect(await kinds()).toEqual([
      ['Locked', 1],
      ['TunnelDown', 1],
      ['PartlyOnline', 1],
      ['NotSynchronized', 1],
      ['DefaultPassword', 1],
      ['EndsSoon', 1],
    ])
    // What its links lead to is what the console's list shows under the same state.
    const { Instances } = (await world().call(listFleet)) as unknown as { Instances: readonly FleetRow[] }
    const states = (await look()).States.flatMap(({ State, Count }) => Array.from({ length: Count }, () => State))
    expect(Instances.map(healthOf).sort()).toEqual(states.sort())
  })

  test('versions are counted, and are behind when there is a newer release for the model', async () => {
    const firmware = { model: 'sag-1000', name: 'new', createdAt: 0 } as const
    await world().store.write((tx) => addFirmware(tx, { ...firmware, version: '2.9.0.0', type: 'beta' }))
    await branch('one')
    const { serial } = await branch('two')
    expect((await look()).Versions).toEqual([{ Model: 'sag-1000', Version: '2.3.1.1', Count: 2, Behind: false }])
    await world().store.write((tx) => addFirmware(tx, { ...firmware, version: '2.4.0.0', type: 'release' }))
    await world().setDevice(serial, { version: '2.4.0.0' })
    expect((await look()).Versions).toEqual([
      { Model: 'sag-1000', Version: '2.3.1.1', Count: 1, Behind: true },
      { Model: 'sag-1000', Version: '2.4.0.0', Count: 1, Behind: false },
    ])
    expect(await kinds()).toEqual([['Behind', 1]])
  })

  test('a password that failed today is told until one succeeds, once for each gateway', async () => {
    const { id, serial } = await branch('one')
    const change = async (name: string, hoursAgo: number, outcome: 'failed' | 'succeeded') => {
      const at = world().wallNow - hoursAgo * 3_600_000
      const base = { serial, instanceId: id, accountId, principal: 'ops', requestId: name, generation: 1 }
      await world().store.write(async (tx) => {
        await journalPasswordChange(tx, { id: name, ...base, requestedAt: at })
        await tx.updateTable('password_change').set({ outcome, decided_at: at }).where('id', '=', name).execute()
      })
    }
    await change('yesterday', 25, 'failed')
    expect(await kinds()).toEqual([])
    await change('first', 5, 'failed')
    await change('second', 4, 'failed')
    expect(await kinds()).toEqual([['PasswordFailed', 1]])
    const since = new Date(world().wallNow - 4 * 3_600_000).toISOString()
    expect((await look()).Troubles).toMatchObject([{ Instances: [{ SmartAGId: id, Since: since }] }])
    await change('third', 3, 'succeeded')
    expect(await kinds()).toEqual([])
  })

  test('of many passwords that failed all are counted, however often each did, and ten told', async () => {
    for (let number = 0; number < 12; number += 1) {
      const { id, serial } = await branch(`branch-${number}`)
      await world().store.write(async (tx) => {
        for (const attempt of [1, 2]) {
          const change = `${serial}-${attempt}`
          const base = { serial, instanceId: id, accountId, principal: 'ops', requestId: change, generation: attempt }
          await journalPasswordChange(tx, { id: change, ...base, requestedAt: world().wallNow - attempt })
          await tx.updateTable('password_change').set({ outcome: 'failed' }).where('id', '=', change).execute()
        }
      })
    }
    expect(await kinds()).toEqual([['PasswordFailed', 12]])
    expect((await look()).Troubles).toMatchObject([{ Instances: { length: 10 } }])
  })

  test('another account’s are not looked at', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    await world().addDevice(foreign, { connected: false, sealKey: 'key' })
    expect(await look()).toMatchObject({ TotalCount: 0, Troubles: [] })
  })
})
