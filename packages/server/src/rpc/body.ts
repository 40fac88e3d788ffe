import type { Readable } from 'node:stream'

/** The body was longer than allowed. */
export const tooLarge: unique symbol = Symbol('body too large')

export type Body = Buffer | typeof tooLarge

/**
 * The whole body. One that is too long is not kept: the rest of it is thrown away as it arrives, because a client that
 * is still sending when its connection closes never reads why.
 */
export function readBody(stream: Readable, limit: number): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) {
        chunks.push(chunk)
      } else if (chunks.length > 0 || size - chunk.length <= limit) {
        chunks.length = 0
        resolve(tooLarge)
      }
    })
    stream.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    stream.once('error', reject)
  })
}
