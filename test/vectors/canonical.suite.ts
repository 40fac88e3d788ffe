import { Secret } from '@opensag/protocol'
import { describe, expect, test } from 'vitest'
import { secretKeys } from '../../packages/server/src/access/signing-keys.ts'
import { parseAuthorizationV3 } from '../../packages/server/src/rpc/authorization-v3.ts'
import { enc } from '../../packages/server/src/rpc/canonical.ts'
import { decode } from '../../packages/server/src/rpc/decode.ts'
import { defaultLimits } from '../../packages/server/src/rpc/limits.ts'
import { signV1, stringToSignV1 } from '../../packages/server/src/rpc/signature-v1.ts'
import {
  algorithmV3,
  canonicalRequestV3,
  stringToSignV3,
  verifyV3,
} from '../../packages/server/src/rpc/signature-v3.ts'
import { asWireRequest, credentialsOf, headerOf, type Vector } from './vector.ts'

const nameForms: Readonly<Record<string, (name: string) => string>> = {
  any: enc,
  encoded: enc,
  raw: (name) => name,
  'raw-plus-star': (name) => name.replaceAll('*', '%2A'),
}

/** The server computes from a request what its client computed. */
export function describeCanonical(name: string, vectors: readonly Vector[]): void {
  describe(`${name}: the same texts and signatures as the client's`, () => {
    for (const vector of vectors) {
      test(vector.id, async () => {
        const { query, params } = decode(asWireRequest(vector), defaultLimits)
        if (!vector.scheme.startsWith('V3')) {
          const text = stringToSignV1(vector.method, params)
          expect(text).toBe(vector.stringToSign)
          expect(signV1(secretKeys(Secret.of(vector.accessKeySecret)), vector.method, params)).toBe(
            vector.expectedSignature,
          )
          return
        }
        const authorization = parseAuthorizationV3(headerOf(vector, 'authorization') ?? '')
        const algorithm = algorithmV3(authorization?.algorithm ?? '')
        if (algorithm === undefined) throw new Error('The vector has an unknown algorithm.')
        const headers = (authorization?.signedHeaders ?? []).map((key) => [key, headerOf(vector, key) ?? ''] as const)
        const signed = { algorithm, method: vector.method, query, headers, body: Buffer.from(vector.body) }
        const canonical = canonicalRequestV3(signed, nameForms[vector.queryKeyForm ?? 'any'])
        expect(canonical).toBe(vector.canonicalRequest)
        expect(stringToSignV3(signed, canonical)).toBe(vector.stringToSign)
        const credential = await credentialsOf(vector).byAccessKeyId(vector.accessKeyId)
        expect(credential && verifyV3(credential.keys, signed, vector.expectedSignature)).toBe(true)
      })
    }
  })
}
