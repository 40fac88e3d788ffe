import { createHash, timingSafeEqual } from 'node:crypto'
import { type Random, Secret } from '@opensag/protocol'
import type { Disk } from './disk.ts'

/** The file a person on the machine reads the code from. */
export const consoleCodeFile = 'console-code'

/** Crockford's alphabet: no letter that looks like a digit, so the code survives being read out. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 12

/**
 * The code of the local console, of this machine alone: 60 bits, made when there is none. Who knows it has been on the machine.
 * Removing the file and a restart make another one.
 */
export async function openConsoleCode(disk: Disk, random: Random): Promise<Secret> {
  const found = (await disk.read(consoleCodeFile))?.trim()
  if (found) return Secret.of(found)
  const digits = Array.from(random(length), (byte) => alphabet[byte % alphabet.length])
  const code = `${digits.slice(0, 4).join('')}-${digits.slice(4, 8).join('')}-${digits.slice(8).join('')}`
  await disk.write(consoleCodeFile, `${code}\n`)
  return Secret.of(code)
}

/** Whether a person typed this code, however they wrote it. Its duration tells nothing of the code. */
export function isCode(given: string, code: Secret): boolean {
  return timingSafeEqual(digestOf(given), digestOf(code.reveal()))
}

function digestOf(code: string): Buffer {
  const plain = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return createHash('sha256').update(plain).digest()
}
