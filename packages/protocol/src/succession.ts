import { createKeyPair, isSignedBy, type KeyPair, signWith } from './keys.ts'
import { labelled } from './labels.ts'
import type { Random } from './time-and-chance.ts'

/** The state machine of docs/gateway-protocol.md, "The server's key and its successor". */

const labels = {
  succession: 'opensag channel 1 server succession',
  switch: 'opensag channel 1 server switch',
} as const

/** The server key `key` follows the key `by`, which signed that. Bound to no connection. */
export interface Succession {
  readonly by: string
  readonly key: string
  readonly signature: string
}

/** Successions that `hello` shows: a gateway that missed more switches has to enrol again. */
export const mostSuccessions = 8

/** What a server has. */
export interface ServerKeys {
  readonly present: KeyPair
  /** Prepared, and not switched to yet. */
  readonly next: KeyPair | undefined
  /** The newest last. */
  readonly chain: readonly Succession[]
}

/** A second preparation keeps the key of the first: gateways hold it already. */
export function prepared(keys: ServerKeys, random: Random): ServerKeys {
  return { ...keys, next: keys.next ?? createKeyPair('Ed25519', random) }
}

/** The next key is the present one; the old one can sign nothing any more. Unchanged when nothing is prepared. */
export function switched(keys: ServerKeys): ServerKeys {
  const succession = announced(keys)
  if (keys.next === undefined || succession === undefined) return keys
  return { present: keys.next, next: undefined, chain: [...keys.chain, succession].slice(-mostSuccessions) }
}

/** What gateways are to pin beside the present key. */
export function announced({ present, next }: ServerKeys): Succession | undefined {
  if (next === undefined) return undefined
  const [by, key] = [present.publicKey, next.publicKey]
  return { by, key, signature: signWith(present, successionText(by, key)) }
}

/** Proof on one connection, by its transcript, that the server has switched to this key. */
export function signSwitch(present: KeyPair, transcript: Buffer): string {
  return signWith(present, labelled(labels.switch, transcript))
}

/** What a gateway believes. */
export interface ServerPins {
  readonly serverKey: string
  /** Signed by `serverKey`; believed beside it. */
  readonly successor: string | undefined
}

/** Whether a server that presents `key` and this chain may be the one this gateway enrolled with. It has yet to prove it. */
export function believes(pins: ServerPins, key: string, chain: readonly Succession[]): boolean {
  if (key === pins.serverKey || key === pins.successor) return true
  let reached = pins.serverKey
  for (const succession of chain) {
    if (succession.by !== reached) continue
    // The first successor stays: what else its predecessor signed counts for nothing.
    const isFirst = reached === pins.serverKey
    if (isFirst && pins.successor !== undefined && succession.key !== pins.successor) return false
    if (!isSuccession(succession)) return false
    reached = succession.key
    if (reached === key) return true
  }
  return false
}

/** `key` was proved by a welcome: every key before it counts for nothing. */
export function afterWelcome(pins: ServerPins, key: string): ServerPins {
  return key === pins.serverKey ? pins : { serverKey: key, successor: undefined }
}

/** The server has named its next key on a connection it proved itself on. */
export function afterSuccessor(pins: ServerPins, named: Pick<Succession, 'key' | 'signature'>): ServerPins {
  if (pins.successor !== undefined) return pins
  return isSuccession({ ...named, by: pins.serverKey }) ? { ...pins, successor: named.key } : pins
}

/** The server has proved on a connection that it has switched. */
export function afterSwitch(
  pins: ServerPins,
  { key, signature }: { readonly key: string; readonly signature: string },
  transcript: Buffer,
): ServerPins {
  if (key !== pins.successor) return pins
  return isSignedBy(key, labelled(labels.switch, transcript), signature) ? afterWelcome(pins, key) : pins
}

function isSuccession({ by, key, signature }: Succession): boolean {
  return by !== key && isSignedBy(by, successionText(by, key), signature)
}

function successionText(by: string, key: string): Buffer {
  // Two keys of 32 bytes each: nothing else has the same text.
  return labelled(labels.succession, Buffer.concat([by, key].map((one) => Buffer.from(one, 'base64url'))))
}
