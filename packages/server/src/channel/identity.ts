import {
  announced,
  type KeyPair,
  keyPairFrom,
  prepared,
  type Random,
  type ServerKeys,
  type Succession,
  switched,
} from '@opensag/protocol'
import { z } from 'zod'
import type { Sealer } from '../sealing/sealing.ts'
import { openKeyPair } from '../store/sealed-key-pair.ts'
import { settingContext } from '../store/sealed-settings.ts'
import { deleteSetting, readSetting, writeSetting } from '../store/settings.ts'
import type { Reader, Store, Writer } from '../store/store.ts'

const name = 'channel_identity'
const nextName = 'channel_identity_next'
/** Public: every `hello` shows it. */
const chainName = 'channel_succession'

const chainSchema = z.array(z.object({ by: z.string(), key: z.string(), signature: z.string() }))

/** Where the server's identity is kept: in every store that was ever started, and sealed under its master key. */
export const storedIdentity = { name, context: settingContext(name) } as const

/** The key every gateway pins when it enrols, and the one that follows it. */
export interface ChannelIdentity {
  readonly keys: ServerKeys
  /** What gateways are to pin beside the present key; absent when nothing is prepared. */
  readonly announced: Succession | undefined
  /** Makes the next key, unless there is one; durable when it resolves. */
  prepare(): Promise<void>
  /** Makes the next key the present one and forgets the private half of the old one. Nothing when none is prepared. */
  switch(): Promise<void>
  /** Takes over what another node has prepared or switched meanwhile. */
  refresh(): Promise<void>
  /** Called after each change. */
  onChange(listener: () => void): void
}

interface Kept {
  readonly store: Store
  readonly sealer: Sealer
  readonly random: Random
}

export async function openIdentity(kept: Kept): Promise<ChannelIdentity> {
  const { store, sealer, random } = kept
  await openKeyPair(name, kept)
  let keys = await store.read((db) => readKeys(db, sealer))
  let succession = announced(keys)
  const listeners: (() => void)[] = []

  /** Read and written in one unit of work: whatever is cut short, the store has the keys from before or those after. */
  async function change(step: (keys: ServerKeys) => ServerKeys): Promise<void> {
    const changed = await store.write(async (tx) => {
      const before = await readKeys(tx, sealer)
      const after = step(before)
      if (after !== before) await writeKeys(tx, sealer, after)
      return after
    })
    takeOver(changed)
  }

  function takeOver(changed: ServerKeys): void {
    keys = changed
    succession = announced(keys)
    for (const listener of listeners) listener()
  }

  async function refresh(): Promise<void> {
    const stored = await store.read((db) => readKeys(db, sealer))
    if (!areSame(keys, stored)) takeOver(stored)
  }

  return {
    get keys() {
      return keys
    },
    get announced() {
      return succession
    },
    prepare: () => change((before) => prepared(before, random)),
    switch: () => change(switched),
    refresh,
    onChange: (listener) => void listeners.push(listener),
  }
}

function areSame(one: ServerKeys, other: ServerKeys): boolean {
  return one.present.publicKey === other.present.publicKey && one.next?.publicKey === other.next?.publicKey
}

async function readKeys(db: Reader, sealer: Sealer): Promise<ServerKeys> {
  const present = await readKey(db, sealer, name)
  if (present === undefined) throw new Error('The store has no identity of the server.')
  const chain = await readSetting(db, chainName)
  return {
    present,
    next: await readKey(db, sealer, nextName),
    chain: chain === undefined ? [] : chainSchema.parse(JSON.parse(chain)),
  }
}

async function readKey(
  db: Reader,
  sealer: Sealer,
  setting: typeof name | typeof nextName,
): Promise<KeyPair | undefined> {
  const sealed = await readSetting(db, setting)
  return sealed === undefined ? undefined : keyPairFrom('Ed25519', sealer.open(sealed, settingContext(setting)))
}

async function writeKeys(tx: Writer, sealer: Sealer, { present, next, chain }: ServerKeys): Promise<void> {
  await writeSetting(tx, name, sealer.seal(present.secret, settingContext(name)))
  if (next === undefined) await deleteSetting(tx, nextName)
  else await writeSetting(tx, nextName, sealer.seal(next.secret, settingContext(nextName)))
  if (chain.length > 0) await writeSetting(tx, chainName, JSON.stringify(chain))
}
