import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tunnelIdentityOf } from './tunnel-identity.ts'

test.each([
  ['sag32a30000', 'sag32a30000.sag'],
  ['Sag1', 'sag1.c1.sag'],
  ['SAG-1', 'sag-1.c7.sag'],
  ['sag-A', 'sag-a.c10.sag'],
])('%s is called %s', (serial, identity) => expect(tunnelIdentityOf(serial)).toBe(identity))

const serial = fc.stringMatching(/^[A-Za-z0-9-]{4,64}$/)

test('no two serial numbers have one identity, as IKE and X.509 compare them', () => {
  fc.assert(
    fc.property(serial, fc.infiniteStream(fc.boolean()), (one, chance) => {
      const other = [...one]
        .map((letter) => (chance.next().value ? letter.toUpperCase() : letter.toLowerCase()))
        .join('')
      const [a, b] = [tunnelIdentityOf(one), tunnelIdentityOf(other)].map((name) => name.toLowerCase())
      expect(a === b).toBe(one === other)
    }),
  )
  fc.assert(
    fc.property(serial, serial, (one, other) => {
      expect(tunnelIdentityOf(one) === tunnelIdentityOf(other)).toBe(one === other)
    }),
  )
})
