import { createHash, createHmac, createVerify, getHashes } from 'node:crypto'
import type { SigningKeys } from '../access/signing-keys.ts'
import type { RawParams } from '../declare/params.ts'
import { equalInConstantTime } from '../sealing/equal.ts'
import { enc, sortByBytes } from './canonical.ts'

export interface AlgorithmV3 {
  readonly name: string
  readonly hash: 'sha256' | 'sm3'
  readonly keys: SigningKeys['kind']
}

const algorithms: ReadonlyMap<string, AlgorithmV3> = new Map(
  (
    [
      { name: 'ACS3-HMAC-SHA256', hash: 'sha256', keys: 'secret' },
      { name: 'ACS3-HMAC-SM3', hash: 'sm3', keys: 'secret' },
      { name: 'ACS3-RSA-SHA256', hash: 'sha256', keys: 'public' },
    ] as const
  )
    // A build of Node may come without SM3.
    .filter(({ hash }) => getHashes().includes(hash))
    .map((algorithm) => [algorithm.name, algorithm]),
)

export function algorithmV3(name: string): AlgorithmV3 | undefined {
  return algorithms.get(name)
}

/** What goes into a V3 signature. */
export interface SignedV3 {
  readonly algorithm: AlgorithmV3
  readonly method: string
  /** The parameters of the query string alone; a body counts through its hash. */
  readonly query: RawParams
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

export function canonicalRequestV3(signed: SignedV3, nameForm: NameForm = enc): string {
  let query = ''
  for (const name of sortByBytes([...signed.query.keys()])) {
    query += `${query === '' ? '' : '&'}${nameForm(name)}=${enc(signed.query.get(name) ?? '')}`
  }
  let headers = ''
  let list = ''
  for (const [name, value] of signed.headers) {
    headers += `${name}:${value}\n`
    list += list === '' ? name : `;${name}`
  }
  return `${signed.method}\n/\n${query}\n${headers}\n${list}\n${bodyHash(signed)}`
}

export function stringToSignV3({ algorithm }: SignedV3, canonicalRequest: string): string {
  return `${algorithm.name}\n${createHash(algorithm.hash).update(canonicalRequest).digest('hex')}`
}

/** Lower-case hex. */
export function bodyHash({ algorithm, body }: Pick<SignedV3, 'algorithm' | 'body'>): string {
  return createHash(algorithm.hash).update(body).digest('hex')
}

/** Whether the signature is right in one of the forms in which clients write parameter names. */
export function verifyV3(keys: SigningKeys, signed: SignedV3, signature: string): boolean {
  return nameForms(signed.query).some((form) => {
    const text = stringToSignV3(signed, canonicalRequestV3(signed, form))
    return verifyText(keys, signed.algorithm, text, signature)
  })
}

function verifyText(keys: SigningKeys, { hash }: AlgorithmV3, text: string, signature: string): boolean {
  if (keys.kind === 'secret')
    return equalInConstantTime(createHmac(hash, keys.v3).update(text).digest('hex'), signature)
  // `Buffer.from` stops at the first character that is no hex digit and takes either case.
  if (!/^(?:[0-9a-f]{2})+$/.test(signature)) return false
  return createVerify('RSA-SHA256').update(text).verify(keys.rsa, Buffer.from(signature, 'hex'))
}

type NameForm = (name: string) => string

const raw: NameForm = (name) => name
const rawPlusStar: NameForm = (name) => name.replaceAll('*', '%2A')

const needsNoEncoding = /^[A-Za-z0-9\-_.~]*$/
/** With these in a raw name, two different requests would have the same canonical text. */
const ambiguousWhenRaw = /[%&=+\n]/

/**
 * Documentation and Java encode names, Node signs them raw, Go signs them raw but for the star. The raw forms are tried
 * only where they can be mistaken for nothing else.
 */
function nameForms(query: RawParams): readonly NameForm[] {
  let odd = false
  for (const name of query.keys()) {
    if (needsNoEncoding.test(name)) continue
    if (ambiguousWhenRaw.test(name)) return [enc]
    odd = true
  }
  return odd ? [enc, raw, rawPlusStar] : [enc]
}
