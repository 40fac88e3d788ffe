import { LinkEnded } from '@opensag/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { enrolGateway } from '../store/gateways/gateways.ts'
import { NotOwner, takeOwnership } from '../store/gateways/ownership.ts'
import { setConnected } from '../store/gateways/presence.ts'
import { saveTickets } from '../store/gateways/tickets.ts'
import type { Writer } from '../store/store.ts'
import { openGatewayConnection } from './gateway-connection.ts'
import { hashOfTicket } from './handshake.ts'
import type { GatewayConnection, GatewayConnections } from './held-gateways.ts'
import {
  admitted,
  createTestLink,
  createTestWorld,
  isDone,
  report,
  serial,
  type TestLink,
  type TestWorld,
  testHeardAt,
} from './testing/channel-world.suite.ts'

let site: TestWorld
let held: GatewayConnections
beforeEach(async () => {
  site = await createTestWorld()
  held = new Map()
})
afterEach(() => site.close())

function hold(
  given: Partial<typeof admitted> = {},
  link = createTestLink(),
): { link: TestLink; gateway: GatewayConnection } {
  return { link, gateway: openGatewayConnection(link, site.world, held, { ...admitted, ...given }) }
}

async function online(given: Partial<typeof admitted> = {}): Promise<{ link: TestLink; gateway: GatewayConnection }> {
  const holding = hold(given)
  expect(await holding.gateway.connect(report(), undefined)).toBe(true)
  return holding
}

const ask = (message: object) => site.world.bus.request(serial, message as never, limit(20_000))
const reserve = (changeId: string) => ask({ kind: 'reserve-password-change', changeId, timeoutMs: 1000, leaseMs: 1000 })
const kinds = ({ sent }: TestLink) => sent.map(({ kind }) => kind)
const nodeOf = async () => (await site.row())?.node

describe('a gateway that connects', () => {
  test('with the ticket that was issued last is on line, and has no other ticket', async () => {
    const { link } = await online()
    expect(await site.row()).toMatchObject({
      node: 'this',
      ticket: hashOfTicket(admitted.ticket),
      ticketNext: undefined,
    })
    expect(kinds(link)).toEqual(['ready', 'lock'])
    expect(await site.events()).toEqual(['DeviceOnline'])
  })

  test('does not when another copy was admitted since: it is served by nobody', async () => {
    const { gateway, link } = hold()
    await site.change((tx) => saveTickets(tx, serial, { ticket: undefined, ticketNext: hashOfTicket('the copy’s') }))
    expect(await gateway.connect(report(), undefined)).toBe(false)
    expect(await nodeOf()).toBeUndefined()
    expect(kinds(link)).toEqual([])
    expect(await site.row()).toMatchObject({ ticketNext: hashOfTicket('the copy’s') })
  })

  test('fails what was left undecided: nobody will send it any more', async () => {
    await site.addChange('left')
    await online()
    expect(await site.journal('left')).toBe('failed')
  })

  test.each([
    ['that it reports', { report: 7, stored: 3 }, 8],
    ['that the store knows', { report: 3, stored: 7 }, 8],
  ])('goes on from the generation %s, the higher one', async (_title, given, expected) => {
    const { gateway } = hold({ passwordGeneration: given.stored })
    await gateway.connect(report(given.report), undefined)
    expect(await reserve('one')).toEqual({ turn: expected })
  })

  test('goes on from a generation that it reports later', async () => {
    const { gateway } = await online()
    await gateway.receive(report(20))
    expect(await reserve('one')).toEqual({ turn: 21 })
  })

  test('is answered for on the bus before the row says that it is here', async () => {
    const { gateway } = hold()
    const letGo = site.holdNextWrite()
    const connecting = gateway.connect(report(), undefined)
    // Waits for its turn, which is more than nobody would do.
    const waiting = reserve('one')
    expect(await isDone(waiting)).toBe(false)
    letGo()
    await connecting
    expect(await waiting).toEqual({ turn: 1 })
  })

  test('does not when its connection has ended, and the row does not say so', async () => {
    const { gateway, link } = hold()
    link.end('gone')
    expect(await gateway.connect(report(), undefined)).toBe(false)
    expect(await nodeOf()).toBeUndefined()
  })

  test('does not when its connection ends while it waits for the store, and nothing is written', async () => {
    const { gateway, link } = hold()
    const letGo = site.holdNextWrite()
    const connecting = gateway.connect(report(), undefined)
    link.end('gone')
    letGo()
    await expect(connecting).rejects.toThrow(LinkEnded)
    expect(await site.row()).toMatchObject({ node: undefined, ticketNext: hashOfTicket(admitted.ticket) })
    expect(await site.events()).toEqual([])
  })

  test('does not when a newer connection is held', async () => {
    const older = hold()
    hold()
    expect(await older.gateway.connect(report(), undefined)).toBe(false)
    expect(await nodeOf()).toBeUndefined()
  })

  test('is told that it is locked when it was away for too long, and when that is over', async () => {
    await site.change((tx) => tx.updateTable('device').set({ locked_since: 1 }).where('serial', '=', serial).execute())
    const { link } = await online()
    expect(link.sent).toContainEqual({ kind: 'lock', locked: true })
    await site.change((tx) =>
      tx.updateTable('device').set({ locked_since: null }).where('serial', '=', serial).execute(),
    )
    await ask({ kind: 'configure' })
    expect(link.sent.at(-1)).toEqual({ kind: 'lock', locked: false })
  })
})

