import { randomBytes } from 'node:crypto'
import { announced, createKeyPair, prepared, type ServerKeys, switched } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { identityNews } from './tell-identity.ts'

const single: ServerKeys = { present: createKeyPair('Ed25519', randomBytes), next: undefined, chain: [] }
const ready = prepared(single, randomBytes)
const after = switched(ready)
const [k0, k1] = [single.present.publicKey, after.present.publicKey]
const transcript = randomBytes(32)

test.each([
  ['nothing while no key is prepared', single, { key: k0 }, undefined],
  ['the next key when it has pinned the present one', ready, { key: k0 }, 'successor'],
  ['nothing when it holds the next key already', ready, { key: k0, successor: k1 }, undefined],
  ['nothing when it holds another successor', ready, { key: k0, successor: 'another' }, undefined],
  ['nothing when its program knows no successors', ready, undefined, undefined],
  ['that the server has switched when it holds the successor', after, { key: k0, successor: k1 }, 'switched'],
  ['nothing when it lacks the successor: its next hello shows the chain', after, { key: k0 }, undefined],
  ['nothing when it has gone on', after, { key: k1 }, undefined],
])('a gateway is told %s', (_, keys, pinned, kind) => {
  expect(identityNews({ keys, announced: announced(keys) }, pinned, transcript)?.kind).toBe(kind)
})
