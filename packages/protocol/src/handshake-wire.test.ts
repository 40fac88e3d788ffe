// What another implementation would have to do, from docs/gateway-protocol.md alone: nothing of handshake.ts is used here
// but its two ends.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { startGatewayHandshake, startServerHandshake } from './handshake.ts'
import { createKeyPair, isSignedBy } from './keys.ts'
import { Secret } from './secret.ts'

const server = createKeyPair('Ed25519', randomBytes)
const signing = createKeyPair('Ed25519', randomBytes)
const key = 'enrolment-key-of-this-gateway'

/** Each part behind its length: four bytes, the highest first. */
function digest(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(part.length)
    hash.update(length).update(part)
  }
  return hash.digest()
}

const labelled = (label: string, text: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`opensag channel 1 ${label}\0`), text])
const macOf = (label: string, text: Buffer): string =>
  createHmac('sha256', key).update(labelled(label, text)).digest('base64url')

test('each side signs what was said so far, under a label of its own', () => {
  const there = startServerHandshake(server, randomBytes)
  const sealing = createKeyPair('X25519', randomBytes)
  const enrolmentKey = Secret.of(key)
  const given = { serial: 'sag1', signing, sealing, serverKey: undefined, enrolmentKey }
  const here = startGatewayHandshake(there.hello, given, randomBytes)
  const { body, signature, mac } = JSON.parse(here.prove)
  const first = digest(Buffer.from(there.hello), Buffer.from(body))
  expect(isSignedBy(signing.publicKey, labelled('gateway proof', first), signature)).toBe(true)
  expect(mac).toBe(macOf('gateway enrolment', first))

  const welcome = JSON.parse(there.receive(here.prove).welcome(enrolmentKey).text)
  const second = digest(first, Buffer.from(signature), Buffer.from(mac))
  expect(isSignedBy(server.publicKey, labelled('server welcome', second), welcome.signature)).toBe(true)
  expect(welcome.mac).toBe(macOf('server enrolment', second))
})
