import { expect, test } from 'vitest'
import { testInWorld } from '../../apis/testing/harness.suite.ts'
import { addApp, addUser } from '../../apis/testing/remote-users.suite.ts'
import { createRemoteUsers } from './remote-users.ts'

testInWorld('accounts, page by page', (world) => {
  test.each([1, 2, 3, 5, 7, 20])('with %i on a page each is on one page, by name', async (size) => {
    const app = await addApp(world())
    const names = Array.from({ length: 7 }, (_, index) => `user-000${index}`)
    for (const name of [...names].reverse()) await addUser(world(), app, name)
    const page = (number: number) => world().store.read((db) => createRemoteUsers(db).users(app, {}, { number, size }))

    const found: string[] = []
    for (let number = 1; number <= Math.ceil(names.length / size); number++) {
      const { total, users } = await page(number)
      expect(total).toBe(names.length)
      found.push(...users.map(({ name }) => name))
    }
    expect(found).toEqual(names)
    expect(await page(Math.ceil(names.length / size) + 1)).toEqual({ total: names.length, users: [] })
  })
})
