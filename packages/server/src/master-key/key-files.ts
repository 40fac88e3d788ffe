import { join } from 'node:path'
import type { Secret } from '@opensag/protocol'
import { renameDurably, writeDurably } from '../durable-files.ts'
import { isWrapped, passphraseMissing } from '../master-key-form.ts'
import { readPrivate } from '../private-files.ts'
import { unwrapKey } from './wrapping.ts'

export const masterKeyFile = 'master.key'
/** There while the sealed values are brought under another key: the key they are brought under. */
export const nextMasterKeyFile = 'master.key.next'

export const masterKeyBytes = 32

export type KeyFileName = typeof masterKeyFile | typeof nextMasterKeyFile

/** The disk, as the master key needs it. Each function resolves when a power cut does not undo it. */
export interface KeyDisk {
  /** Of the folder, for messages. */
  readonly folder: string
  /** @throws NotPrivate when others may read it */
  read(name: KeyFileName): Promise<Buffer | undefined>
  write(name: KeyFileName, content: Buffer): Promise<void>
  /** The next key takes the place of the one before it. */
  promote(): Promise<void>
}

/** Asks for the passphrase where it is kept, anew each time. */
export type PassphraseSource = () => Promise<Secret>

/** The master key is missing, damaged or does not open. The message is for a person. */
export class MasterKeyRefused extends Error {
  override readonly name = 'MasterKeyRefused'
}

export interface StoredKey {
  readonly key: Buffer
  /** As it is in the file: bare or wrapped. */
  readonly content: Buffer
  readonly wrapped: boolean
}

export function keyDiskOf(folder: string): KeyDisk {
  return {
    folder,
    read: (name) => readPrivate(join(folder, name)),
    write: (name, content) => writeDurably(join(folder, name), content),
    promote: () => renameDurably(join(folder, nextMasterKeyFile), join(folder, masterKeyFile)),
  }
}

/** @throws MasterKeyRefused when the content is no key, or does not open with the passphrase */
export async function openKey(
  file: string,
  content: Buffer,
  passphrase: PassphraseSource | undefined,
): Promise<StoredKey> {
  const wrapped = isWrapped(content)
  const key = wrapped ? await unwrapped(file, content, passphrase) : content
  if (key.length === masterKeyBytes) return { key, content, wrapped }
  throw new MasterKeyRefused(
    `${file} is damaged: ${key.length} bytes instead of ${masterKeyBytes}. Restore it from a backup.`,
  )
}

async function unwrapped(file: string, content: Buffer, passphrase: PassphraseSource | undefined): Promise<Buffer> {
  if (passphrase === undefined) {
    throw new MasterKeyRefused(passphraseMissing(file))
  }
  let key: Buffer | undefined
  try {
    key = await unwrapKey(content, await passphrase())
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && (cause as Error).name !== 'ZodError') throw cause
    throw new MasterKeyRefused(`${file} is damaged: it is no wrapped key. Restore it from a backup.`, { cause })
  }
  if (key !== undefined) return key
  throw new MasterKeyRefused(`${file} does not open with this passphrase.`)
}
