import { join } from 'node:path'
import { createKeyRing, type KeyRing } from '../sealing/key-ring.ts'
import type { Store } from '../store/store.ts'
import {
  type KeyDisk,
  type KeyFileName,
  MasterKeyRefused,
  masterKeyBytes,
  masterKeyFile,
  nextMasterKeyFile,
  openKey,
  type PassphraseSource,
  type StoredKey,
} from './key-files.ts'
import { type Resealed, resealAll } from './reseal.ts'
import { wrapKey } from './wrapping.ts'

/** The key every secret in the store is sealed under, and what the operator may do with it. */
export interface MasterKey {
  readonly ring: KeyRing
  readonly passphrase: PassphraseSource | undefined
  /** Whether its file opens with a passphrase only. */
  readonly wrapped: boolean
  /** Whether a rotation began that has not come to its end. */
  readonly rotating: boolean
  /** Goes on with a rotation that was cut short, or makes a new key. The old one opens nothing afterwards. */
  rotate(store: Store): Promise<Resealed>
  /** Wraps its file with the passphrase that is there now; one that is wrapped already, anew. */
  wrap(): Promise<void>
  unwrap(): Promise<void>
}

export interface MasterKeyOptions {
  readonly disk: KeyDisk
  readonly random: (bytes: number) => Buffer
  /** For a store that holds nothing sealed yet; any other one would have lost its secrets. */
  readonly mayCreate: boolean
  /** Without it the file is bare. */
  readonly passphrase?: PassphraseSource | undefined
  /** What it costs to derive a key from the passphrase; a test has no use for the usual cost. */
  readonly wrappingCost?: number
}

/**
 * The file is one of its own so that a copy of the database alone opens nothing. Without it the sealed columns are lost, so one
 * that is missing is never replaced.
 *
 * A rotation writes `master.key.next` first, seals every value anew, and gives that file the name of the old one last. So
 * whatever moment it is cut short at, each value opens under one of the two files, and the next start finds both.
 *
 * @throws MasterKeyRefused
 */
export async function openMasterKey(options: MasterKeyOptions): Promise<MasterKey> {
  const { disk, passphrase, random } = options
  let stored = (await read(masterKeyFile)) ?? (await create())
  const ring = createKeyRing(stored.key)
  let next = await read(nextMasterKeyFile)
  if (next !== undefined) ring.turnTo(next.key)
  let busy = false

  async function read(name: KeyFileName): Promise<StoredKey | undefined> {
    const content = await disk.read(name)
    return content && openKey(join(disk.folder, name), content, passphrase)
  }

  async function create(): Promise<StoredKey> {
    const file = join(disk.folder, masterKeyFile)
    if (!options.mayCreate) {
      throw new MasterKeyRefused(
        `${file} is missing, and the secrets in the database beside it open with nothing else. Restore it.`,
      )
    }
    return writeKey(masterKeyFile, random(masterKeyBytes), passphrase !== undefined)
  }

  async function writeKey(name: KeyFileName, key: Buffer, wrapped: boolean): Promise<StoredKey> {
    const content = wrapped ? await wrapKey(key, await required()(), options.wrappingCost) : key
    await disk.write(name, content)
    return { key, content, wrapped }
  }

  function required(): PassphraseSource {
    if (passphrase !== undefined) return passphrase
    throw new MasterKeyRefused(
      'The server was started without a passphrase. Start it with --master-key-passphrase-file or --master-key-passphrase-command.',
    )
  }

  /** One at a time: two of them would write the same files. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (busy) throw new MasterKeyRefused('The master key is being changed already.')
    busy = true
    try {
      return await work()
    } finally {
      busy = false
    }
  }

  async function rewrite(wrapped: boolean): Promise<void> {
    if (next !== undefined) throw new MasterKeyRefused('A rotation was cut short. Finish it first: master-key rotate.')
    stored = await writeKey(masterKeyFile, stored.key, wrapped)
  }

  return {
    ring,
    passphrase,
    get wrapped() {
      return stored.wrapped
    },
    get rotating() {
      return next !== undefined
    },
    rotate: (store) =>
      alone(async () => {
        if (next === undefined) {
          const made = await writeKey(nextMasterKeyFile, random(masterKeyBytes), stored.wrapped)
          ring.turnTo(made.key)
          next = made
        }
        const done = await resealAll(store, ring)
        await disk.promote()
        ring.forgetOlder()
        stored.key.fill(0)
        stored = next
        next = undefined
        return done
      }),
    wrap: () => alone(() => rewrite(true)),
    unwrap: () => alone(() => rewrite(false)),
  }
}
