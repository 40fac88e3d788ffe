import { expect, test } from 'vitest'
import { isOwnForm, isOwnHost } from './same-site.ts'

test.each([
  ['192.168.0.1', true],
  ['192.168.0.1:8443', true],
  ['[fd00::1]:80', true],
  ['localhost:7341', true],
  ['gateway', true],
  ['gateway.local', true],
  ['gw.branch.example', true],
  ['evil.example', false],
  ['192.168.0.1.evil.example', false],
  ['[evil]', false],
  ['', false],
  [undefined, false],
])('host %j is own: %s', (host, own) => {
  expect(isOwnHost(host, ['gw.branch.example'])).toBe(own)
})

test.each([
  ['a program that names no origin', {}, true],
  ['our own page', { origin: 'http://192.168.0.1', fetchSite: 'same-origin' }, true],
  ['another site', { origin: 'http://evil.example', fetchSite: 'cross-site' }, false],
  ['another port of the same address', { origin: 'http://192.168.0.1:81', fetchSite: 'same-site' }, false],
  ['a page that hides its origin', { origin: 'null' }, false],
  ['a browser that sends no Origin but says cross-site', { fetchSite: 'cross-site' }, false],
])('a form of %s', (_, { origin, fetchSite }: { origin?: string; fetchSite?: string }, own) => {
  expect(isOwnForm({ host: '192.168.0.1', origin, fetchSite })).toBe(own)
})
