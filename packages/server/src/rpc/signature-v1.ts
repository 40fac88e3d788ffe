import { createHmac } from 'node:crypto'
import type { SecretKeys } from '../access/signing-keys.ts'
import type { RawParams } from '../declare/params.ts'
import { equalInConstantTime } from '../sealing/equal.ts'
import { encTwice, sortByBytes } from './canonical.ts'

/**
 * The text that signature V1 covers: the method, the path (always `/`) and every parameter but the signature itself.
 * The canonical query is percent-encoded as a whole; here each of its parts is encoded twice instead, which gives the
 * same text without going over all of it again.
 */
export function stringToSignV1(method: string, params: RawParams): string {
  const names = sortByBytes([...params.keys()])
  let text = `${method}&%2F&`
  let separator = ''
  for (const name of names) {
    if (name === 'Signature') continue
    text += `${separator}${encTwice(name)}%3D${encTwice(params.get(name) ?? '')}`
    separator = '%26'
  }
  return text
}

export function signV1(keys: SecretKeys, stringToSign: string): string {
  return createHmac('sha1', keys.v1).update(stringToSign).digest('base64')
}

export function verifyV1(keys: SecretKeys, stringToSign: string, signature: string): boolean {
  return equalInConstantTime(signV1(keys, stringToSign), signature)
}
