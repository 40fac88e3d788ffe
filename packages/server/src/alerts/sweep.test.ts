import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createIds } from '../apis/ids.ts'
import { acknowledgeAlert } from '../apis/opensag/alerts/acknowledge-alert.ts'
import { listAlerts } from '../apis/opensag/alerts/list-alerts.ts'
import { modifyAlertRule } from '../apis/opensag/alerts/modify-alert-rule.ts'
import { addChannel, addRule } from '../apis/testing/alerts.suite.ts'
import { fillAccount } from '../apis/testing/full-account.suite.ts'
import { accountId, day, otherAccountId, testInWorld } from '../apis/testing/harness.suite.ts'
import { alertRetentionMs, momentMs, mostOpenAlerts } from '../model/alert.ts'
import type { AlertMessage } from '../model/alert-message.ts'
import { recordEvent } from '../store/gateways/events.ts'
import { journalPasswordChange } from '../store/gateways/password-changes.ts'
import { setConnected, setOffline } from '../store/gateways/presence.ts'
import { lookForMoments } from './moments.ts'
import { sweepAlerts } from './sweep.ts'

const minute = 60_000

testInWorld('the look for alerts', (world) => {
  const context = (nodeId = 'one') => ({
    store: world().store,
    sealer: world().sealer,
    nodeId,
    wallClock: () => world().wallNow,
    businessClock: () => world().now,
    newId: createIds(randomBytes).withPrefix,
  })
  const look = async (minutes = 0, node?: string): Promise<void> => {
    world().wallNow += minutes * minute
    await sweepAlerts(context(node))
  }
  const alerts = async (State = 'Live'): Promise<readonly Readonly<Record<string, string>>[]> =>
    (await world().call(listAlerts, { State, MaxResults: '100' }))['Alerts'] as readonly Record<string, string>[]
  /** What is to be told, by occasion and how many alerts. */
  const messages = async (): Promise<readonly string[]> => {
    const rows = await world().store.read((db) =>
      db.selectFrom('alert_message').select('content').orderBy('due_at').execute(),
    )
    return rows
      .map(({ content }) => JSON.parse(content) as AlertMessage)
      .map(({ occasion, alerts: of }) => `${occasion} ${of.length}`)
  }
  const goOffline = (serial: string): Promise<void> =>
    world().store.write((tx) => setOffline(tx, serial, { node: 'n', at: world().wallNow, reason: '' }))
  const comeBack = (serial: string): Promise<unknown> =>
    world().store.write((tx) => setConnected(tx, serial, { node: 'n', at: world().wallNow }))
  const gateway = async (): Promise<string> => {
    const serial = await world().addDevice(await world().addInstance({ accountId, name: 'Lyon' }))
    await comeBack(serial)
    return serial
  }

  test('a gateway that is offline for as long as the rule says is one alert, told once, and closed when it is back', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Minutes: '5' })
    await goOffline(serial)
    const since = new Date(world().wallNow).toISOString()
    await look(4)
    expect(await alerts()).toEqual([])
    await look(1)
    await look(1)
    expect(await alerts()).toMatchObject([{ SerialNumber: serial, SmartAGName: 'Lyon', State: 'Open', Since: since }])
    expect(await messages()).toEqual(['Opened 1'])
    await comeBack(serial)
    await look(1)
    expect(await alerts()).toEqual([])
    expect(await alerts('Closed')).toHaveLength(1)
    expect(await messages()).toEqual(['Opened 1', 'Closed 1'])
    await goOffline(serial)
    await look(5)
    expect([await alerts(), await alerts('Closed')]).toMatchObject([[{}], [{}]])
  })

  test('one that was never there, and one that came back in time, are none', async () => {
    await world().addDevice(await world().addInstance({ accountId }), { connected: false })
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Minutes: '5' })
    await goOffline(serial)
    await look(4)
    await comeBack(serial)
    await look(9)
    expect(await alerts()).toEqual([])
  })

  test('settings that are not taken are an alert when they were so for as long as the rule says', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Kind: 'Unsynchronized', Minutes: '10' })
    const set = (syn_status: 'Unsynchronized' | 'Synchronized'): Promise<unknown> =>
      world().store.write((tx) => tx.updateTable('device').set({ syn_status }).where('serial', '=', serial).execute())
    await set('Unsynchronized')
    await look()
    await look(9)
    expect([await alerts(), await messages()]).toEqual([[], []])
    await set('Synchronized')
    await look()
    await set('Unsynchronized')
    await look()
    await look(9)
    expect(await alerts()).toEqual([])
    await look(1)
    expect(await alerts()).toMatchObject([{ Kind: 'Unsynchronized' }])
  })

  test('a subscription that ends is one by the business clock, until it is renewed', async () => {
    const id = await world().addInstance({ accountId, endsAt: world().now + 31 * day })
    await addRule(world(), await addChannel(world()), { Kind: 'SubscriptionEnding', Days: '30' })
    await look()
    expect(await alerts()).toEqual([])
    world().now += day
    await look()
    expect(await alerts()).toMatchObject([{ SmartAGId: id, Kind: 'SubscriptionEnding' }])
    await world().store.write((tx) =>
      tx
        .updateTable('instance')
        .set({ ends_at: world().now + 300 * day })
        .where('id', '=', id)
        .execute(),
    )
    await look()
    expect(await alerts()).toEqual([])
  })

  test('a failed change of a password is one, until a later change is taken', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Kind: 'PasswordChangeFailed' })
    await look()
    const change = async (id: string, outcome: 'failed' | 'succeeded'): Promise<void> => {
      const at = world().wallNow
      const device = await world().store.read((db) =>
        db.selectFrom('device').select('instance_id').where('serial', '=', serial).executeTakeFirstOrThrow(),
      )
      await world().store.write(async (tx) => {
        await journalPasswordChange(tx, {
          ...{ id, serial, instanceId: device.instance_id ?? '', accountId, principal: 'ops' },
          ...{ requestId: id, requestedAt: at, generation: 1 },
        })
        await tx.updateTable('password_change').set({ outcome, decided_at: at }).where('id', '=', id).execute()
      })
    }
    await change('change-1', 'failed')
    await look(1)
    await look(1)
    expect(await alerts()).toMatchObject([{ Kind: 'PasswordChangeFailed', SerialNumber: serial }])
    await change('change-2', 'succeeded')
    await look(1)
    expect([await alerts(), await alerts('Closed')]).toMatchObject([[], [{}]])
    expect(await messages()).toEqual(['Opened 1'])
  })

  test('an event of security is one alert however often it is looked at, and nobody has to wait for the morning', async () => {
    const serial = await gateway()
    const quiet = { QuietFrom: '00:00', QuietTo: '23:59' }
    await addRule(world(), await addChannel(world()), { Kind: 'SecurityEvent', ...quiet })
    await look()
    const record = (kind: 'DeviceHacked' | 'DeviceOnline'): Promise<void> =>
      world().store.write((tx) => recordEvent(tx, { serial, kind, at: world().wallNow, detail: '' }))
    await record('DeviceHacked')
    await record('DeviceOnline')
    for (let times = 0; times < 3; times++) await look(1)
    expect(await alerts()).toMatchObject([{ Event: 'DeviceHacked' }])
    expect(await messages()).toEqual(['Opened 1'])
    await look(momentMs / minute)
    expect([await alerts(), await messages()]).toEqual([[], ['Opened 1']])
  })

  test('what happens is told of also while as many alerts as an account may have are about what lasts', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Kind: 'SecurityEvent' })
    await look()
    const row = {
      ...({
        account_id: accountId,
        rule_id: 'ar-gone',
        rule_name: 'gone',
        kind: 'GatewayOffline',
        once: null,
      } as const),
      ...({ instance_id: 'sag-z', instance_name: 'z', serial: null, event: null, state: 'Open', since: 0 } as const),
      ...{ opened_at: 0, acknowledged_at: null, acknowledged_by: null, closed_at: null, told_at: 0, end_untold: 0 },
    }
    const rows = Array.from({ length: 500 }, (_, index) => ({ ...row, cause: `device/${index}` }))
    for (let part = 0; part < mostOpenAlerts / rows.length; part += 1)
      await world().store.write((tx) =>
        tx
          .insertInto('alert')
          .values(rows.map((one, index) => ({ ...one, id: `alert-${part}-${index}` })))
          .execute(),
      )
    const happened = { serial, kind: 'DeviceHacked', at: world().wallNow, detail: '' } as const
    await world().store.write((tx) => recordEvent(tx, happened))
    await lookForMoments(context(), world().wallNow)
    await lookForMoments(context(), world().wallNow + minute)
    const found = await world().store.read((db) =>
      db.selectFrom('alert').select('event').where('kind', '=', 'SecurityEvent').execute(),
    )
    expect(found).toEqual([{ event: 'DeviceHacked' }])
  })

  test('a device that is locked is one until it is unlocked, and not one that is offline', async () => {
    const serial = await gateway()
    const channel = await addChannel(world())
    await addRule(world(), channel, { Kind: 'SecurityEvent' })
    await addRule(world(), channel, { Minutes: '0' })
    const lock = (locked_since: number | null): Promise<unknown> =>
      world().store.write((tx) => tx.updateTable('device').set({ locked_since }).where('serial', '=', serial).execute())
    await lock(world().wallNow)
    await look(1)
    expect(await alerts()).toMatchObject([{ Event: 'DeviceLocked' }])
    await lock(null)
    await look(1)
    expect(await alerts()).toEqual([])
  })

  test('it is told again until somebody acknowledges it', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Minutes: '0', RepeatMinutes: '30' })
    await goOffline(serial)
    for (const minutes of [0, 29, 1, 29, 1]) await look(minutes)
    expect(await messages()).toEqual(['Opened 1', 'Repeated 1', 'Repeated 1'])
    await world().call(acknowledgeAlert, { AlertId: (await alerts())[0]?.['AlertId'] ?? '' })
    await look(60)
    expect(await messages()).toHaveLength(3)
    await comeBack(serial)
    await look()
    expect((await messages()).at(-1)).toBe('Closed 1')
  })

  test('in quiet hours nothing is told; after them what is still so, and not what was over before', async () => {
    const [still, over] = [await gateway(), await gateway()]
    await addRule(world(), await addChannel(world()), { Minutes: '0', QuietFrom: '12:00', QuietTo: '13:00' })
    await goOffline(still)
    await goOffline(over)
    await look(1)
    await comeBack(over)
    await look(30)
    expect([await alerts(), await messages()]).toMatchObject([[{ SerialNumber: still }], []])
    await look(30)
    expect(await messages()).toEqual(['Opened 1'])
  })

  test('many at once are one message for each hundred of them', async () => {
    await fillAccount(world(), 150)
    const ids = await world().store.read((db) => db.selectFrom('instance').select('id').execute())
    for (const { id } of ids) await goOfflineNew(id)
    await addRule(world(), await addChannel(world()), { Minutes: '0' })
    await look()
    expect(await messages()).toEqual(['Opened 100', 'Opened 50'])

    async function goOfflineNew(id: string): Promise<void> {
      const serial = await world().addDevice(id, { serial: `sag${id.slice(4)}`.slice(0, 40) })
      await comeBack(serial)
      await goOffline(serial)
    }
  })

  test('of two nodes one looks, and the other one when nothing is heard of it any more', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Minutes: '0' })
    await look(0, 'one')
    await goOffline(serial)
    await look(1, 'two')
    expect(await alerts()).toEqual([])
    await look(3, 'two')
    await look(0, 'one')
    expect([await alerts(), await messages()]).toMatchObject([[{}], ['Opened 1']])
  })

  test('also two that look at the same moment begin one alert', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Minutes: '0' })
    await goOffline(serial)
    await Promise.all([look(0, 'one'), look(0, 'one')])
    expect(await alerts()).toHaveLength(1)
  })

  test('a rule is about its instances and its account, and about nothing when it is off', async () => {
    const [one, other] = [await gateway(), await gateway()]
    const foreign = await world().addDevice(await world().addInstance({ accountId: otherAccountId }))
    await comeBack(foreign)
    const instance = await world().store.read((db) =>
      db.selectFrom('device').select('instance_id').where('serial', '=', one).executeTakeFirstOrThrow(),
    )
    const id = String(instance.instance_id)
    const rule = await addRule(world(), await addChannel(world()), { Minutes: '0', 'SmartAGIds.1': id })
    for (const serial of [one, other, foreign]) await goOffline(serial)
    await look()
    expect(await alerts()).toMatchObject([{ SerialNumber: one }])
    await world().call(modifyAlertRule, { AlertRuleId: rule, Enabled: 'false' })
    await look()
    expect(await alerts()).toEqual([])
    expect(await messages()).toEqual(['Opened 1'])
  })

  test('an instance that is no more has no alert', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Minutes: '0' })
    await goOffline(serial)
    await look()
    await world().store.write((tx) =>
      tx.updateTable('device').set({ instance_id: null, role: null, bound_at: null }).execute(),
    )
    await world().store.write((tx) => tx.deleteFrom('instance').execute())
    await look(1)
    expect(await alerts()).toEqual([])
  })

  test('closed alerts are forgotten after their time', async () => {
    const serial = await gateway()
    await addRule(world(), await addChannel(world()), { Minutes: '0' })
    await goOffline(serial)
    await look()
    await comeBack(serial)
    await look(1)
    await look(alertRetentionMs / minute - 1)
    expect(await alerts('Closed')).toHaveLength(1)
    await look(1)
    expect(await alerts('Closed')).toEqual([])
  })
})
