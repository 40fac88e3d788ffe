import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { exists, makeFolderDurably, writeNewDurably } from '@opensag/server/tools'
import { CommandFailure } from '../exit.ts'
import { exposureOf } from '../private-file.ts'
import { say } from '../say.ts'
import type { LineKey } from './signed-lines.ts'

export interface EvidenceKey {
  /** Ed25519: what an auditor checks with the public key. */
  readonly evidence: LineKey
  /** HMAC with a key that follows from the private one: the journal is read by nobody else, and is written at every call. */
  readonly journal: LineKey
  /** PEM. */
  readonly publicKey: string
}

/** Where the key is unless it is said: it belongs to the person, not to one rotation. */
export function usualKeyPath(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'opensag', 'evidence-key.pem')
}

/**
 * The key that signs evidence; made at its first use, readable by its owner alone, the public half beside it.
 * @throws CommandFailure when others may read it, or it is no Ed25519 key
 */
export async function openEvidenceKey(path: string): Promise<EvidenceKey & { readonly isNew: boolean }> {
  // The name of one that is there is durable from here on too: what the key signs relies on it.
  await makeFolderDurably(dirname(path))
  const made = (await exists(path)) ? undefined : await makeKey(path)
  const pem = made ?? (await readPrivate(path))
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new CommandFailure(say('{path} is not a private key.', { path }))
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new CommandFailure(say('{path} is not an Ed25519 key.', { path }))
  await publish(path, key)
  return { ...evidenceKeyOf(key), isNew: made !== undefined }
}

export function evidenceKeyOf(key: KeyObject): EvidenceKey {
  const publicKey = createPublicKey(key)
  const seed = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')
  const mac = Buffer.from(hkdfSync('sha256', seed, '', 'opensag rotation journal', 32))
  const macOf = (text: string): Buffer => createHmac('sha256', mac).update(text).digest()
  return {
    evidence: {
      sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url'),
      verify: verifierOf(publicKey).verify,
    },
    journal: {
      sign: (text) => macOf(text).toString('base64url'),
      verify(text, signature) {
        const given = Buffer.from(signature, 'base64url')
        const expected = macOf(text)
        return given.length === expected.length && timingSafeEqual(given, expected)
      },
    },
    publicKey: pemOf(publicKey, 'spki'),
  }
}

export function verifierOf(key: KeyObject): Pick<LineKey, 'verify'> {
  return {
    verify: (text, signature) => verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url')),
  }
}

/** @throws CommandFailure */
export function publicKeyFrom(pem: string, path: string): KeyObject {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    throw new CommandFailure(say('{path} is not a public key.', { path }))
  }
  throw new CommandFailure(say('{path} is not an Ed25519 key.', { path }))
}

/** Undefined when another process was quicker. */
async function makeKey(path: string): Promise<string | undefined> {
  const pem = pemOf(generateKeyPairSync('ed25519').privateKey, 'pkcs8')
  return (await writeUnlessThere(path, pem, 0o600)) ? pem : undefined
}

/** Whoever made the key may have been cut short before this. */
async function publish(path: string, key: KeyObject): Promise<void> {
  if (await exists(`${path}.pub`)) return
  try {
    await writeUnlessThere(`${path}.pub`, pemOf(createPublicKey(key), 'spki'), 0o644)
  } catch (error) {
    // A key that lies where nothing may be written is handed out by somebody else. The evidence has the public half too.
    if (!['EACCES', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

function pemOf(key: KeyObject, type: 'spki' | 'pkcs8'): string {
  return key.export({ type, format: 'pem' }).toString()
}

async function writeUnlessThere(path: string, text: string, mode: number): Promise<boolean> {
  try {
    await writeNewDurably(path, text, mode)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function readPrivate(path: string): Promise<string> {
  const exposure = await exposureOf(path)
  if (exposure !== undefined) throw new CommandFailure(exposure)
  return readFile(path, 'utf8')
}