describe('the end of a connection', () => {
  test('is recorded, and then it is held no more', async () => {
    const { gateway } = await online()
    await gateway.end('over')
    expect(await nodeOf()).toBeUndefined()
    expect(await site.events()).toEqual(['DeviceOnline', 'DeviceOffline'])
    expect(held.size).toBe(0)
    await expect(ask({ kind: 'configure' })).rejects.toMatchObject({ name: 'NoResponder' })
  })

  const heardAt = async () => {
    const found = await site.world.store.read((db) =>
      db.selectFrom('device').select('heard_at').where('serial', '=', serial).executeTakeFirst(),
    )
    return found?.heard_at
  }

  test('is recorded with when the gateway was heard last', async () => {
    const { gateway } = await online()
    expect(await heardAt()).toBeNull()
    await gateway.end('over')
    expect(await heardAt()).toBe(testHeardAt)
  })

  test('is recorded after everything that was to be written before it', async () => {
    const { gateway } = await online()
    const letGo = site.holdNextWrite()
    void gateway.receive({ ...report(), report: { ...report().report, version: '9.9.9.9' } })
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    const ending = gateway.end('over')
    expect(await isDone(ending)).toBe(false)
    expect(await nodeOf()).toBe('this')
    letGo()
    await ending
    expect(await nodeOf()).toBeUndefined()
  })

  test('waits for a decision that is under way: the next connection begins after it', async () => {
    const { gateway } = await online()
    const { turn } = (await reserve('one')) as { turn: number }
    await site.addChange('one', turn)
    const sealed = { enc: 'A'.repeat(43), ciphertext: 'AAAA' }
    void ask({ kind: 'change-password', changeId: 'one', sealed, timeoutMs: 1000 }).catch(() => undefined)
    await isDone(Promise.resolve())
    const letGo = site.holdNextWrite()
    await gateway.receive({ kind: 'ack', changeId: 'one', deposit: 'd' } as never)
    const ending = gateway.end('over')
    expect(await isDone(ending)).toBe(false)
    letGo()
    await ending
    expect(await site.journal('one')).toBe('succeeded')
  })

  test('of an older one leaves the newer one where it is', async () => {
    const older = await online()
    const newer = hold()
    await older.gateway.end('replaced')
    expect(held.get(serial)).toBe(newer.gateway)
  })

  test('before it was held is an end all the same', async () => {
    const link = createTestLink()
    link.end('gone already')
    const { gateway } = hold({}, link)
    await gateway.end('again')
    expect(held.size).toBe(0)
  })

  test('of a server that stops is the server’s to write', async () => {
    const { gateway, link } = await online()
    await gateway.leave(5000)
    expect(link.sent.at(-1)).toEqual({ kind: 'later', afterMs: 5000 })
    expect(await nodeOf()).toBe('this')
  })
})

