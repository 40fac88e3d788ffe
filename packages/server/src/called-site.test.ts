import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { calledSite } from './called-site.ts'

const own = { endpoint: '127.0.0.1:7240' }
const atUrl = {
  ...own,
  publicAddress: { host: 'sag.example.com', address: 'sag.example.com', base: 'https://sag.example.com' },
}
const proxied = { 'x-forwarded-host': 'sag.example.com', 'x-forwarded-proto': 'https' }

function asked(headers: object, isEncrypted = false): IncomingMessage {
  return { headers, socket: isEncrypted ? { encrypted: true } : {} } as IncomingMessage
}

test.each([
  ['its own machine by name', own, undefined, asked({ host: 'localhost:7240' }), 'http://localhost:7240'],
  ['its own machine by address', own, undefined, asked({ host: '127.0.0.1:7240' }), undefined],
  ['a name that is none of its own', own, undefined, asked({ host: 'evil.example' }, true), undefined],
  ['a proxy that it trusts', own, {}, asked({ host: 'inner', ...proxied }), 'https://sag.example.com'],
  ['a client that says it is a proxy', own, undefined, asked({ host: '127.0.0.1:7240', ...proxied }), undefined],
  [
    'the public URL',
    atUrl,
    {},
    asked({ host: 'evil.example', 'x-forwarded-proto': 'https' }),
    'https://sag.example.com',
  ],
])('the console at %s', (_what, addresses, proxies, request, origin) => {
  expect(calledSite(addresses, proxies)(request)?.origin).toBe(origin)
})
