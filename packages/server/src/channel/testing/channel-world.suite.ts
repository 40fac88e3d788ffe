// Support for the tests of the channel: a store with one gateway in it, and connections that are not there.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualTime, type FromServer, type ManualTime, Secret } from '@opensag/protocol'
import { pino } from 'pino'
import { createInProcessBus } from '../../bus/in-process.ts'
import { createSealer } from '../../sealing/sealing.ts'
import { createFleet } from '../../store/fleet/create-fleet.ts'
import { eventsOf } from '../../store/gateways/events.ts'
import { enrolGateway, findGateway } from '../../store/gateways/gateways.ts'
import { findPasswordChange, journalPasswordChange } from '../../store/gateways/password-changes.ts'
import { saveTickets } from '../../store/gateways/tickets.ts'
import type { Store, Writer } from '../../store/store.ts'
import { openTestStore } from '../../store/testing/database.suite.ts'
import { createAuthority } from '../authority.ts'
import type { ChannelContext } from '../context.ts'
import type { AdmittedGateway, ServerLink } from '../handshake.ts'
import { hashOfTicket } from '../handshake.ts'
import type { Report } from '../held-gateways.ts'
import { openIdentity } from '../identity.ts'
import { defaultSettings } from '../settings.ts'

export const serial = 'sag00001'
export const ticket = 'the ticket that was issued'

export interface TestWorld {
  readonly world: ChannelContext
  /** As it is on the disk; that of the world may hold writes back. */
  readonly store: Store
  readonly time: ManualTime
  /** The next write through the world's store waits until it is let go. Answers how. */
  holdNextWrite(): () => void
  /** Happens right before the next write through the world's store. */
  beforeNextWrite(work: () => Promise<unknown>): void
  row(): Promise<Awaited<ReturnType<typeof findGateway>>>
  events(): Promise<readonly string[]>
  journal(id: string): Promise<string | undefined>
  /** A change is under way, as the journal has it. */
  addChange(id: string, generation?: number): Promise<void>
  change(work: (tx: Writer) => Promise<unknown>): Promise<void>
  close(): Promise<void>
}

/** One gateway that has enrolled, was issued a ticket, and is connected nowhere. */
export async function createTestWorld(): Promise<TestWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-channel-unit-'))
  const store = await openTestStore(folder)
  const sealer = createSealer(Buffer.alloc(32))
  const time = createManualTime()
  const device = { serial, model: 'sag-1000', version: '2.3.1.1', resettable: true, createdAt: 0 } as const
  await store.write(async (tx) => {
    await createFleet(tx, sealer).addDevice({ ...device, enrolmentKey: Secret.of('key') })
    await enrolGateway(tx, serial, { signKey: 'sign', sealKey: 'seal', at: 0 })
    await saveTickets(tx, serial, { ticket: undefined, ticketNext: hashOfTicket(ticket) })
  })

  let gate: Promise<unknown> | undefined
  let before: (() => Promise<unknown>) | undefined
  const held: Store = {
    ...store,
    async write(work) {
      const [waitsFor, happens] = [gate, before]
      gate = undefined
      before = undefined
      await waitsFor
      await happens?.()
      return store.write(work)
    },
  }
  const world: ChannelContext = {
    store: held,
    bus: createInProcessBus(),
    sealer,
    identity: await openIdentity({ store, sealer, random: randomBytes }),
    authority: createAuthority({ store, sealer, random: randomBytes, wallClock: time.wallClock }),
    wallClock: time.wallClock,
    businessClock: time.wallClock,
    timers: time.timers,
    random: randomBytes,
    nodeId: 'this',
    logger: pino({ level: 'silent' }),
    settings: defaultSettings,
  }
  return {
    world,
    store,
    time,
    holdNextWrite() {
      let letGo = (): void => {}
      gate = new Promise<void>((resolve) => {
        letGo = resolve
      })
      return letGo
    },
    beforeNextWrite(work) {
      before = work
    },
    row: () => store.read((db) => findGateway(db, serial)),
    events: async () => (await store.read((db) => eventsOf(db, serial, 100))).map(({ kind }) => kind).reverse(),
    journal: async (id) => (await store.read((db) => findPasswordChange(db, id)))?.outcome,
    addChange: (id, generation = 1) =>
      store.write((tx) =>
        journalPasswordChange(tx, {
          ...{ id, serial, instanceId: '', accountId: '', principal: '', requestId: '' },
          requestedAt: time.wallClock(),
          generation,
        }),
      ),
    change: async (work) => void (await store.write(work)),
    async close() {
      await world.bus.close()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** When a test link was heard last. */
export const testHeardAt = 4321

export interface TestLink extends ServerLink {
  readonly sent: FromServer[]
}

/** The server's end of a connection whose other end is the test. */
export function createTestLink(): TestLink {
  const listeners: ((reason: string) => void)[] = []
  const sent: FromServer[] = []
  let isOpen = true
  return {
    sent,
    get isOpen() {
      return isOpen
    },
    send: (message) => void (isOpen && sent.push(message)),
    end(reason) {
      if (!isOpen) return
      isOpen = false
      for (const listener of listeners) listener(reason)
    },
    onEnd: (listener) => void listeners.push(listener),
    takeHeard: () => true,
    heardAt: testHeardAt,
    sendText: () => {},
    serve: () => {},
    nextText: () => new Promise(() => {}),
    next: () => new Promise(() => {}),
    seal: () => {},
    received: () => {},
    closed: () => {},
  }
}

export const admitted: AdmittedGateway = {
  is: 'admitted',
  serial,
  signKey: 'sign',
  sealKey: 'seal',
  ticket,
  ticketBefore: undefined,
  capabilities: ['qos', 'acl'],
  passwordGeneration: 0,
  otherNode: undefined,
  transcript: Buffer.alloc(32),
}

export function report(generation = 0): Report {
  return {
    kind: 'report',
    password: { generation },
    report: {
      version: '2.3.1.1',
      startedAt: 0,
      serviceIp: '192.0.2.7',
      localRevision: 0,
      syncedRevision: 0,
      resettable: true,
    },
  }
}

/** Whether it has resolved by now; whatever needs nobody else has had its time. */
export async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let isOver = false
  promise.then(
    () => {
      isOver = true
    },
    () => {
      isOver = true
    },
  )
  // The store commits within a turn or two of the event loop; what is held back never does.
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
  return isOver
}
