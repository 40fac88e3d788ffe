import { Secret } from '@opensag/protocol'
import type { Updateable } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import type { DeviceTable } from '../fleet/tables.ts'
import type { Writer } from '../store.ts'
import { eventsOf } from './events.ts'
import { enrolGateway, findGateway } from './gateways.ts'
import { isLocked, setConnected, setOffline, takeOffline } from './presence.ts'
import { promiseSynchronization } from './reports.ts'
import { confirmTicket, saveTickets, trustGateways } from './tickets.ts'

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

const write = <T>(work: (tx: Writer) => Promise<T>): Promise<T> => world.store.write(work)
const gateway = (serial: string) => world.store.read((db) => findGateway(db, serial))
const connect = (serial: string, at: number) => write((tx) => setConnected(tx, serial, { node: 'n', at }))
const leave = (serial: string, at: number) => write((tx) => setOffline(tx, serial, { node: 'n', at, reason: 'gone' }))
const enrol = (serial: string) => write((tx) => enrolGateway(tx, serial, { signKey: 'sign', sealKey: 'seal', at: 0 }))

async function row(serial: string) {
  return world.store.read((db) =>
    db.selectFrom('device').selectAll().where('serial', '=', serial).executeTakeFirstOrThrow(),
  )
}

function set(serial: string, columns: Updateable<DeviceTable>): Promise<unknown> {
  return write((tx) => tx.updateTable('device').set(columns).where('serial', '=', serial).execute())
}

async function offlineEvents(serial: string): Promise<number> {
  const events = await world.store.read((db) => eventsOf(db, serial, 100))
  return events.filter(({ kind }) => kind === 'DeviceOffline').length
}

describe('the ticket of a gateway', () => {
  test('is confirmed once, and only the one that was issued last', async () => {
    const serial = await world.addDevice()
    await write((tx) => saveTickets(tx, serial, { ticket: 'old', ticketNext: 'new' }))
    expect(await write((tx) => confirmTicket(tx, serial, 'old'))).toBe(false)
    expect(await write((tx) => confirmTicket(tx, serial, 'new'))).toBe(true)
    expect(await write((tx) => confirmTicket(tx, serial, 'new'))).toBe(false)
    expect(await gateway(serial)).toMatchObject({ ticket: 'new', ticketNext: undefined })
  })

  test('may be any next one where that is trusted; one that is connected keeps its own', async () => {
    const [away, here, unknown] = [await world.addDevice(), await world.addDevice(), await world.addDevice()]
    for (const serial of [away, here]) {
      await enrol(serial)
      await write((tx) => saveTickets(tx, serial, { ticket: 't', ticketNext: undefined }))
    }
    await set(away, { node: null })
    await set(here, { node: 'n' })
    await set(unknown, { node: null })
    expect(await write((tx) => trustGateways(tx))).toEqual([away])
    expect(await gateway(away)).toMatchObject({ trusted: true, ticket: undefined })
    expect(await gateway(here)).toMatchObject({ trusted: false, ticket: 't' })
    expect(await write((tx) => trustGateways(tx, here))).toEqual([])
  })

  test('is nobody’s after the identity was reset, and neither are its keys', async () => {
    const serial = await world.addDevice()
    await enrol(serial)
    await write((tx) => saveTickets(tx, serial, { ticket: 't', ticketNext: 'u' }))
    await world.fleet.resetIdentity(serial, Secret.of('another-key'))
    expect(await row(serial)).toMatchObject({
      sign_key: null,
      seal_key: null,
      enrolled_at: null,
      ticket: null,
      ticket_next: null,
    })
  })
})

test('an enrolment key opens in its own row only', async () => {
  const [one, other] = [await world.addDevice(), await world.addDevice()]
  await set(one, { enrolment_key_sealed: (await row(other)).enrolment_key_sealed })
  await expect(world.fleet.enrolmentKey(one)).rejects.toThrow('does not open')
})

describe('the offline lock', () => {
  /** An instance whose gateways lock after a minute, with one that was last seen at 0. */
  async function away(): Promise<{ readonly id: string; readonly serial: string }> {
    const id = await world.addInstance()
    const serial = await world.addDevice(id)
    await world.fleet.configure(id, { securityLockThreshold: 60 })
    await set(serial, { node: null, last_seen_at: 0, unlocked_at: null })
    return { id, serial }
  }

  test('closes when the gateway was away for its time, and not before', async () => {
    const { serial } = await away()
    expect(await connect(serial, 59_999)).toBe('open')
    await leave(serial, 60_000)
    expect(await connect(serial, 120_000)).toBe('locked')
    expect(await world.store.read((db) => isLocked(db, serial))).toBe(true)
  })

  test('stays closed when the gateway connects once more', async () => {
    const { serial } = await away()
    await connect(serial, 60_000)
    await leave(serial, 61_000)
    expect(await connect(serial, 62_000)).toBe('locked')
    expect(await row(serial)).toMatchObject({ locked_since: 60_000 })
  })

  test('that was opened while the gateway was away counts for that absence and not for the next', async () => {
    const { id, serial } = await away()
    await world.fleet.unlock(id, 30_000)
    expect(await connect(serial, 90_000)).toBe('open')
    await leave(serial, 100_000)
    expect(await connect(serial, 200_000)).toBe('locked')
  })

  test('that was opened while the gateway was connected closes at its next absence all the same', async () => {
    const { id, serial } = await away()
    await connect(serial, 10_000)
    await world.fleet.unlock(id, 20_000)
    await leave(serial, 30_000)
    expect(await connect(serial, 100_000)).toBe('locked')
  })

  test('goes with the instance: one that is bound elsewhere is open', async () => {
    const { serial } = await away()
    await connect(serial, 60_000)
    await world.fleet.unbind(serial)
    expect(await row(serial)).toMatchObject({ locked_since: null, unlocked_at: null })
  })

  test('does not count the time before the gateway was bound', async () => {
    const { id, serial } = await away()
    await world.fleet.unbind(serial)
    await world.fleet.bind(serial, id, 'active', 3_600_000)
    expect(await connect(serial, 3_610_000)).toBe('open')
  })
})

test('a gateway that is taken off line twice leaves one event', async () => {
  const serial = await world.addDevice()
  await connect(serial, 1)
  for (const at of [2, 3]) await write((tx) => takeOffline(tx, serial, { at, reason: 'unclear' }))
  expect(await offlineEvents(serial)).toBe(1)
  expect(await row(serial)).toMatchObject({ node: null, last_seen_at: 2 })
})

test('only a gateway that is not synchronised is promised to be', async () => {
  const [behind, even] = [await world.addDevice(), await world.addDevice()]
  await set(behind, { syn_status: 'Unsynchronized' })
  for (const serial of [behind, even]) await write((tx) => promiseSynchronization(tx, serial, 7))
  expect(await row(behind)).toMatchObject({ syn_status: 'Synchronizing', promised_revision: 7 })
  expect(await row(even)).toMatchObject({ syn_status: 'Synchronized', promised_revision: null })
})
