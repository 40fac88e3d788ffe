import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAdminPassword } from '../../packages/agent/src/admin-password.ts'
import { createMemoryDisk } from '../../packages/agent/src/disk.ts'
import { journalPasswordChange } from '../../packages/server/src/store/gateways/password-changes.ts'
import { takeOffline } from '../../packages/server/src/store/gateways/presence.ts'
import { storedBytes } from '../../packages/server/src/store/testing/contents.suite.ts'
import { until } from '../support/time.ts'
import {
  createFakeVault,
  createSite,
  online,
  onlineAgain,
  type Site,
  startGateway,
  startServer,
  type TestGateway,
  type TestServer,
} from './site.ts'

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'

async function connected(
  options: Parameters<typeof startServer>[1] = {},
): Promise<{ server: TestServer; gateway: TestGateway }> {
  const server = await startServer(site, options)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await gateway.password.setFirst(Secret.of('First_0001'))
  await online(gateway)
  return { server, gateway }
}

/** A promise and the function that keeps it. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}

test('accepted: only the new password opens the gateway, and open console sessions ended', async () => {
  const { server, gateway } = await connected()
  let ended = 0
  gateway.password.onChange(() => ended++)
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  expect(await gateway.accepts('First_0001', 'Second_0002')).toEqual(['Second_0002'])
  expect(await server.journal()).toEqual(['succeeded'])
  expect((await server.device(serial)).passwordGeneration).toBe(1)
  expect(ended).toBe(1)
})

test('a gateway without a password takes the first one from the server, and none from a visitor after that', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  expect(gateway.password.isSet()).toBe(true)
  expect(await gateway.password.setFirst(Secret.of('Visitor_03'))).toBe(false)
  expect(await gateway.accepts('Second_0002', 'Visitor_03')).toEqual(['Second_0002'])
})

test('the value is in nothing that the server stores', async () => {
  const { server } = await connected()
  expect(await server.change(serial, 'Needle_in_a_haystack')).toBe('accepted')
  const stored = await storedBytes({ store: server.store, folder: site.folder })
  expect(stored.includes(serial)).toBe(true)
  expect(stored.includes('Needle_in_a_haystack')).toBe(false)
})

test('many at once: one after the other, all accepted, and the last one counts', async () => {
  const { server, gateway } = await connected()
  const passwords = Array.from({ length: 8 }, (_, index) => `Number_000${index}`)
  const outcomes = await Promise.all(passwords.map((password) => server.change(serial, password)))
  expect(outcomes).toEqual(passwords.map(() => 'accepted'))
  expect(await gateway.accepts(...passwords)).toHaveLength(1)
  expect((await server.device(serial)).passwordGeneration).toBe(8)
})

test('a crowd on one gateway: whoever is not busy is proved in time, and whoever has to wait too long is told so', async () => {
  const { server, gateway } = await connected({ answerMs: 12_000 })
  gateway.vault.onHash = async () => server.time.advance(300)
  const passwords = Array.from({ length: 100 }, (_, index) => `Number_0${index + 100}`)
  const outcomes = await Promise.all(passwords.map((password) => server.change(serial, password)))
  expect(new Set(outcomes)).toEqual(new Set(['accepted', 'busy']))
  expect(outcomes.filter((outcome) => outcome === 'accepted').length).toBeGreaterThan(10)
  expect(await server.events(serial)).not.toContain('DeviceOffline')
  expect(new Set(await server.journal())).toEqual(new Set(['succeeded']))
  expect(await gateway.accepts(...passwords)).toHaveLength(1)
})

test('not proved in time: unreachable, offline, and the old password once it is connected again', async () => {
  const { server, gateway } = await connected()
  let ended = 0
  gateway.password.onChange(() => ended++)
  const hashing = gate()
  let started = false
  gateway.vault.onHash = () => {
    started = true
    return hashing.passed
  }
  const outcome = server.change(serial, 'Second_0002')
  await until('the gateway is at it', () => started)
  // Past the limit of the proof, not of the wait for the reply.
  server.time.advance(6_500)
  expect(await outcome).toBe('unreachable')
  expect((await server.device(serial)).connected).toBe(false)
  expect(await server.journal()).toEqual(['failed'])
  expect(await server.change(serial, 'Third_00003')).toBe('unreachable')

  gateway.vault.onHash = async () => {}
  hashing.open()
  await onlineAgain(gateway)
  expect(await gateway.accepts('First_0001', 'Second_0002', 'Third_00003')).toEqual(['First_0001'])
  expect(ended).toBe(0)
  expect(await server.change(serial, 'Fourth_0004')).toBe('accepted')
})

test('connection lost before the proof: unreachable, and the old password once it is connected again', async () => {
  const { server, gateway } = await connected()
  const replacing = gate()
  let started = false
  gateway.vault.onReplace = () => {
    started = true
    return replacing.passed
  }
  const outcome = server.change(serial, 'Second_0002')
  await until('the gateway is at it', () => started)
  await server.channel.disconnect(serial)
  expect(await outcome).toBe('unreachable')
  gateway.vault.onReplace = async () => {}
  replacing.open()
  await onlineAgain(gateway)
  expect(await gateway.accepts('First_0001', 'Second_0002')).toEqual(['First_0001'])
})

test('the confirmation never came: the gateway learns on reconnecting that it succeeded', async () => {
  const { server, gateway } = await connected()
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  await gateway.stop()
  const [entry] = await server.store.read((db) => db.selectFrom('password_change').select('id').execute())
  const hash = await gateway.vault.current()
  const unsettled = { generation: 1, unsettled: { changeId: entry?.id, hash, previous: 'fake 00 First_0001' } }
  await gateway.disk.write('password-change.json', JSON.stringify(unsettled))

  const restarted = await startGateway(site, { url: server.url, disk: gateway.disk, vault: gateway.vault })
  await online(restarted)
  expect(await restarted.accepts('First_0001', 'Second_0002')).toEqual(['Second_0002'])
  const known = { generation: 1, unsettled: undefined, holds: entry?.id, inForce: hash }
  expect(await restarted.password.status()).toEqual(known)
})

/** What a gateway has on its disk and in its vault, to be put back later. */
async function imageOf(gateway: TestGateway, files: readonly string[]): Promise<() => Promise<void>> {
  const contents = new Map<string, string | undefined>()
  for (const file of files) contents.set(file, await gateway.disk.read(file))
  const hash = await gateway.vault.current()
  return async () => {
    for (const [file, content] of contents) if (content !== undefined) await gateway.disk.write(file, content)
    await gateway.vault.replace(hash)
  }
}