describe('what is answered is durable:', () => {
  test('a synchronisation that was promised', async () => {
    const { link } = await online()
    await site.change((tx) =>
      tx.updateTable('device').set({ syn_status: 'Unsynchronized' }).where('serial', '=', serial).execute(),
    )
    const letGo = site.holdNextWrite()
    const answer = ask({ kind: 'synchronise' })
    expect(await isDone(answer)).toBe(false)
    expect(kinds(link)).not.toContain('synced')
    letGo()
    await answer
    expect(kinds(link)).toContain('synced')
  })

  test('a restart that the gateway agreed to: it is told to go once it is recorded', async () => {
    const { gateway, link } = await online()
    const answer = ask({ kind: 'restart', commandId: 'c', timeoutMs: 1000 })
    await isDone(Promise.resolve())
    const letGo = site.holdNextWrite()
    void gateway.receive({ kind: 'restarting', commandId: 'c' })
    expect(await isDone(answer)).toBe(false)
    expect(kinds(link)).not.toContain('go')
    letGo()
    expect(await answer).toEqual({ outcome: 'done' })
    await isDone(Promise.resolve())
    expect(kinds(link)).toContain('go')
    expect((await site.store.read((db) => createFleet(db).device(serial)))?.restartingSince).toBeDefined()
  })
})

describe('a connection whose gateway was recorded elsewhere meanwhile, while its node stood still,', () => {
  const elsewhere = (tx: Writer): Promise<number> => takeOwnership(tx, serial)
  const columns = async () =>
    site.store.read((db) => db.selectFrom('device').selectAll().where('serial', '=', serial).executeTakeFirstOrThrow())

  test('has another epoch than the one before it and the one after it', async () => {
    await online()
    expect((await columns()).owner_epoch).toBe(1)
    held.clear()
    await site.change((tx) => saveTickets(tx, serial, { ticket: undefined, ticketNext: hashOfTicket(admitted.ticket) }))
    await online()
    expect((await columns()).owner_epoch).toBe(2)
  })

  test('writes nothing of what the gateway reports', async () => {
    const { gateway } = await online()
    await site.change(elsewhere)
    const before = await columns()
    const reported = { ...report(5), report: { ...report(5).report, serviceIp: '192.0.2.77' } }
    await expect(gateway.receive(reported)).rejects.toThrow(NotOwner)
    expect(await columns()).toEqual(before)
  })

  test('settles no password: its change stays as the journal has it, and the gateway hears nothing', async () => {
    const { gateway, link } = await online()
    const { turn } = (await reserve('one')) as { turn: number }
    await site.addChange('one', turn)
    const sealed = { enc: 'A'.repeat(43), ciphertext: 'AAAA' }
    const changing = ask({ kind: 'change-password', changeId: 'one', sealed, timeoutMs: 1000 })
    await isDone(changing)
    await site.change(elsewhere)
    await gateway.receive({ kind: 'ack', changeId: 'one', deposit: 'd' } as never)
    const outcome = await changing.catch((error: unknown) => (error as Error).name)
    expect(outcome).not.toEqual({ outcome: 'accepted' })
    expect(await site.journal('one')).toBe('requested')
    expect(kinds(link)).not.toContain('settle')
    expect(link.isOpen).toBe(false)
    expect((await columns()).password_held).toBeNull()
  })

  test('promises no synchronisation', async () => {
    const { link } = await online()
    await site.change(elsewhere)
    await expect(ask({ kind: 'synchronise' })).rejects.toThrow()
    expect(kinds(link)).not.toContain('synced')
  })

  test('tells the gateway not to go, and whoever asked for the restart no success', async () => {
    const { gateway, link } = await online()
    const answer = ask({ kind: 'restart', commandId: 'c', timeoutMs: 1000 })
    await isDone(Promise.resolve())
    await site.change(elsewhere)
    await expect(gateway.receive({ kind: 'restarting', commandId: 'c' })).rejects.toThrow(NotOwner)
    expect(kinds(link)).not.toContain('go')
    const told = answer.catch(() => undefined)
    await gateway.end('over')
    expect(await told).not.toEqual({ outcome: 'done' })
    expect((await columns()).restarting_since).toBeNull()
  })

  test('does not record it as offline when it ends, also when it is recorded at the same node', async () => {
    const { gateway } = await online()
    await site.change(elsewhere)
    await gateway.end('over')
    expect(await nodeOf()).toBe('this')
  })
})

