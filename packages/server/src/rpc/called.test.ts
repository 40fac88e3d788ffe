import { expect, test } from 'vitest'
import { calledAddress, type OwnAddresses } from './called.ts'

const own: OwnAddresses = { endpoint: 'own.example:1', isOwnName: (name) => name === 'certified.example' }

test.each([
  ['own.example:7240', 'own.example', 'http://own.example:7240'],
  ['OWN.example', 'OWN.example', 'http://OWN.example'],
  ['certified.example', 'certified.example', 'http://certified.example'],
  ['Certified.Example:8443', 'Certified.Example', 'http://Certified.Example:8443'],
  ['localhost:9000', 'localhost', 'http://localhost:9000'],
  ['127.0.0.1', '127.0.0.1', 'http://127.0.0.1'],
  ['[::1]:80', '[::1]', 'http://[::1]:80'],
  ['192.0.2.7:7240', '192.0.2.7', 'http://192.0.2.7:7240'],
])('the host header %j is one of this server, and called %s', (header, host, base) => {
  const address = base.replace('http://', '')
  const asked = { headers: { host: header }, secure: false, localAddress: () => '::ffff:192.0.2.7' }
  expect(calledAddress(asked, own)).toEqual({ host, address, base })
})

test.each([
  'evil.example',
  'own.example.evil.example',
  'certified.example.',
  '127.0.0.1.evil.example',
  '192.0.2.8',
  '<script>',
  'a b',
  'own.example/path',
  'own.example:1:2',
  'own.example@evil.example',
  undefined,
])('the host header %j is none of this server, and not repeated', (host) => {
  const asked = { headers: { host }, secure: true, localAddress: () => '192.0.2.7' }
  const expected = { host: 'own.example', address: 'own.example:1', base: 'https://own.example:1' }
  expect(calledAddress(asked, own)).toEqual(expected)
})

test.each([
  ['0.0.0.0:7240', '192.0.2.7', '192.0.2.7:7240'],
  ['[::]:7240', '::ffff:192.0.2.7', '192.0.2.7:7240'],
  ['[::]:7240', '2001:db8::7', '[2001:db8::7]:7240'],
  ['0.0.0.0:7240', undefined, '0.0.0.0:7240'],
])('a server that listens on %s and was reached at %s is %s', (endpoint, localAddress, address) => {
  const asked = { headers: { host: 'evil.example' }, secure: false, localAddress: () => localAddress }
  expect(calledAddress(asked, { endpoint }).base).toBe(`http://${address}`)
})

test('where a public address is configured no header is asked, not even a trusted proxy', () => {
  const publicAddress = { host: 'sag.example.com', address: 'sag.example.com', base: 'https://sag.example.com' }
  const options = { ...own, publicAddress, originalHost: () => 'other.example' }
  for (const host of ['evil.example', '127.0.0.1', 'own.example:1', undefined]) {
    expect(calledAddress({ headers: { host }, secure: false }, options)).toBe(publicAddress)
  }
})

test('the host that a trusted proxy was called by is repeated, and one that it only handed on is not', () => {
  const proxied = (said: string | undefined) =>
    calledAddress({ headers: { host: 'handed.example' }, secure: true }, { ...own, originalHost: () => said }).base
  expect(proxied('sag.example.com')).toBe('https://sag.example.com')
  expect(proxied('<script>')).toBe('https://own.example:1')
  expect(proxied(undefined)).toBe('https://own.example:1')
})
