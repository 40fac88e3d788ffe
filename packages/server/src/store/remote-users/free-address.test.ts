import { numberToIpv4 } from '@opensag/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testInWorld } from '../../apis/testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../../apis/testing/remote-users.suite.ts'
import { lowestFreeAddress } from './free-address.ts'

testInWorld('the lowest free address', (world) => {
  test('is the first that is neither of a session nor an account’s fixed one', async () => {
    const first = 0x0a_09_09_00
    const place = fc.constantFrom('free', 'session', 'fixed', 'both')
    await fc.assert(
      fc.asyncProperty(fc.array(place, { maxLength: 8 }), fc.nat(7), fc.nat(7), async (places, from, length) => {
        const id = await addApp(world())
        for (const [index, is] of places.entries()) {
          const address = first + index
          if (is === 'session' || is === 'both') await addSession(world(), id, `online-${index}`, numberToIpv4(address))
          if (is === 'fixed' || is === 'both') await addUser(world(), id, `fixed-${index}`, { client_ip: address })
        }
        const range = { first: first + from, last: first + from + length }
        const all = Array.from({ length: length + 1 }, (_, index) => from + index)
        const expected = all.find((index) => (places[index] ?? 'free') === 'free')
        expect(await world().store.read((db) => lowestFreeAddress(db, id, range))).toBe(
          expected === undefined ? undefined : first + expected,
        )
      }),
      { numRuns: 50 },
    )
  })

  test('is found in a network of sixteen million, of which nothing is listed', async () => {
    const id = await addApp(world())
    await addSession(world(), id, 'anna', '10.0.0.2')
    const range = { first: 0x0a_00_00_02, last: 0x0a_ff_ff_fe }
    expect(await world().store.read((db) => lowestFreeAddress(db, id, range))).toBe(0x0a_00_00_03)
  })
})
