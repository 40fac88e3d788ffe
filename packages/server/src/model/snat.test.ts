import { type Cidr, cidrAt, ipv4ToNumber, parseCidr } from '@opensag/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds, placeSnat, type SnatEntry, type WantedSnat } from './snat.ts'

function net(text: string): Cidr {
  const parsed = parseCidr(text)
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`)
  return parsed
}

const range = net('10.255.0.0/28')
const ccn = { cidrs: [net('10.0.0.0/8')], snatCidrs: [range] }
const inRange = fc.integer({ min: range.first, max: range.last })

/** Ranges of 192.168.0.0/16, one each, so that they never overlap. */
const wantedEntries: fc.Arbitrary<readonly WantedSnat[]> = fc
  .array(fc.option(inRange, { nil: undefined, freq: 1 }), { maxLength: 8 })
  .map((addresses) => addresses.map((snatIp, third) => ({ cidr: cidrAt(source(third), 24), snatIp })))

function source(third: number): number {
  return (ipv4ToNumber('192.168.0.0') ?? 0) + third * 256
}

test('every range gets an address of its own, within the SNAT range and nobody else’s', () => {
  fc.assert(
    fc.property(wantedEntries, fc.uniqueArray(inRange, { maxLength: 6 }), (wanted, others) => {
      const placed = placeSnat(wanted, { ccn, taken: new Set(others), current: [], cidrs: [] })
      if (typeof placed === 'string') {
        const asked = wanted.flatMap(({ snatIp }) => (snatIp === undefined ? [] : [snatIp]))
        const clash = new Set([...asked, ...others]).size < asked.length + others.length
        expect(placed).toBe('SAG.ConflictSnatIp')
        // Otherwise there were not enough left; of 16 addresses the first and the last are not given out.
        if (!clash) expect(wanted.length + others.length).toBeGreaterThan(14 - 2)
        return
      }
      const addresses = placed.map(({ snatIp }) => snatIp)
      expect(new Set(addresses).size).toBe(wanted.length)
      for (const address of addresses) {
        expect(holds([range], address)).toBe(true)
        expect(others).not.toContain(address)
      }
      for (const [index, { snatIp }] of wanted.entries())
        if (snatIp !== undefined) expect(addresses[index]).toBe(snatIp)
    }),
  )
})

test('asking again for what there is changes nothing', () => {
  fc.assert(
    fc.property(wantedEntries, (wanted) => {
      const placed = placeSnat(wanted, { ccn, taken: new Set(), current: [], cidrs: [] })
      if (typeof placed === 'string') return
      const current = placed.map(
        (entry, index): SnatEntry => ({
          ...entry,
          id: `snat-${index}`,
          instanceId: 'sag-1',
          createdAt: 0,
        }),
      )
      const again = wanted.map(({ cidr }) => ({ cidr, snatIp: undefined })).reverse()
      const second = placeSnat(again, { ccn, taken: new Set(), current, cidrs: [] })
      expect(typeof second === 'string' ? second : [...second].reverse()).toEqual(placed)
    }),
  )
})

test('no address is given out that a block of the instance holds', () => {
  const cidrs = [net('10.255.0.0/29')]
  const placed = placeSnat([{ cidr: net('192.168.0.0/24'), snatIp: undefined }], {
    ccn,
    taken: new Set(),
    current: [],
    cidrs,
  })
  expect(placed).toEqual([{ cidr: net('192.168.0.0/24'), snatIp: range.first + 8 }])
})
