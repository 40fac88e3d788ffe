import { pino } from 'pino'
import { expect, test } from 'vitest'
import { listAlertChannels } from '../apis/opensag/alerts/list-alert-channels.ts'
import { addChannel } from '../apis/testing/alerts.suite.ts'
import { accountId, testInWorld } from '../apis/testing/harness.suite.ts'
import type { AlertMessage } from '../model/alert-message.ts'
import { enqueueMessage, mostWaiting, takeMessages } from '../store/alerts/messages.ts'
import type { Store } from '../store/store.ts'
import { deliverAlerts, pausesMs } from './deliver.ts'

testInWorld('the messages about alerts', (world) => {
  const rule = { id: 'ar-one', name: 'x', kind: 'GatewayOffline', threshold: 5 } as const
  const messageOf = (id: string): AlertMessage => ({
    ...{ id, occasion: 'Opened', accountId, rule, at: world().wallNow, alerts: [] },
  })
  const enqueue = (channelId: string, id = 'msg-1'): Promise<boolean> =>
    world().store.write((tx) => enqueueMessage(tx, { channelId, message: messageOf(id), dueAt: world().wallNow }))
  const sent: string[] = []
  let outcome: () => string | undefined
  const deliver = (more: Partial<Store> = {}): Promise<void> =>
    deliverAlerts({
      store: Object.assign(Object.create(world().store) as Store, more),
      sealer: world().sealer,
      wallClock: () => world().wallNow,
      logger: pino({ level: 'silent' }),
      async send(_, { id }) {
        sent.push(id)
        return outcome()
      },
    })
  const waiting = async (): Promise<number> =>
    (await world().store.read((db) => db.selectFrom('alert_message').select('id').execute())).length
  const shown = async (): Promise<unknown> => (await world().call(listAlertChannels))['AlertChannels']

  function begin(answer: () => string | undefined): void {
    sent.length = 0
    outcome = answer
  }

  test('each is sent once, by whichever of two nodes takes it', async () => {
    begin(() => undefined)
    const channel = await addChannel(world())
    const ids = Array.from({ length: 50 }, (_, index) => `msg-${index}`)
    for (const id of ids) await enqueue(channel, id)
    await Promise.all([deliver(), deliver()])
    expect([...sent].sort()).toEqual([...ids].sort())
    expect(await waiting()).toBe(0)
    expect(await shown()).toMatchObject([{ LastSentTime: expect.any(String) }])
  })

  test('one that fails is tried again after growing pauses, and given up after the last', async () => {
    begin(() => 'HTTP 503')
    await enqueue(await addChannel(world()))
    await deliver()
    for (const [index, pause] of pausesMs.entries()) {
      world().wallNow += pause - 1
      await deliver()
      expect(sent).toHaveLength(index + 1)
      world().wallNow += 1
      await deliver()
      expect(sent).toHaveLength(index + 2)
    }
    expect([await waiting(), new Set(sent)]).toEqual([0, new Set(['msg-1'])])
    expect(await shown()).toMatchObject([{ LastFailure: 'HTTP 503' }])
    expect([...pausesMs].sort((a, b) => a - b)).toEqual(pausesMs)
  })

  test('nothing is written while nothing waits to be sent', async () => {
    begin(() => undefined)
    await enqueue(await addChannel(world()))
    world().wallNow -= 1
    await deliver({ write: () => Promise.reject(new Error('written')) })
    world().wallNow += 1
    await expect(deliver({ write: () => Promise.reject(new Error('written')) })).rejects.toThrow('written')
  })

  test('a channel that cannot be opened keeps no other one waiting, and its messages are given up in the end', async () => {
    begin(() => undefined)
    const broken = await addChannel(world(), { Name: 'broken' })
    await enqueue(broken, 'msg-broken')
    await enqueue(await addChannel(world()), 'msg-whole')
    await world().store.write((tx) =>
      tx.updateTable('alert_channel').set({ target_sealed: 'no seal' }).where('id', '=', broken).execute(),
    )
    await deliver()
    expect([sent, await waiting()]).toEqual([['msg-whole'], 1])
    for (const pause of pausesMs) {
      world().wallNow += pause
      await deliver()
    }
    expect([sent, await waiting()]).toEqual([['msg-whole'], 0])
  })

  test('one that nobody finished is sent again', async () => {
    begin(() => undefined)
    await enqueue(await addChannel(world()))
    const at = world().wallNow
    await world().store.write((tx) => takeMessages(tx, { at, until: at + 60_000, most: 20 }))
    await deliver()
    expect(sent).toEqual([])
    world().wallNow += 60_000
    await deliver()
    expect([sent, await waiting()]).toEqual([['msg-1'], 0])
  })

  test('an account with very many messages keeps no other one waiting', async () => {
    const { wallNow: at } = world()
    const enqueueOf = (account: string, id: string, dueAt: number): Promise<boolean> =>
      world().store.write((tx) =>
        enqueueMessage(tx, { channelId: `ac-${account}`, message: { ...messageOf(id), accountId: account }, dueAt }),
      )
    for (let index = 0; index < 30; index++) await enqueueOf('many', `msg-${index}`, at - 30 + index)
    await enqueueOf('one', 'msg-of-one', at)
    const taken = await world().store.write((tx) => takeMessages(tx, { at, until: at + 60_000, most: 20 }))
    const ids = taken.map(({ message }) => message.id)
    expect([ids.length, ids.includes('msg-of-one'), ids.includes('msg-18'), ids.includes('msg-19')]).toEqual([
      20,
      true,
      true,
      false,
    ])
  })

  test('a defect with one message is no reason for the others to wait', async () => {
    begin(() => {
      if (sent.length === 1) throw new Error('This one cannot be written.')
      return undefined
    })
    const channel = await addChannel(world())
    for (const id of ['msg-1', 'msg-2']) await enqueue(channel, id)
    await deliver()
    expect([sent.length, await waiting()]).toEqual([2, 1])
  })

  test('no more wait for one channel than may', async () => {
    const channel = await addChannel(world())
    for (let index = 0; index < mostWaiting; index++) expect(await enqueue(channel, `msg-${index}`)).toBe(true)
    expect(await enqueue(channel, 'msg-more')).toBe(false)
  })
})
