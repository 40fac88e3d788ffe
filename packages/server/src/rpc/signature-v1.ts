import { createHmac } from 'node:crypto'
import type { SecretKeys } from '../access/signing-keys.ts'
import type { RawParams } from '../declare/params.ts'
import { equalInConstantTime } from '../sealing/equal.ts'
import { encTwice, encTwiceBytes, sortByBytes } from './canonical.ts'

const decoder = new TextDecoder()

/**
 * The text that signature V1 covers: the method, the path (always `/`) and every parameter but the signature itself.
 * The canonical query is percent-encoded as a whole; here each of its parts is encoded twice instead, which gives the
 * same text without going over all of it again.
 */
export function stringToSignV1(method: string, params: RawParams): string {
  return partsToSignV1(method, params)
    .map((part) => (typeof part === 'string' ? part : decoder.decode(part)))
    .join('')
}

/** As {@link stringToSignV1}, with the values of secrets as bytes between the texts. */
function partsToSignV1(method: string, params: RawParams): readonly (string | Uint8Array)[] {
  const { secrets } = params
  const names = sortByBytes(secrets === undefined ? [...params.keys()] : [...params.keys(), ...secrets.keys()])
  const parts: (string | Uint8Array)[] = []
  let text = `${method}&%2F&`
  let separator = ''
  for (const name of names) {
    if (name === 'Signature') continue
    const secret = secrets?.get(name)
    if (secret === undefined) {
      text += `${separator}${encTwice(name)}%3D${encTwice(params.get(name) ?? '')}`
    } else {
      parts.push(`${text}${separator}${encTwice(name)}%3D`, encTwiceBytes(secret.revealBytes()))
      text = ''
    }
    separator = '%26'
  }
  parts.push(text)
  return parts
}

export function signV1(keys: SecretKeys, method: string, params: RawParams): string {
  const hmac = createHmac('sha1', keys.v1)
  for (const part of partsToSignV1(method, params)) {
    hmac.update(part)
    if (typeof part !== 'string') part.fill(0)
  }
  return hmac.digest('base64')
}

export function verifyV1(keys: SecretKeys, method: string, params: RawParams, signature: string): boolean {
  return equalInConstantTime(signV1(keys, method, params), signature)
}
