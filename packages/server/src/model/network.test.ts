import { ipv4ToNumber } from '@opensag/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankInstance } from './lifecycle-start.ts'
import {
  lastDeviceNumber,
  memberOf,
  type NetworkInstance,
  networksOf,
  type Pop,
  peersOf,
  popAddress,
  prefixesOf,
} from './network.ts'

const pops: readonly Pop[] = [
  { serial: 'pop1', number: 1, endpoint: '203.0.113.1' },
  { serial: 'pop2', number: 3, endpoint: '203.0.113.2' },
]
const branch = { prefixes: ['10.1.0.0/24'], routing: 'static' } as const

function instance(numbers: Readonly<Record<string, number | undefined>>): NetworkInstance {
  return {
    ...blankInstance({ maxBandwidth: 20, ccnId: 'ccn-1', activatedAt: 0, perpetual: true }),
    devices: Object.entries(numbers).map(([serial, number]) => ({ serial, number })),
  }
}

function told(numbers: Readonly<Record<string, number>>, served = pops) {
  return networksOf(instance(numbers), { pops: served, now: 1 })
}

test('all a gateway is told follows from its number', () => {
  expect(told({ sag1: 4 })?.get('sag1')).toEqual({
    address: '198.18.0.4',
    as: 4_200_000_004,
    bandwidth: 20,
    pops: [
      {
        serial: 'pop1',
        endpoint: '203.0.113.1',
        address: '198.18.128.1',
        vni: 8,
        local: '198.19.0.17',
        remote: '198.19.0.16',
      },
      {
        serial: 'pop2',
        endpoint: '203.0.113.2',
        address: '198.18.128.3',
        vni: 9,
        local: '198.19.0.19',
        remote: '198.19.0.18',
      },
    ],
  })
})

test('both boxes of a pair have the AS of the lower number and prefer the same pop', () => {
  const networks = told({ sag1: 9, sag2: 6 })
  expect([...(networks?.values() ?? [])].map(({ as, pops: [first] }) => [as, first?.serial])).toEqual([
    [4_200_000_006, 'pop1'],
    [4_200_000_006, 'pop1'],
  ])
})

test('the other half of the instances prefers the other pop', () => {
  expect(
    told({ sag1: 7 })
      ?.get('sag1')
      ?.pops.map(({ serial }) => serial),
  ).toEqual(['pop2', 'pop1'])
  expect(
    told({ sag1: 7 }, pops.slice(1))
      ?.get('sag1')
      ?.pops.map(({ serial }) => serial),
  ).toEqual(['pop2'])
})

test('a pop is told the other end of what the gateway is told, at the same link', () => {
  for (const number of [6, 7]) {
    const network = told({ sag1: number })?.get('sag1')
    const devices = [{ serial: 'sag1', number }]
    for (const pop of pops) {
      const member = memberOf({ serial: 'sag1', number }, pop, { devices, bandwidth: 20, pops }, branch)
      const slot = network?.pops.findIndex(({ serial }) => serial === pop.serial) ?? -1
      const link = network?.pops[slot]
      expect(member).toEqual({
        serial: 'sag1',
        address: network?.address,
        as: network?.as,
        bandwidth: 20,
        backup: slot === 1,
        vni: link?.vni,
        local: link?.remote,
        remote: link?.local,
        ...branch,
      })
    }
  }
})

test('whatever their numbers are, no two devices share an address or a VNI, and all are of the ranges of the network', () => {
  const number = fc.integer({ min: 1, max: lastDeviceNumber })
  fc.assert(
    fc.property(fc.uniqueArray(number, { minLength: 2, maxLength: 12 }), (numbers) => {
      const all = numbers.flatMap((one) => [...(told({ [`sag${one}`]: one })?.values() ?? [])])
      const links = all.flatMap(({ pops: taken }) => taken)
      const addresses = [
        ...all.map(({ address }) => address),
        ...links.flatMap(({ local, remote }) => [local, remote]),
        ...numbers.map(popAddress),
      ]
      expect(new Set(addresses).size).toBe(addresses.length)
      expect(new Set(links.map(({ vni }) => vni)).size).toBe(links.length)
      expect(addresses.every((address) => /^198\.1[89]\./.test(address))).toBe(true)
      for (const { local, remote } of links) {
        const [one, other] = [ipv4ToNumber(local) ?? 0, ipv4ToNumber(remote) ?? 0]
        expect(one - other).toBe(1)
        expect(other % 2).toBe(0)
      }
    }),
  )
})

test('prefixes are the blocks, the addresses that hide some, and those of devices, each once', () => {
  expect(prefixesOf(['10.1.0.0/24', '10.2.0.0/24'], [0x0a030001, 0x0a030002], [0x0a030002])).toEqual([
    '10.1.0.0/24',
    '10.2.0.0/24',
    '10.3.0.1/32',
    '10.3.0.2/32',
  ])
})

test('each pop is told of the other one', () => {
  const [first, second] = pops as readonly [Pop, Pop]
  expect(peersOf(first, pops)).toEqual([{ serial: 'pop2', endpoint: '203.0.113.2', address: '198.18.128.3' }])
  expect(peersOf(second, pops)).toEqual([{ serial: 'pop1', endpoint: '203.0.113.1', address: '198.18.128.1' }])
  expect(peersOf(first, [first])).toEqual([])
})

test.each<[string, Partial<NetworkInstance>]>([
  ['is in no CCN', { ccnId: undefined }],
  ['is not activated', { activatedAt: undefined }],
  ['is overdue', { overdueSince: 0 }],
  ['has ended', { endsAt: 1 }],
])('an instance that %s has no network', (_, facts) => {
  const without = { ...instance({ sag1: 1 }), ...facts }
  expect(networksOf(without, { pops, now: 1 })).toEqual(new Map())
})

test('without a pop there is no network, and without a number it is not known yet', () => {
  expect(told({ sag1: 1 }, [])).toEqual(new Map())
  expect(networksOf(instance({ sag1: undefined }), { pops, now: 1 })).toBeUndefined()
})
