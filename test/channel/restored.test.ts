import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deviceTakeBack } from '../../packages/server/src/operator/devices.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { setGenerationFloor } from '../../packages/server/src/store/access/restore-marks.ts'
import { trustGateways } from '../../packages/server/src/store/gateways/tickets.ts'
import { copyTestStore } from '../../packages/server/src/store/testing/database.suite.ts'
import { until } from '../support/time.ts'
import {
  createSite,
  online,
  onlineAgain,
  type Site,
  startGateway,
  startServer,
  type TestGateway,
  type TestServer,
} from './site.ts'

/** The server's store is put back to a day before; its gateways have gone on. */

let site: Site
let backup: string
beforeEach(async () => {
  site = await createSite()
  backup = await mkdtemp(join(tmpdir(), 'opensag-backup-'))
  site.later(() => rm(backup, { recursive: true }))
})
afterEach(() => site.close())

const serial = 'sag00001'
const all = ['First_0001', 'Second_0002', 'Third_00003', 'Fourth_0004']

interface Restored {
  readonly server: TestServer
  readonly gateway: TestGateway
}

/** Second is in the backup, and Third, acknowledged and settled, is not. */
async function restored({ floor = 0 }: { readonly floor?: number } = {}): Promise<Restored> {
  let url = ''
  let server = await startServer(site)
  url = server.url
  await server.add(serial)
  const gateway = await startGateway(site, { url, urlNow: () => url })
  await gateway.password.setFirst(Secret.of('First_0001'))
  await online(gateway)
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  await server.stop()
  await copyTestStore(site.folder, backup)

  server = await startServer(site)
  url = server.url
  await onlineAgain(gateway)
  expect(await server.change(serial, 'Third_00003')).toBe('accepted')
  await server.stop()

  server = await startServer(site, { folder: backup })
  url = server.url
  await server.store.write(async (tx) => {
    await trustGateways(tx, serial)
    if (floor > 0) await setGenerationFloor(tx, floor)
  })
  return { server, gateway }
}

test('a settled password is not taken back by a server that was restored from before it; the server learns it', async () => {
  const { server, gateway } = await restored()
  await onlineAgain(gateway)
  expect(await gateway.accepts(...all)).toEqual(['Third_00003'])
  expect(await server.events(serial)).toContain('ServerRolledBack')
  expect(await server.events(serial)).not.toContain('DeviceRolledBack')
  expect(await server.change(serial, 'Fourth_0004')).toBe('accepted')
})

test('what the server has learnt is what it restores when the disk of the gateway is rolled back later', async () => {
  const { server, gateway } = await restored()
  await onlineAgain(gateway)
  const old = { generation: 1, unsettled: null, holds: null, holdsGeneration: null }
  await gateway.stop()
  await gateway.disk.write('password-change.json', JSON.stringify(old))
  await gateway.vault.replace('fake 00 First_0001')

  const again = await startGateway(site, { url: server.url, disk: gateway.disk, vault: gateway.vault })
  await online(again)
  expect(await again.accepts(...all)).toEqual(['Third_00003'])
})

test('only the operator goes back below what a gateway has settled, by name', async () => {
  const { server, gateway } = await restored()
  await onlineAgain(gateway)
  const again = onlineAgain(gateway)
  expect(await takeBack(server)).toMatchObject({ serial })
  await again
  expect(await gateway.accepts(...all)).toEqual(['Second_0002'])
  expect((await server.events(serial)).filter((kind) => kind.endsWith('Back'))).toEqual([
    'ServerRolledBack',
    'PasswordTakenBack',
  ])
  await expect(takeBack(server)).rejects.toThrow('there is nothing to take back')
  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  expect(await gateway.accepts(...all)).toEqual(['Second_0002'])
  expect(await server.change(serial, 'Fourth_0004')).toBe('accepted')
})

test('a server that takes no part in this is refused by the gateway, which says why', async () => {
  const { server, gateway } = await restored()
  // Of an older version: it does not look at generations, and sends what it knows.
  await server.store.write(async (tx) => {
    await tx
      .updateTable('device')
      .set({ password_taken_back: await holdsOf(gateway) })
      .execute()
  })
  const { password } = gateway
  const receive = password.receive.bind(password)
  password.receive = (order, link) => receive(order.is === 'restore' ? { ...order, ordered: false } : order, link)
  const before = gateway.states.length
  await until('it refuses', () => refusal(gateway, before).includes('its operator has not ordered that'))
  expect(await gateway.accepts(...all)).toEqual(['Third_00003'])
})

test('generations go on above the floor that a restore has set', async () => {
  const { server, gateway } = await restored({ floor: 1_700_000_000_000 })
  await onlineAgain(gateway)
  expect(await server.change(serial, 'Fourth_0004')).toBe('accepted')
  expect((await server.device(serial)).passwordGeneration).toBe(1_700_000_000_001)
  const settled = async (): Promise<boolean> => (await gateway.password.status()).holdsGeneration === 1_700_000_000_001
  await until('the change is settled', settled)
})

async function holdsOf({ password }: TestGateway): Promise<string | null> {
  return (await password.status()).holds ?? null
}

function refusal({ states, connection, time }: TestGateway, from: number): string {
  if (connection.state.is === 'waiting') time.advance(60_000)
  return states
    .slice(from)
    .map((state) => ('reason' in state ? state.reason : ''))
    .join('; ')
}

function takeBack({ store, time, channel }: TestServer): Promise<unknown> {
  const world = { store, wallClock: time.wallClock, disconnect: channel.disconnect, logger: pino({ level: 'silent' }) }
  return deviceTakeBack.run(
    { ...world, sealer: createSealer(Buffer.alloc(32)) } as never,
    { serial } as never,
  ) as Promise<unknown>
}
