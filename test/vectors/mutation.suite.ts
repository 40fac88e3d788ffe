import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dispatch } from '../../packages/server/src/rpc/dispatch.ts'
import { defaultLimits } from '../../packages/server/src/rpc/limits.ts'
import { doorOf } from './acceptance.suite.ts'
import { asWireRequest, headerOf, type Vector } from './vector.ts'

/** A part of the request that the signature covers, and how to put another text in its place. */
interface Part {
  readonly name: string
  readonly text: string
  with(text: string): Vector
}

/** No request with one byte of its signed parts changed is accepted. */
export function describeMutations(name: string, vectors: readonly Vector[]): void {
  describe(`${name}: refused when any byte of a signed part changes`, () => {
    for (const vector of vectors) {
      test(vector.id, async () => {
        const { options, operation } = doorOf(vector)
        const accepts = async (request: Vector): Promise<boolean> => {
          options.store.forgetAll()
          const { status } = await dispatch(asWireRequest(request), options, defaultLimits)
          return status === 200
        }
        expect(await accepts(vector)).toBe(true)
        operation.seen.length = 0

        const original = signedContent(vector)
        const mutation = fc.constantFrom(...signedParts(vector)).chain((part) =>
          fc.record({
            part: fc.constant(part),
            at: fc.nat(Buffer.byteLength(part.text, 'latin1') - 1),
            byte: fc.integer({ min: 0x20, max: 0xff }).filter((byte) => byte !== 0x7f),
          }),
        )
        const refused = fc.asyncProperty(mutation, async ({ part, at, byte }) => {
          const bytes = Buffer.from(part.text, 'latin1')
          bytes[at] = byte
          const mutated = part.with(bytes.toString('latin1'))
          // `%2a` for `%2A`, `+` for `%20`, white space in JSON: other bytes, yet the same request. What is signed is
          // the decoded content, and only that has to stay as it was.
          fc.pre(signedContent(mutated) !== original)
          expect(await accepts(mutated)).toBe(false)
        })
        await fc.assert(refused, { numRuns: 150, maxSkipsPerRun: 1000 })
        expect(operation.seen).toEqual([])
        expect(options.store.burnt).toHaveLength(vector.scheme === 'V1-BEARER' ? 0 : 1)
      })
    }
  })
}

function signedParts(vector: Vector): readonly Part[] {
  if (vector.scheme === 'V1-BEARER') {
    // There is no signature: only the token counts.
    const token = vector.params.BearerToken ?? ''
    return [
      { name: 'token', text: token, with: (text) => ({ ...vector, path: vector.path.replace(token, () => text) }) },
    ]
  }
  const start = vector.path.indexOf('?') + 1
  const query = start === 0 ? '' : vector.path.slice(start)
  const parts: Part[] = [
    { name: 'query', text: query, with: (text) => ({ ...vector, path: `${vector.path.slice(0, start)}${text}` }) },
    {
      name: 'body',
      text: Buffer.from(vector.body).toString('latin1'),
      with: (text) => ({ ...vector, body: Buffer.from(text, 'latin1') as never }),
    },
  ]
  if (vector.scheme.startsWith('V3')) {
    for (const name of ['authorization', ...signedHeaders(vector)]) {
      parts.push({ name, text: headerOf(vector, name) ?? '', with: (text) => withHeader(vector, name, text) })
    }
  }
  return parts.filter(({ text }) => text !== '')
}

function signedHeaders(vector: Vector): readonly string[] {
  return /SignedHeaders=([^,]*)/.exec(headerOf(vector, 'authorization') ?? '')?.[1]?.split(';') ?? []
}

function withHeader(vector: Vector, name: string, text: string): Vector {
  const headers = Object.entries(vector.headers).map(([key, value]) =>
    // HTTP knows no white space around a value.
    key.toLowerCase() === name ? [key, text.trim()] : [key, value],
  )
  return { ...vector, headers: Object.fromEntries(headers) }
}

/** What the signature covers, in a form in which two requests are equal exactly when they mean the same. */
function signedContent(vector: Vector): string {
  const query = [...new URLSearchParams(vector.path.slice(vector.path.indexOf('?') + 1))]
  const body = Buffer.from(vector.body)
  if (vector.scheme.startsWith('V3')) {
    const headers = ['authorization', ...signedHeaders(vector)].map((name) => headerOf(vector, name))
    return JSON.stringify([unordered(query), headers, body.toString('hex')])
  }
  const type = headerOf(vector, 'content-type') ?? ''
  if (type.startsWith('application/json') && body.length > 0) {
    return JSON.stringify([unordered(query), parsed(body.toString('utf8'))])
  }
  return JSON.stringify(unordered([...query, ...new URLSearchParams(body.toString('utf8'))]))
}

function unordered(pairs: readonly (readonly [string, string])[]): readonly string[] {
  return [...new Set(pairs.map((pair) => JSON.stringify(pair)))].sort()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { broken: text }
  }
}
