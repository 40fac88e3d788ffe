import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '../../sealing/sealing.ts'
import { createPendingCookie, longestLogon, type PendingLogon } from './pending.ts'

const sealer = createSealer(randomBytes(32))
const logon: PendingLogon = { state: 's', nonce: 'n', verifier: 'the verifier', place: '#/fleet', begunAt: 1000 }
const sent = (header: string): string => header.split(';')[0] ?? ''

test.each([
  [true, /^__Host-opensag-logon=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/],
  [false, /^opensag-logon=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/],
])('the cookie is for the server alone, and with https (%s) no other site can set it', (secure, form) => {
  const cookie = createPendingCookie(sealer, secure)
  const header = cookie.set(logon)
  expect(header).toMatch(form)
  expect(header).not.toContain('verifier')
  expect(cookie.read(`theme=dark; ${sent(header)}; more=1`, 1000)).toEqual(logon)
  expect(cookie.cleared).toMatch(/logon=; Max-Age=0; Path=\/; HttpOnly/)
})

test('it counts for ten minutes', () => {
  const cookie = createPendingCookie(sealer, true)
  const header = sent(cookie.set(logon))
  expect(cookie.read(header, 1000 + longestLogon)).toEqual(logon)
  expect(cookie.read(header, 1001 + longestLogon)).toBeUndefined()
})

test.each([
  ['none', undefined],
  ['nothing sealed', '__Host-opensag-logon=x'],
  ['one of another server', sent(createPendingCookie(createSealer(randomBytes(32)), true).set(logon))],
  ['the cookie of a server without https', sent(createPendingCookie(sealer, false).set(logon))],
])('%s is no logon', (_what, cookies) => {
  expect(createPendingCookie(sealer, true).read(cookies, 1000)).toBeUndefined()
})

test('with the longest answer and place it is a cookie that browsers keep', () => {
  const secrets = 'x'.repeat(43)
  const longest = { ...logon, state: secrets, nonce: secrets, verifier: secrets, begunAt: Date.now() }
  const header = createPendingCookie(sealer, true).set({ ...longest, place: 'p'.repeat(302), answer: 'a'.repeat(2400) })
  expect(header.length).toBeLessThan(4096)
})
