import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  type GatewayProof,
  NoCommonProtocol,
  startGatewayHandshake,
  startServerHandshake,
  WrongServer,
} from './handshake.ts'
import { createKeyPair } from './keys.ts'
import { Secret } from './secret.ts'
import { ProtocolError } from './wire.ts'

const server = createKeyPair('Ed25519', randomBytes)
const enrolmentKey = Secret.of('enrolment-key-of-this-gateway')
const gateway: GatewayProof = {
  serial: 'sag00001',
  signing: createKeyPair('Ed25519', randomBytes),
  sealing: createKeyPair('X25519', randomBytes),
  ticket: undefined,
  serverKey: undefined,
  enrolmentKey,
}

function shake(proof: GatewayProof, key: Secret | undefined) {
  const there = startServerHandshake(server, randomBytes)
  const here = startGatewayHandshake(there.hello, proof, randomBytes)
  const received = there.receive(here.prove)
  const welcome = received.welcome(key)
  return { there, here, received, welcome }
}

test('both sides end with frames that open each other, in both directions', () => {
  const { here, received, welcome } = shake(gateway, enrolmentKey)
  expect(received.signed).toBe(true)
  expect(received.knows(enrolmentKey)).toBe(true)
  const result = here.receive(welcome.text)
  if (result.is !== 'welcomed') throw new Error('not welcomed')
  expect(result.serverKey).toBe(server.publicKey)
  expect(welcome.frames.open(result.frames.seal('up'))).toBe('up')
  expect(result.frames.open(welcome.frames.seal('down'))).toBe('down')
})

test('a gateway that enrolled needs no enrolment key', () => {
  const { here, received, welcome } = shake(
    { ...gateway, serverKey: server.publicKey, enrolmentKey: undefined },
    undefined,
  )
  expect(received.body.mode).toBe('resume')
  expect(here.receive(welcome.text).is).toBe('welcomed')
})

test('a wrong enrolment key or none at all is not known', () => {
  const { received } = shake(gateway, enrolmentKey)
  expect(received.knows(Secret.of('another'))).toBe(false)
  expect(received.knows(undefined)).toBe(false)
  expect(
    shake({ ...gateway, serverKey: server.publicKey, enrolmentKey: undefined }, undefined).received.knows(enrolmentKey),
  ).toBe(false)
})

test('a proof of another connection is not signed for this one', () => {
  const { here } = shake(gateway, enrolmentKey)
  const replayed = startServerHandshake(server, randomBytes).receive(here.prove)
  expect(replayed.signed).toBe(false)
  expect(replayed.knows(enrolmentKey)).toBe(false)
})

test('a proof whose body was changed on its way is not signed', () => {
  const there = startServerHandshake(server, randomBytes)
  const prove = JSON.parse(startGatewayHandshake(there.hello, gateway, randomBytes).prove) as { body: string }
  const changed = there.receive(JSON.stringify({ ...prove, body: prove.body.replace('sag00001', 'sag00002') }))
  expect(changed.body.serial).toBe('sag00002')
  expect(changed.signed).toBe(false)
})

test('a server with another key than the pinned one learns nothing about the gateway', () => {
  const there = startServerHandshake(createKeyPair('Ed25519', randomBytes), randomBytes)
  expect(() => startGatewayHandshake(there.hello, { ...gateway, serverKey: server.publicKey }, randomBytes)).toThrow(
    WrongServer,
  )
})

test('a server that presents a key it does not hold is refused', () => {
  const there = startServerHandshake(createKeyPair('Ed25519', randomBytes), randomBytes)
  const hello = JSON.stringify({ ...JSON.parse(there.hello), serverKey: server.publicKey })
  const here = startGatewayHandshake(
    hello,
    { ...gateway, serverKey: server.publicKey, enrolmentKey: undefined },
    randomBytes,
  )
  expect(() => here.receive(there.receive(here.prove).welcome(undefined).text)).toThrow(ProtocolError)
})

test('a server that does not know the enrolment key is not pinned', () => {
  const { here, received } = shake(gateway, enrolmentKey)
  expect(() => here.receive(received.welcome(Secret.of('a guess')).text)).toThrow(ProtocolError)
  expect(() => here.receive(received.welcome(undefined).text)).toThrow(ProtocolError)
})

