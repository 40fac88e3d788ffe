import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../../apis/testing/remote-users.suite.ts'
import { silentSessions } from './client-sessions.ts'

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

test('silent sessions are those that were last seen until then, of one instance where one is named', async () => {
  const [here, there] = [await addApp(world), await addApp(world)]
  const began = world.now
  for (const [app, name, seen] of [
    [here, 'anna', began],
    [there, 'carl', began],
    [here, 'bert', began + 1000],
  ] as const) {
    world.now = seen
    await addUser(world, app, name)
    await addSession(world, app, name, name === 'bert' ? '10.9.0.3' : '10.9.0.2')
  }
  const silent = async (seenAt: number, instanceId?: string) => {
    const which = { seenAt, most: 10, ...(instanceId === undefined ? {} : { instanceId }) }
    return (await world.store.read((db) => silentSessions(db, which))).map(({ userName }) => userName).sort()
  }
  expect(await silent(began - 1)).toEqual([])
  expect(await silent(began)).toEqual(['anna', 'carl'])
  expect(await silent(began, here)).toEqual(['anna'])
  expect(await silent(began + 1000, here)).toEqual(['anna', 'bert'])
})
