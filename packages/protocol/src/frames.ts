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
  return new SealedFrames(side, Buffer.from(hkdfSync('sha256', shared, transcript, info, 2 * keyBytes)))
}

const info = 'opensag channel 1 frames'

/** A class, and one piece of memory for both keys: a server holds them for every gateway that is connected. */
class SealedFrames implements Frames {
  private readonly side: 'server' | 'gateway'
  /** The key of what the server sends, then that of what the gateway sends. */
  private readonly keys: Buffer
  private sent = 0
  private received = 0

  constructor(side: 'server' | 'gateway', keys: Buffer) {
    this.side = side
    this.keys = keys
  }

  seal(text: string): Buffer {
    const encryption = createCipheriv(cipher, this.keyOf(this.side), nonceOf(this.sent++))
    return Buffer.concat([encryption.update(text, 'utf8'), encryption.final(), encryption.getAuthTag()])
  }

  open(frame: Buffer): string {
    if (frame.length < tagBytes || frame.length > frameLimit) throw new ProtocolError('A frame has an impossible size.')
    const other = this.side === 'server' ? 'gateway' : 'server'
    const decryption = createDecipheriv(cipher, this.keyOf(other), nonceOf(this.received++))
    decryption.setAuthTag(frame.subarray(frame.length - tagBytes))
    const text = decryption.update(frame.subarray(0, frame.length - tagBytes))
    try {
      return Buffer.concat([text, decryption.final()]).toString('utf8')
    } catch (error) {
      throw new ProtocolError('A frame was changed, repeated or reordered on its way.', { cause: error })
    }
  }

  private keyOf(sender: 'server' | 'gateway'): Buffer {
    return sender === 'server' ? this.keys.subarray(0, keyBytes) : this.keys.subarray(keyBytes)
  }
}

function nonceOf(frame: number): Buffer {
  if (frame >= lastFrame) throw new ProtocolError('This connection has carried too many frames.')
  const nonce = Buffer.alloc(nonceBytes)
  nonce.writeBigUInt64BE(BigInt(frame), nonceBytes - 8)
  return nonce
}
