import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Harness, openHarness } from '../apis/testing/harness.suite.ts'
import { addCcn } from '../apis/testing/networks.suite.ts'
import { addApp, addUser, online } from '../apis/testing/remote-users.suite.ts'
import { admit } from './admit.ts'

let world: Harness
let app: string
beforeEach(async () => {
  world = await openHarness()
  app = await addApp(world)
  await addCcn(world, {}, app)
  await addUser(world, app)
})
afterEach(() => world.close())

function claim(passwordHash: string) {
  return world.store.write((tx) =>
    admit(tx, {
      instanceId: app,
      userName: 'doctest',
      passwordHash,
      terminal: '',
      source: '192.0.2.1',
      sessionId: 's',
      tokenHash: 't',
      now: world.now,
      seenAt: world.now,
      silentAt: 0,
    }),
  )
}

test('who knew the password that counts is admitted', async () => {
  expect(await claim('the old hash')).toMatchObject({ userName: 'doctest' })
  expect(await online(world)).toEqual(['doctest'])
})

test('a password that was replaced while it was being checked admits nobody', async () => {
  expect(await claim('the hash from before')).toBe('LogonFailed')
  expect(await online(world)).toEqual([])
})
