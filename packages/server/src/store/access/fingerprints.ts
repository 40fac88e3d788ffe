/** 32-bit numbers of one fingerprint; the last one is never 0, which marks a free place in a table. */
export const lanes = 4

/** A used nonce in memory: 128 bits of its hash. */
export type Fingerprint = Int32Array

export interface FingerprintReader {
  /** Always the same array: what was read before is overwritten. */
  read(hash: string): Fingerprint
}

/** Reads the hash that is stored: its first 128 bits, byte for byte as a run has them on disk. */
export function createFingerprintReader(): FingerprintReader {
  const fingerprint = new Int32Array(lanes)
  const bytes = Buffer.from(fingerprint.buffer)
  return {
    read(hash) {
      bytes.fill(0)
      bytes.write(hash, 'base64url')
      if (fingerprint[lanes - 1] === 0) fingerprint[lanes - 1] = 1
      return fingerprint
    },
  }
}
