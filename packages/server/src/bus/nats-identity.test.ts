import type { PeerCertificate } from 'node:tls'
import { expect, test } from 'vitest'
import { identityOf } from './nats-identity.ts'

const certificateFor = (subjectaltname: string) => ({ subjectaltname, subject: { CN: 'x' } }) as PeerCertificate

test.each([
  // What the client of NATS says of an address.
  ['localhost', ['192.0.2.1:4222', '192.0.2.2:4222'], 'IP Address:192.0.2.2', true],
  ['localhost', ['[2001:db8::1]:4222'], 'IP Address:2001:DB8:0:0:0:0:0:1', true],
  ['localhost', ['192.0.2.1:4222'], 'IP Address:192.0.2.9', false],
  ['localhost', ['192.0.2.1:4222'], 'DNS:localhost', false],
  ['localhost', ['a.example.com:4222'], 'DNS:localhost', false],
  ['localhost', ['localhost:4222'], 'DNS:localhost', true],
  ['a.example.com', ['a.example.com:4222', 'b.example.com:4222'], 'DNS:a.example.com', true],
  // One server does not pass for another one that has a name.
  ['a.example.com', ['a.example.com:4222', 'b.example.com:4222'], 'DNS:b.example.com', false],
])('for %s of %j a certificate with %s passes: %s', (host, servers, names, passes) => {
  expect(identityOf(servers)(host, certificateFor(names)) === undefined).toBe(passes)
})