test('somebody in between who puts in a key of his own is noticed by both', () => {
  const there = startServerHandshake(server, randomBytes)
  const his = createKeyPair('X25519', randomBytes)
  const hello = JSON.stringify({ ...JSON.parse(there.hello), ephemeral: his.publicKey })
  const here = startGatewayHandshake(hello, gateway, randomBytes)
  const received = there.receive(here.prove)
  expect(received.signed).toBe(false)
  expect(() => here.receive(received.welcome(enrolmentKey).text)).toThrow(ProtocolError)
})

test('a key that agrees on nothing ends the handshake', () => {
  const there = startServerHandshake(server, randomBytes)
  const zero = Buffer.alloc(32).toString('base64url')
  const here = startGatewayHandshake(
    JSON.stringify({ ...JSON.parse(there.hello), ephemeral: zero }),
    gateway,
    randomBytes,
  )
  expect(() => here.receive(there.receive(here.prove).welcome(enrolmentKey).text)).toThrow(ProtocolError)
})

test.each(['', '{', '[]', '{"kind":"hello"}', `{"kind":"${'x'.repeat(5000)}"}`])('%j is no hello', (text) => {
  expect(() => startGatewayHandshake(text, gateway, randomBytes)).toThrow(ProtocolError)
})

test.each([[[99, 1]], [[1, 2, 3]]])('of versions %j the one both sides speak is taken', (protocols) => {
  const there = startServerHandshake(server, randomBytes, protocols)
  const here = startGatewayHandshake(there.hello, gateway, randomBytes)
  const received = there.receive(here.prove)
  expect(received.body.protocol).toBe(1)
  expect(here.receive(received.welcome(enrolmentKey).text).is).toBe('welcomed')
})

test('with none in common neither side says anything about itself', () => {
  const there = startServerHandshake(server, randomBytes, [98, 99])
  expect(() => startGatewayHandshake(there.hello, gateway, randomBytes)).toThrow(NoCommonProtocol)
  const body = JSON.stringify({ protocol: 99, anything: true })
  const prove = JSON.stringify({ kind: 'prove', body, signature: 'A'.repeat(86) })
  expect(() => there.receive(prove)).toThrow(NoCommonProtocol)
})

/** A hello as it was before capabilities, or as it may be later. */
function helloWith(capabilities: readonly string[] | undefined): string {
  const { capabilities: _, ...hello } = JSON.parse(startServerHandshake(server, randomBytes).hello) as Record<
    string,
    unknown
  >
  return JSON.stringify(capabilities === undefined ? hello : { ...hello, capabilities })
}

const bodyOf = (prove: string): Record<string, unknown> =>
  JSON.parse((JSON.parse(prove) as { readonly body: string }).body) as Record<string, unknown>

test('the gateway names what it can do of what the server offers', () => {
  expect(shake(gateway, enrolmentKey).received.body.capabilities).toEqual([
    'config-trial',
    'dnat',
    'qos',
    'flow-log',
    'acl',
    'health-check',
    'probe-task',
    'dpi',
    'monitor',
    'diagnosis',
    'routes',
    'tools',
  ])
  const later = startGatewayHandshake(helloWith(['config-trial', 'of-a-later-version']), gateway, randomBytes)
  expect(bodyOf(later.prove)['capabilities']).toEqual(['config-trial'])
})

test('a gateway that carries packets says so to a server that knows what that is, and to no other', () => {
  const carrying: GatewayProof = { ...gateway, capabilities: ['config-trial', 'network'] }
  expect(shake(carrying, enrolmentKey).received.body.capabilities).toEqual(['config-trial', 'network'])
  const before = startGatewayHandshake(helloWith(['config-trial']), carrying, randomBytes)
  expect(bodyOf(before.prove)['capabilities']).toEqual(['config-trial'])
})

test('a server of before capabilities gets the proof it knows', () => {
  expect(bodyOf(startGatewayHandshake(helloWith(undefined), gateway, randomBytes).prove)).not.toHaveProperty(
    'capabilities',
  )
})
