import type { Readable } from 'node:stream'
import type { Limits } from './limits.ts'

/** The body was longer than allowed. */
export const tooLarge: unique symbol = Symbol('body too large')

/** The bodies that are being read take all the room there is. */
export const noRoom: unique symbol = Symbol('no room for the body')

export type Body = Buffer | typeof tooLarge | typeof noRoom

/**
 * Reads whole bodies, within what they may take together. One that is too long is not kept: the rest of it is thrown away
 * as it arrives, because a client that is still sending when its connection closes never reads why. Whoever gets a body
 * wipes it.
 */
export function createBodyReader({
  bodySize,
  smallBody,
  bodyRoom,
}: Pick<Limits, 'bodySize' | 'smallBody' | 'bodyRoom'>): (stream: Readable) => Promise<Body> {
  /** What bodies larger than small ones hold. */
  let taken = 0

  return (stream) =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let size = 0
      let mine = 0
      let isRefused = false

      function release(): void {
        taken -= mine
        mine = 0
      }
      /** What is not handed on may hold a password as well. */
      function wipe(): void {
        for (const chunk of chunks.splice(0)) chunk.fill(0)
      }
      function refuse(why: typeof tooLarge | typeof noRoom): void {
        isRefused = true
        wipe()
        release()
        resolve(why)
      }
      stream.on('data', (chunk: Buffer) => {
        if (isRefused) return void chunk.fill(0)
        size += chunk.length
        chunks.push(chunk)
        if (size > bodySize) return refuse(tooLarge)
        if (size <= smallBody) return
        taken += size - mine
        mine = size
        if (taken > bodyRoom) refuse(noRoom)
      })
      stream.once('end', () => {
        release()
        const body = chunks.length === 1 ? (chunks.pop() as Buffer) : Buffer.concat(chunks)
        wipe()
        resolve(body)
      })
      stream.once('close', () => {
        release()
        wipe()
      })
      stream.once('error', reject)
    })
}
