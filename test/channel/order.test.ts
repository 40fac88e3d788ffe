import { randomBytes } from 'node:crypto'
import { Secret, sealPassword } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryDisk, type Disk } from '../../packages/agent/src/disk.ts'
import { decideChange } from '../../packages/server/src/channel/journal.ts'
import { findHeldPassword } from '../../packages/server/src/store/gateways/held-passwords.ts'
import { ownerEpoch } from '../../packages/server/src/store/gateways/ownership.ts'
import { journalPasswordChange } from '../../packages/server/src/store/gateways/password-changes.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { until } from '../support/time.ts'
import { createSite, online, onlineAgain, type Site, startGateway, startServer, type TestServer } from './site.ts'

/** Units of work of one gateway that commit in another order than they were asked for, as several nodes can make them. */

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'

function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}

test('another node decides between look and connect: not connected before it holds what was decided', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const { disk, whileStoringTicket } = diskThatWaits()
  const gateway = await startGateway(site, { url: server.url, disk })
  await gateway.password.setFirst(Secret.of('First_0001'))
  await online(gateway)
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  const record = (await disk.read('password-change.json')) ?? ''
  const hash = await gateway.vault.current()
  const before = await rowOf(server.store)
  expect(await server.change(serial, 'Third_00003')).toBe('accepted')
  const held = await server.store.read((db) => findHeldPassword(db, serial))
  if (held === undefined) throw new Error('Nothing is held.')

  // As if the gateway had lost its disk, and the last change were still being decided at the node that held it.
  await gateway.stop()
  await disk.write('password-change.json', record)
  await gateway.vault.replace(hash)
  await server.store.write(async (tx) => {
    await tx.updateTable('device').set(before).where('serial', '=', serial).execute()
    const open = { outcome: 'requested', decided_at: null } as const
    await tx.updateTable('password_change').set(open).where('id', '=', held.changeId).execute()
  })
  const storing = whileStoringTicket()
  const restarted = await startGateway(site, { url: server.url, disk, vault: gateway.vault })
  await storing.begun
  const wallClock = server.time.wallClock
  const epoch = await server.store.read((db) => ownerEpoch(db, serial))
  const decided = { ...held, serial, epoch, outcome: 'succeeded', offline: false, deposit: held.deposit } as const
  expect(await decideChange({ store: server.store, wallClock }, decided)).toBe('succeeded')
  storing.goOn()

  await onlineAgain(restarted)
  expect((await server.device(serial)).connected).toBe(true)
  expect(await restarted.accepts('First_0001', 'Second_0002', 'Third_00003')).toEqual(['Third_00003'])
})

test('a decision is under way when its connection ends: the gateway is off line, and comes anew, only after it', async () => {
  const late = storeThatWaits()
  const server = await startServer(site, { within: late.within })
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await gateway.password.setFirst(Secret.of('First_0001'))
  await online(gateway)
  let decision = late.holdNext
  gateway.vault.onReplace = async () => {
    decision()
    decision = () => {}
  }
  await hand(server, 'Second_0002')
  await late.begun
  try {
    let isOver = false
    const over = server.channel.disconnect(serial).then(() => {
      isOver = true
    })
    const before = (await rowOf(server.store)).ticket_next
    await until('the gateway has lost its connection', () => gateway.connection.state.is === 'waiting')
    gateway.time.advance(60_000)
    await until('it is admitted anew', async () => (await rowOf(server.store)).ticket_next !== before)
    expect(isOver).toBe(false)
    expect((await server.device(serial)).connected).toBe(true)
    late.goOn()
    await over
  } finally {
    late.goOn()
  }
  await online(gateway)
  expect(await gateway.accepts('First_0001', 'Second_0002')).toEqual(['Second_0002'])
  expect(await server.journal()).toEqual(['succeeded'])
})

/** Asks the holder for a change as the API does on another node, and takes its time to give up. */
async function hand({ bus, store, device }: TestServer, password: string): Promise<void> {
  const changeId = 'handed-over'
  const reserve = { kind: 'reserve-password-change', changeId, timeoutMs: 1000, leaseMs: 10_000 } as const
  const generation = Number((await bus.request(serial, reserve, 1000))['turn'])
  const caller = { instanceId: '', accountId: '', principal: '', requestId: '', requestedAt: 0 }
  await store.write((tx) => journalPasswordChange(tx, { id: changeId, serial, generation, ...caller }))
  const { sealKey = '' } = await device(serial)
  const sealed = sealPassword(sealKey, Secret.of(password), { serial, changeId, generation }, randomBytes)
  const change = { kind: 'change-password', changeId, sealed, timeoutMs: 10_000 } as const
  bus.request(serial, change, 60_000).catch(() => 'nobody waits for it')
}

function rowOf(store: Store) {
  return store.read((db) =>
    db
      .selectFrom('device')
      .select(['password_held', 'password_generation', 'ticket_next'])
      .where('serial', '=', serial)
      .executeTakeFirstOrThrow(),
  )
}

/** Holds one unit of work back. */
function storeThatWaits() {
  const reached = gate()
  const goesOn = gate()
  let isNext = false
  return {
    begun: reached.passed,
    goOn: goesOn.open,
    holdNext(): void {
      isNext = true
    },
    within: (store: Store): Store => ({
      ...store,
      async write(work) {
        if (isNext) {
          isNext = false
          reached.open()
          await goesOn.passed
        }
        return store.write(work)
      },
    }),
  }
}

function diskThatWaits() {
  const disk = createMemoryDisk()
  let onTicket = async (): Promise<void> => {}
  return {
    disk: {
      ...disk,
      async write(name, content) {
        if (name === 'ticket.json') await onTicket()
        await disk.write(name, content)
      },
    } satisfies Disk,
    whileStoringTicket() {
      const begun = gate()
      const goesOn = gate()
      onTicket = () => {
        begun.open()
        return goesOn.passed
      }
      return { begun: begun.passed, goOn: goesOn.open }
    },
  }
}
