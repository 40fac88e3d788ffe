import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Answer } from './encode.ts'

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** Characters from which on it is worth a turn of another thread. */
const large = 8 * 1024

export interface Compressed {
  readonly encoding: 'br' | 'gzip'
  readonly bytes: Buffer
}

/** Nearly every answer is small, or may hold a secret, and is not looked at any further. */
export function mayCompress({ isCompressed, payload }: Answer): boolean {
  return isCompressed === true && payload.length >= large
}

/** By a thread of the pool. Undefined: the client takes neither form, and gets it as it is. */
export async function compressed({ payload }: Answer, accepts: string | undefined): Promise<Compressed | undefined> {
  const encoding = encodingFor(accepts)
  if (encoding === undefined) return undefined
  // Of the levels, those that make a megabyte smaller in the time that a slow line takes to send what is saved.
  if (encoding === 'gzip') return { encoding, bytes: await gzipped(payload, { level: 5 }) }
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: payload.length }
  return { encoding, bytes: await brotli(payload, { params }) }
}

/** Of what `Accept-Encoding` names; `*` names none that a client must know (RFC 9110, 12.5.3). */
export function encodingFor(accepts = ''): Compressed['encoding'] | undefined {
  const named = new Set<string>()
  for (const part of accepts.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim())
    if (!parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))) named.add(name)
  }
  return (['br', 'gzip'] as const).find((encoding) => named.has(encoding))
}