test('a disk rolled back to the time before the change: the new password again, as soon as it is connected', async () => {
  const { server, gateway } = await connected()
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  // The ticket of this connection is still the right one, so nothing but the proof of the password tells.
  const rollBack = await imageOf(gateway, ['password-change.json'])
  expect(await server.change(serial, 'Third_00003')).toBe('accepted')
  await gateway.stop()
  await rollBack()

  const restarted = await startGateway(site, { url: server.url, disk: gateway.disk, vault: gateway.vault })
  expect(await restarted.accepts('Second_0002', 'Third_00003')).toEqual(['Second_0002'])
  await online(restarted)
  expect(await restarted.accepts('First_0001', 'Second_0002', 'Third_00003')).toEqual(['Third_00003'])
  expect(await server.events(serial)).toContain('DeviceRolledBack')
  expect(await server.change(serial, 'Fourth_0004')).toBe('accepted')
})

test('what a person cleared at the gateway is not brought back when it connects again', async () => {
  const { server, gateway } = await connected()
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  await gateway.password.reset()
  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  expect(gateway.password.isSet()).toBe(false)
})

test('taken off line by another node: the connection ends at the next sweep, and what nobody attends to has failed', async () => {
  const { server, gateway } = await connected()
  await server.store.write(async (tx) => {
    const change = {
      serial,
      instanceId: '',
      accountId: '',
      principal: '',
      requestId: '',
      requestedAt: 0,
      generation: 1,
    }
    await journalPasswordChange(tx, { ...change, id: 'left-behind' })
    await takeOffline(tx, serial, { at: 0, reason: 'A password change was given up.' })
  })
  server.time.advance(60_000)
  await onlineAgain(gateway)
  expect(await server.journal()).toEqual(['failed'])
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
})

test('the vault fails: refused, connected still, and the old password', async () => {
  const { server, gateway } = await connected()
  let failures = 1
  gateway.vault.onReplace = async () => {
    if (failures-- > 0) throw new Error('The disk is full.')
  }
  expect(await server.change(serial, 'Second_0002')).toBe('refused')
  expect(await gateway.accepts('First_0001', 'Second_0002')).toEqual(['First_0001'])
  expect((await server.device(serial)).connected).toBe(true)
  expect(await server.change(serial, 'Third_00003')).toBe('accepted')
})

test('the vault fails for good: unreachable, and the old password as soon as it works again', async () => {
  const { server, gateway } = await connected()
  gateway.vault.onReplace = async () => {
    throw new Error('The disk is gone.')
  }
  expect(await server.change(serial, 'Second_0002')).toBe('unreachable')
  gateway.vault.onReplace = async () => {}
  await onlineAgain(gateway)
  expect(await gateway.accepts('First_0001', 'Second_0002')).toEqual(['First_0001'])
})

test('not connected: unreachable, and nothing was journalled', async () => {
  const { server, gateway } = await connected()
  await gateway.stop()
  await until('offline', async () => !(await server.device(serial)).connected)
  expect(await server.change(serial, 'Second_0002')).toBe('unreachable')
  expect(await server.journal()).toEqual([])
})

test('the reset button clears the password; the server may set the next one', async () => {
  const { server, gateway } = await connected()
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  await gateway.password.reset()
  expect(gateway.password.isSet()).toBe(false)
  expect(await gateway.accepts('First_0001', 'Second_0002')).toEqual([])
  expect(await server.change(serial, 'Third_00003')).toBe('accepted')
  expect(await gateway.accepts('Third_00003')).toEqual(['Third_00003'])
})

test('two visitors at once: the first password of one of them is set', async () => {
  const password = await openAdminPassword({ disk: createMemoryDisk(), vault: createFakeVault() })
  const set = await Promise.all([
    password.setFirst(Secret.of('Visitor_01')),
    password.setFirst(Secret.of('Visitor_02')),
  ])
  expect(set).toEqual([true, false])
  expect(await password.verify(Secret.of('Visitor_01'))).toBe(true)
  expect(await password.verify(Secret.of('Visitor_02'))).toBe(false)
})
