import { networksIn } from '@opensag/rules'
import { expect, test, vi } from 'vitest'
import { cidrTexts } from './cidr-mistake.texts.ts'
import {
  blockMistake,
  type CidrPlace,
  cidrMistake,
  cidrRefusal,
  snatCidrMistake,
  snatRangeMistake,
} from './cidr-mistake.ts'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('../app/session.svelte.ts', () => ({ call }))
vi.mock('../app/denied.ts', () => ({ unlessDenied: (answer: Promise<unknown>) => answer }))

const t = cidrTexts.en
const place: CidrPlace = {
  regionId: 'cn-shanghai',
  others: networksIn('10.9.0.0/16').map((block) => ({ id: 'sag-2', name: 'Other', block })),
  ccnId: 'ccn-1',
  network: { id: 'ccn-1', name: 'branches', range: networksIn('10.0.0.0/8') },
  current: networksIn('10.1.0.0/24'),
}

test.each([
  ['', undefined],
  ['10.1.0.0/24, 10.1.1.0/24', undefined],
  ['10.1.0.0/08', t.wrong('10.1.0.0/08')],
  ['ten', t.wrong('ten')],
  ['10.1.0.1/24', t.start],
  ['10.1.0.0/24,10.1.0.0/25', t.twice],
  ['10.9.1.0/24', t.taken('10.9.1.0/24', 'Other')],
  ['192.168.1.0/24', t.outside('10.0.0.0/8')],
])('the list %j of a branch is answered before the API is asked: %s', (list, expected) => {
  expect(cidrMistake(list, place, t)?.text).toBe(expected)
})

test.each([
  ['10.1.0.0/24, 10.2.0.5/24', '10.2.0.0/24', '10.1.0.0/24,10.2.0.0/24'],
  ['10.2.0.5', '10.2.0.0/24', '10.2.0.0/24'],
  ['10.2.3.4/16', '10.2.0.0/16', '10.2.0.0/16'],
])('of %j the block that is meant is offered: %s', (list, block, value) => {
  expect(cidrMistake(list, place, t)?.repair).toEqual({ label: t.use(block), value })
})

test('a taken block names who has it, leads there and is replaced by what the server proposes, of the same length', async () => {
  call.mockResolvedValueOnce({ CidrBlock: '10.3.0.0/25' })
  const mistake = cidrMistake('10.1.0.0/24,10.9.1.0/25', place, t)
  expect(mistake?.link).toEqual({ href: '#/fleet/cn-shanghai/sag-2', text: t.open('Other') })
  expect(await mistake?.askRepair?.()).toEqual({ label: t.use('10.3.0.0/25'), value: '10.1.0.0/24,10.3.0.0/25' })
  expect(call).toHaveBeenLastCalledWith('OpenSAG', 'ProposeCidrBlock', { CcnId: 'ccn-1', PrefixLength: 25 })
})

test('a block outside the network leads to the network', () => {
  expect(cidrMistake('192.168.1.0/24', place, t)?.link?.href).toBe('#/networks/cn-shanghai/ccn-1')
})

test.each([
  ['SAG.CidrOverlap', t.takenUnseen],
  ['SAG.ConflictCidr.CcnSnatCidr', t.takenBySnat],
  ['SAG.InvalidCidr.NoBelongCcnCidr', t.outside('10.0.0.0/8')],
  ['SAG.NameInvalid', undefined],
])('the refusal %s is told at the field: %s', (code, text) => {
  expect(cidrRefusal(code, '10.1.0.0/24,10.7.0.0/24', place, t)?.text).toBe(text)
})

test('a refusal replaces the block that is new, and offers nothing when there is nothing free', async () => {
  call.mockResolvedValueOnce({ CidrBlock: '10.3.0.0/24' })
  const mistake = cidrRefusal('SAG.CidrOverlap', '10.1.0.0/24,10.7.0.0/24', place, t)
  expect((await mistake?.askRepair?.())?.value).toBe('10.1.0.0/24,10.3.0.0/24')
  call.mockResolvedValueOnce({})
  expect(await mistake?.askRepair?.()).toBeUndefined()
})

test.each([
  ['127.0.0.0/8', {}, t.reserved('127.0.0.0/8'), undefined],
  ['8.0.0.0/7', {}, t.wide('8.0.0.0/7'), undefined],
  ['192.168.0.0/15', {}, t.wide('192.168.0.0/15'), undefined],
  ['10.1.0.0/28', { longest: 24 }, t.narrow('10.1.0.0/28', '24'), '10.1.0.0/24'],
  ['10.1.0.0/28,10.1.0.16/28', { longest: 24 }, t.narrow('10.1.0.0/28', '24'), undefined],
  ['10.1.0.4/31', { longestFirst: 30 }, t.narrow('10.1.0.4/31', '30'), '10.1.0.4/30'],
  ['10.1.0.0/24,10.2.0.4/31', { longestFirst: 30 }, undefined, undefined],
  ['10.1.0.0/24,10.2.0.0/24', { most: 1 }, t.tooMany('1', '2'), undefined],
  ['10.1.0.0/24,10.2.0.0/24', { most: 2 }, undefined, undefined],
])('%s within %j is answered so: %s', (list, bounds, text, value) => {
  const mistake = blockMistake(list, t, bounds)
  expect([mistake?.text, mistake?.repair?.value]).toEqual([text, value])
})

test.each([
  ['10.0.1.0/25', '10.0.0.0/16', undefined],
  ['', '', undefined],
  ['10.1.0.0/25', '10.0.0.0/16', t.snatOutside('10.1.0.0/25', '10.0.0.0/16')],
  ['10.0.1.0/25', '', t.rangeFirst],
  ['10.0.1.0/31', '10.0.0.0/16', t.narrow('10.0.1.0/31', '30')],
  ['10.0.1.0/25', 'ten', undefined],
])('the SNAT range %j of a network of %j is answered so: %s', (list, range, text) => {
  expect(snatCidrMistake(list, range, t)?.text).toBe(text)
})

test('a range is translated once', () => {
  const entries = [{ CidrBlock: '10.1.0.0/24' }]
  expect(snatRangeMistake('10.1.0.128/25', entries, t)?.text).toBe(t.translated('10.1.0.0/24'))
  expect(snatRangeMistake('10.1.1.0/24', entries, t)).toBe(undefined)
  expect(snatRangeMistake('10.1.1.0/24,10.1.2.0/24', entries, t)?.text).toBe(t.tooMany('1', '2'))
})
