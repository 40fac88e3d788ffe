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
import { mkdir, open, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { CommandFailure } from '../exit.ts'
import type { LineKey } from './signed-lines.ts'

const othersMayUse = 0o077

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
  const made = await makeKey(path)
  const pem = made ?? (await readPrivate(path))
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new CommandFailure(`${path} is not a private key.`)
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new CommandFailure(`${path} is not an Ed25519 key.`)
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
    throw new CommandFailure(`${path} is not a public key.`)
  }
  throw new CommandFailure(`${path} is not an Ed25519 key.`)
}

/** Undefined when there is one already. */
async function makeKey(path: string): Promise<string | undefined> {
  const pair = generateKeyPairSync('ed25519')
  const pem = pemOf(pair.privateKey, 'pkcs8')
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    await writeNew(path, pem, 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw error
  }
  await writeNew(`${path}.pub`, pemOf(pair.publicKey, 'spki'), 0o644)
  return pem
}

function pemOf(key: KeyObject, type: 'spki' | 'pkcs8'): string {
  return key.export({ type, format: 'pem' }).toString()
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function readPrivate(path: string): Promise<string> {
  if (((await stat(path)).mode & othersMayUse) !== 0) {
    throw new CommandFailure(`${path} may be used by other users. Make it private first: chmod 600 ${path}`)
  }
  return readFile(path, 'utf8')
}