test('what another connection wrote meanwhile is not taken back: the row of another node stays', async () => {
  const { gateway } = await online()
  await site.change((tx) => setConnected(tx, serial, { node: 'other', at: 1 }))
  await gateway.end('over')
  expect(await nodeOf()).toBe('other')
})

describe('the administrator password in what a gateway reports', () => {
  const passwordOf = async () =>
    site.store.read((db) =>
      db
        .selectFrom('device')
        .select(['password_set', 'password_changed_at'])
        .where('serial', '=', serial)
        .executeTakeFirstOrThrow(),
    )
  const reporting = (generation: number, adminPassword: { readonly isSet: boolean; readonly changedAt?: number }) => ({
    ...report(generation),
    report: { ...report(generation).report, adminPassword },
  })

  /** A change that succeeds; answers when, by the server's clock. */
  async function change(gateway: GatewayConnection, id: string): Promise<number> {
    const { turn } = (await reserve(id)) as { turn: number }
    await site.addChange(id, turn)
    const sealed = { enc: 'A'.repeat(43), ciphertext: 'AAAA' }
    const changing = ask({ kind: 'change-password', changeId: id, sealed, timeoutMs: 1000 })
    await isDone(changing)
    await gateway.receive({ kind: 'ack', changeId: id, deposit: 'd' } as never)
    expect(await changing).toEqual({ outcome: 'accepted' })
    return site.world.wallClock()
  }

  test('none at first, then one that the server set: it is set since then', async () => {
    const { gateway } = hold()
    await gateway.connect(reporting(0, { isSet: false }), undefined)
    expect(await passwordOf()).toEqual({ password_set: 0, password_changed_at: null })
    const at = await change(gateway, 'one')
    expect(await passwordOf()).toEqual({ password_set: 1, password_changed_at: at })
  })

  test('the reset button takes it away again', async () => {
    const { gateway } = await online()
    await change(gateway, 'one')
    await gateway.receive(reporting(1, { isSet: false }))
    expect(await passwordOf()).toEqual({ password_set: 0, password_changed_at: null })
  })

  test('what was reported before a change and is written after it is not so any more', async () => {
    const { gateway } = await online()
    const at = await change(gateway, 'one')
    await gateway.receive(reporting(0, { isSet: false }))
    expect(await passwordOf()).toEqual({ password_set: 1, password_changed_at: at })
  })

  test('another box that enrols in its place has nothing of it; the same box keeps it', async () => {
    const { gateway } = await online()
    const at = await change(gateway, 'one')
    await site.change((tx) => enrolGateway(tx, serial, { signKey: 'sign', sealKey: 'seal', at: 1 }))
    expect(await passwordOf()).toEqual({ password_set: 1, password_changed_at: at })
    await site.change((tx) => enrolGateway(tx, serial, { signKey: 'other', sealKey: 'other', at: 2 }))
    expect(await passwordOf()).toEqual({ password_set: null, password_changed_at: null })
  })

  test('a gateway of 0.1.0 tells nothing: what the server knows stays', async () => {
    const { gateway } = await online()
    const at = await change(gateway, 'one')
    await gateway.receive(report(1))
    expect(await passwordOf()).toEqual({ password_set: 1, password_changed_at: at })
  })
})
