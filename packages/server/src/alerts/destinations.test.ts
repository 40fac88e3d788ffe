import { expect, test } from 'vitest'
import { createDestinations } from './destinations.ts'

const publicOnly = createDestinations([], false)

test.each([
  ['this machine', ['127.0.0.1', '127.8.8.8', '::1', '0.0.0.0', '::']],
  ['private networks', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1']],
  ['shared addresses, with the metadata service of Alibaba Cloud', ['100.100.100.200', '100.64.0.1']],
  ['link-local addresses, with the metadata services of other clouds', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0']],
  ['multicast, broadcast and reserved', ['224.0.0.1', '255.255.255.255', '240.0.0.1', 'ff02::1']],
  [
    'IPv4 in the clothes of IPv6',
    ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::a00:1', '2002:a00:1::'],
  ],
  ['what is no address', ['', 'example.com', '10.0.0']],
])('alerts do not go to %s', (_, addresses) => {
  expect(addresses.filter((address) => publicOnly.allows(address))).toEqual([])
})

test('they go to the internet, and only under TLS', () => {
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:4860:4860::8888', '::ffff:8.8.8.8']) {
    expect([address, publicOnly.allows(address), publicOnly.allowsPlain(address)]).toEqual([address, true, false])
  }
})

test('what the operator lists is allowed, without TLS as well, and nothing beside it', () => {
  const { allows, allowsPlain } = createDestinations(['10.1.0.0/16', '192.168.7.7', 'fd12::/16'], false)
  for (const address of ['10.1.2.3', '192.168.7.7', 'fd12::1', '::ffff:10.1.2.3']) {
    expect([address, allows(address), allowsPlain(address)]).toEqual([address, true, true])
  }
  for (const address of ['10.2.0.1', '192.168.7.8', '127.0.0.1', '169.254.169.254']) {
    expect([address, allows(address)]).toEqual([address, false])
  }
})

test('a sandbox posts to its own machine, and to no network', () => {
  const { allows, allowsPlain } = createDestinations([], true)
  expect([allows('127.0.0.1'), allowsPlain('::1'), allows('10.0.0.1'), allowsPlain('8.8.8.8')]).toEqual([
    ...[true, true, false, false],
  ])
})
