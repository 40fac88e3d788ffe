import { expect, test } from 'vitest'
import { mayFollow } from './counter.ts'
import { siteAt } from './site.ts'

test.each([
  ['sag.example.com', true, { origin: 'https://sag.example.com', rpId: 'sag.example.com' }],
  ['SAG.example.com:443', true, { origin: 'https://sag.example.com', rpId: 'sag.example.com' }],
  ['sag.example.com:8443', true, { origin: 'https://sag.example.com:8443', rpId: 'sag.example.com' }],
  ['localhost:7240', false, { origin: 'http://localhost:7240', rpId: 'localhost' }],
  ['opensag.localhost:7240', false, { origin: 'http://opensag.localhost:7240', rpId: 'opensag.localhost' }],
  // Browsers have no keys there.
  ['sag.example.com', false, undefined],
  ['localhost.example.com', false, undefined],
  ['127.0.0.1:7240', false, undefined],
  ['192.0.2.1', true, undefined],
  ['[2001:db8::1]:7240', true, undefined],
  ['', true, undefined],
])('the console at %s, over TLS: %s', (address, secure, site) => {
  expect(siteAt({ address, secure })).toEqual(site)
})

test.each([
  [6, 5, true],
  [5, 5, false],
  [4, 5, false],
  [1, 0, true],
  [0, 0, true],
  [0, 5, false],
])('a counter of %i after %i: %s', (counter, last, may) => {
  expect(mayFollow(counter, last)).toBe(may)
})
