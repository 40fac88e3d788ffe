import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { ProtocolError } from './wire.ts'

/** Largest sealed frame, in bytes, either way. */
export const frameLimit = 16 * 1024

const cipher = 'aes-256-gcm'
const keyBytes = 32
const tagBytes = 16
const nonceBytes = 12
/** Far below where a counter or the cipher would wear out; a connection that old simply starts anew. */
const lastFrame = 2 ** 40

/** Seals what this side sends and opens what the other one sent, each frame once and in order. */
export interface Frames {
  seal(text: string): Buffer
  /** @throws ProtocolError when it was changed, repeated, dropped, reordered or is too large. */
  open(frame: Buffer): string
}

export function createFrames(side: 'server' | 'gateway', shared: Buffer, transcript: Buffer): Frames {
  const material = Buffer.from(hkdfSync('sha256', shared, transcript, 'opensag channel 1 frames', 2 * keyBytes))
  const fromServer = material.subarray(0, keyBytes)
  const fromGateway = material.subarray(keyBytes)
  const [sealing, opening] = side === 'server' ? [fromServer, fromGateway] : [fromGateway, fromServer]
  let sent = 0
  let received = 0
  return {
    seal(text) {
      const encryption = createCipheriv(cipher, sealing, nonceOf(sent++))
      return Buffer.concat([encryption.update(text, 'utf8'), encryption.final(), encryption.getAuthTag()])
    },
    open(frame) {
      if (frame.length < tagBytes || frame.length > frameLimit)
        throw new ProtocolError('A frame has an impossible size.')
      const decryption = createDecipheriv(cipher, opening, nonceOf(received++))
      decryption.setAuthTag(frame.subarray(frame.length - tagBytes))
      const text = decryption.update(frame.subarray(0, frame.length - tagBytes))
      try {
        return Buffer.concat([text, decryption.final()]).toString('utf8')
      } catch (error) {
        throw new ProtocolError('A frame was changed, repeated or reordered on its way.', { cause: error })
      }
    },
  }
}

function nonceOf(frame: number): Buffer {
  if (frame >= lastFrame) throw new ProtocolError('This connection has carried too many frames.')
  const nonce = Buffer.alloc(nonceBytes)
  nonce.writeBigUInt64BE(BigInt(frame), nonceBytes - 8)
  return nonce
}
